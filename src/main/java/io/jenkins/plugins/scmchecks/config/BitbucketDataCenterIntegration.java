package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Bitbucket Data Center. Its address is that of its pages, with the context path if it has one. */
public final class BitbucketDataCenterIntegration extends ScmIntegration {

    private static final String HTTP_ROOT = "scm/";

    @DataBoundConstructor
    public BitbucketDataCenterIntegration(String name, String apiUrl) {
        super(name, apiUrl);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.BITBUCKET_DATA_CENTER;
    }

    @Override
    protected URI webUrl() {
        return ApiAddress.parse(getApiUrl());
    }

    /** Over HTTP, repositories are below {@code scm/}. */
    @Override
    protected Optional<String> pathAt(RemoteUrl remote) {
        return super.pathAt(remote).map(path -> path.startsWith(HTTP_ROOT) ? path.substring(HTTP_ROOT.length()) : path);
    }

    @Override
    public String cloneUrl(RepositoryPath repository) {
        return page(HTTP_ROOT + repository.value().toLowerCase(Locale.ROOT) + ".git");
    }

    @Override
    public String commitUrl(RepositoryPath repository, String sha) {
        boolean user = repository.owner().startsWith("~");
        return page((user ? "users/" + repository.owner().substring(1) : "projects/" + repository.owner()) + "/repos/"
                + repository.name() + "/commits/" + sha);
    }

    @Override
    public String pullRequestRef(long number) {
        return "refs/pull-requests/" + number + "/from";
    }

    @Extension
    @Symbol("bitbucketDataCenter")
    public static final class DescriptorImpl extends ScmIntegrationDescriptor {

        @Override
        public String getDisplayName() {
            return "Bitbucket Data Center";
        }

        @Override
        public String getOrganizationTitle() {
            return "Project key";
        }

        @Override
        Set<CredentialKind> credentialKinds() {
            return EnumSet.of(CredentialKind.TOKEN, CredentialKind.USER_AND_TOKEN);
        }

        @Override
        protected void checkAddress(URI address) {
            if (address.getPath().matches(".*/rest(/.*)?")) {
                throw new IllegalArgumentException("Enter the address of Bitbucket's pages, like"
                        + " https://bitbucket.example.org; what follows below /rest is known.");
            }
        }

        @Override
        protected ScmIntegration create(String name, String apiUrl) {
            return new BitbucketDataCenterIntegration(name, apiUrl);
        }
    }
}
