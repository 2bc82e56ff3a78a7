package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Azure DevOps Services, or Server. */
public final class AzureDevOpsIntegration extends ScmIntegration {

    private static final String SERVICES = "dev.azure.com";

    /** Between project and repository in the addresses of clones and pages. */
    private static final String GIT = "_git/";

    /** How the path of an SSH clone begins; the organization, the project and the repository follow. */
    private static final String SSH = "v3/";

    @DataBoundConstructor
    public AzureDevOpsIntegration(String name, String apiUrl) {
        super(name, apiUrl);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.AZURE_DEVOPS;
    }

    @Override
    protected URI webUrl() {
        return ApiAddress.parse(getApiUrl());
    }

    /**
     * Reads {@code PROJECT/_git/REPOSITORY}, {@code _git/REPOSITORY} where both have the same name, and the SSH
     * addresses of Azure DevOps Services.
     */
    @Override
    protected Optional<String> pathAt(RemoteUrl remote) {
        if (remote.host().equalsIgnoreCase("ssh." + SERVICES) && ApiAddress.isHost(getApiUrl(), SERVICES)) {
            String before = SSH + webUrl().getPath().substring(1) + "/";
            return Optional.of(URLDecoder.decode(remote.path().replace("+", "%2B"), StandardCharsets.UTF_8))
                    .filter(path -> path.regionMatches(true, 0, before, 0, before.length()))
                    .map(path -> path.substring(before.length()));
        }
        return super.pathAt(remote).flatMap(path -> {
            int at = path.indexOf(GIT);
            String repository = at < 0 ? "" : path.substring(at + GIT.length());
            if (at == 0) {
                return Optional.of(repository + "/" + repository);
            }
            return at < 0 ? Optional.empty() : Optional.of(path.substring(0, at) + repository);
        });
    }

    @Override
    public String cloneUrl(RepositoryPath repository) {
        return page(git(repository));
    }

    private static String git(RepositoryPath repository) {
        return repository.owner() + "/" + GIT + repository.name();
    }

    /** Service hooks have no signature: they sign in with a user and a password of our own choosing. */
    @Override
    public WebhookTrust trust() {
        return new CredentialLookup(null)
                .find(getWebhookSecretId(), EnumSet.of(CredentialKind.USER_AND_TOKEN))
                .map(ScmCredential.UserToken.class::cast)
                .filter(found -> !found.value().isBlank())
                .map(found -> new WebhookTrust.BasicAuth(found.user(), found.value()))
                .orElse(null);
    }

    @Override
    public String commitUrl(RepositoryPath repository, String sha) {
        return page(git(repository) + "/commit/" + sha);
    }

    @Override
    public String pullRequestRef(long number) {
        return "refs/pull/" + number + "/merge";
    }

    @Extension
    @Symbol("azureDevOps")
    public static final class DescriptorImpl extends ScmIntegrationDescriptor {

        @Override
        public String getDisplayName() {
            return "Azure DevOps";
        }

        @Override
        public String getOrganizationTitle() {
            return "Project";
        }

        @Override
        Set<CredentialKind> credentialKinds() {
            return EnumSet.of(CredentialKind.TOKEN, CredentialKind.USER_AND_TOKEN);
        }

        @Override
        CredentialKind webhookCredentialKind() {
            return CredentialKind.USER_AND_TOKEN;
        }

        @Override
        protected void checkAddress(URI address) {
            if (ApiAddress.isHost(address.toString(), SERVICES) && !address.getPath().matches("/[^/]+")) {
                throw new IllegalArgumentException(
                        "Enter the organization as well, like https://dev.azure.com/ORGANIZATION.");
            }
        }

        @Override
        protected ScmIntegration create(String name, String apiUrl) {
            return new AzureDevOpsIntegration(name, apiUrl);
        }
    }
}
