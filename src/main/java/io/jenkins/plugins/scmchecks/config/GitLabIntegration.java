package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** GitLab.com, or a GitLab of one's own. */
public final class GitLabIntegration extends ScmIntegration {

    static final String DEFAULT_URL = "https://gitlab.com/api/v4";
    private static final String API = "/api/v4";

    @DataBoundConstructor
    public GitLabIntegration(String name, String apiUrl) {
        super(name, Util.fixEmptyAndTrim(apiUrl) == null ? DEFAULT_URL : apiUrl);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.GITLAB;
    }

    @Override
    protected URI webUrl() {
        return ApiAddress.below(getApiUrl(), API);
    }

    @Override
    public String commitUrl(RepositoryPath repository, String sha) {
        return page(repository + "/-/commit/" + sha);
    }

    @Override
    public String pullRequestRef(long number) {
        return "refs/merge-requests/" + number + "/head";
    }

    @Extension
    @Symbol("gitLab")
    public static final class DescriptorImpl extends ScmIntegrationDescriptor {

        @Override
        public String getDisplayName() {
            return "GitLab";
        }

        @Override
        public String getDefaultApiUrl() {
            return DEFAULT_URL;
        }

        @Override
        public String getOrganizationTitle() {
            return "Group";
        }

        @Override
        Set<CredentialKind> credentialKinds() {
            return EnumSet.of(CredentialKind.TOKEN, CredentialKind.USER_AND_TOKEN, CredentialKind.OAUTH_CLIENT);
        }

        @Override
        protected void checkAddress(URI address) {
            if (!address.getPath().endsWith(API)) {
                throw new IllegalArgumentException(
                        "GitLab's API address ends with /api/v4, like https://gitlab.example.org/api/v4.");
            }
        }

        @Override
        protected ScmIntegration create(String name, String apiUrl) {
            return new GitLabIntegration(name, apiUrl);
        }
    }
}
