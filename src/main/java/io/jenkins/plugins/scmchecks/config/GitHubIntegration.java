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

/** GitHub, or GitHub Enterprise Server. */
public final class GitHubIntegration extends ScmIntegration {

    static final String GITHUB_COM = "https://api.github.com";

    @DataBoundConstructor
    public GitHubIntegration(String name, String apiUrl) {
        super(name, Util.fixEmptyAndTrim(apiUrl) == null ? GITHUB_COM : apiUrl);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.GITHUB;
    }

    @Override
    protected URI webUrl() {
        URI api = ApiAddress.parse(getApiUrl());
        return GITHUB_COM.equalsIgnoreCase(api.toString())
                ? URI.create("https://github.com")
                : URI.create(api.getScheme() + "://" + api.getRawAuthority());
    }

    @Override
    public String commitUrl(RepositoryPath repository, String sha) {
        return page(repository + "/commit/" + sha);
    }

    @Override
    public String pullRequestRef(long number) {
        return "refs/pull/" + number + "/head";
    }

    @Extension
    @Symbol("gitHub")
    public static final class DescriptorImpl extends ScmIntegrationDescriptor {

        @Override
        public String getDisplayName() {
            return "GitHub";
        }

        @Override
        public String getDefaultApiUrl() {
            return GITHUB_COM;
        }

        @Override
        public String getOrganizationTitle() {
            return "Organization";
        }

        @Override
        Set<CredentialKind> credentialKinds() {
            return EnumSet.of(CredentialKind.GITHUB_APP, CredentialKind.TOKEN, CredentialKind.USER_AND_TOKEN);
        }

        @Override
        protected ScmIntegration create(String name, String apiUrl) {
            return new GitHubIntegration(name, apiUrl);
        }
    }
}
