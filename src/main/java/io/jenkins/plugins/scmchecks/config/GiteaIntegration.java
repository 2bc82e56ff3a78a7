package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Gitea or Forgejo. */
public final class GiteaIntegration extends ScmIntegration {

    private static final String API = "/api/v1";

    @DataBoundConstructor
    public GiteaIntegration(String name, String apiUrl) {
        super(name, apiUrl);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.GITEA;
    }

    @Override
    protected URI webUrl() {
        return ApiAddress.below(getApiUrl(), API);
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
    @Symbol("gitea")
    public static final class DescriptorImpl extends ScmIntegrationDescriptor {

        @Override
        public String getDisplayName() {
            return "Gitea / Forgejo";
        }

        @Override
        public String getOrganizationTitle() {
            return "Organization";
        }

        @Override
        Set<CredentialKind> credentialKinds() {
            return EnumSet.of(CredentialKind.TOKEN, CredentialKind.USER_AND_TOKEN);
        }

        @Override
        protected void checkAddress(URI address) {
            if (!address.getPath().endsWith(API)) {
                throw new IllegalArgumentException("The API address of Gitea and Forgejo ends with /api/v1, like"
                        + " https://gitea.example.org/api/v1.");
            }
        }

        @Override
        protected ScmIntegration create(String name, String apiUrl) {
            return new GiteaIntegration(name, apiUrl);
        }
    }
}
