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

/** Bitbucket Cloud. */
public final class BitbucketCloudIntegration extends ScmIntegration {

    static final String DEFAULT_URL = "https://api.bitbucket.org/2.0";

    @DataBoundConstructor
    public BitbucketCloudIntegration(String name, String apiUrl) {
        super(name, Util.fixEmptyAndTrim(apiUrl) == null ? DEFAULT_URL : apiUrl);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.BITBUCKET_CLOUD;
    }

    @Override
    protected URI webUrl() {
        return ApiAddress.isHost(getApiUrl(), "api.bitbucket.org")
                ? URI.create("https://bitbucket.org")
                : ApiAddress.below(getApiUrl(), "/2.0");
    }

    @Override
    public String commitUrl(RepositoryPath repository, String sha) {
        return page(repository + "/commits/" + sha);
    }

    @Override
    public String pullRequestRef(long number) {
        return null;
    }

    @Extension
    @Symbol("bitbucketCloud")
    public static final class DescriptorImpl extends ScmIntegrationDescriptor {

        @Override
        public String getDisplayName() {
            return "Bitbucket Cloud";
        }

        @Override
        public String getDefaultApiUrl() {
            return DEFAULT_URL;
        }

        @Override
        public String getOrganizationTitle() {
            return "Workspace";
        }

        @Override
        Set<CredentialKind> credentialKinds() {
            return EnumSet.of(CredentialKind.TOKEN, CredentialKind.USER_AND_TOKEN);
        }

        @Override
        protected ScmIntegration create(String name, String apiUrl) {
            return new BitbucketCloudIntegration(name, apiUrl);
        }
    }
}
