package io.jenkins.plugins.scmchecks.config;

import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.Providers;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * One connection to one organization, as configured: everything but the secrets themselves, of which it holds the ids.
 * Each provider is a subclass.
 */
public abstract class ScmIntegration implements Describable<ScmIntegration>, ExtensionPoint {

    private final String name;
    private final String apiUrl;
    private String organization;
    private String credentialsId;
    private String webhookSecretId;

    /**
     * @param name unique among the integrations; part of the webhook's address
     * @param apiUrl where the provider's API is
     */
    protected ScmIntegration(String name, String apiUrl) {
        this.name = Util.fixNull(name).strip();
        this.apiUrl = Util.fixNull(apiUrl).strip();
    }

    public abstract ProviderKind kind();

    /** {@return the provider, by which the engine does everything} */
    public final ScmProvider provider() {
        return new Providers(ProviderHttp.client(), Clock.systemUTC()).of(kind());
    }

    /**
     * Tells whether a repository that was cloned from a host can be one of this integration's.
     *
     * @param host name, with its port where the clone's address has one
     */
    public abstract boolean servesHost(String host);

    /** {@return the repository that a clone came from, or empty when it is none of this integration's} */
    public Optional<RepositoryPath> repositoryAt(RemoteUrl remote) {
        if (!servesHost(remote.host())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RepositoryPath(remote.path())).filter(this::covers);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return the page of a commit, for people} */
    public abstract String commitUrl(RepositoryPath repository, String sha);

    /** {@return where a repository can be cloned from over HTTP(S), without credentials} */
    public abstract String cloneUrl(RepositoryPath repository);

    /** {@return the ref, in the target's repository, that a pull request's newest commit can be fetched from} */
    public abstract String pullRequestRef(long number);

    public String getName() {
        return name;
    }

    public String getApiUrl() {
        return apiUrl;
    }

    public String getOrganization() {
        return organization;
    }

    @DataBoundSetter
    public void setOrganization(String organization) {
        this.organization = Util.fixEmptyAndTrim(organization);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getWebhookSecretId() {
        return webhookSecretId;
    }

    @DataBoundSetter
    public void setWebhookSecretId(String webhookSecretId) {
        this.webhookSecretId = Util.fixEmptyAndTrim(webhookSecretId);
    }

    /** {@return where the provider has to send its webhooks to} */
    public String getWebhookAddress() {
        return webhookAddress(name);
    }

    static String webhookAddress(String name) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "JENKINS_URL/" : root) + "scm-checks/webhooks/" + name;
    }

    /** {@return whether a repository can be reached through this integration, as far as its path tells} */
    public boolean covers(RepositoryPath repository) {
        String owner = repository.owner().toLowerCase(Locale.ROOT) + "/";
        return organization == null || owner.startsWith(organization.toLowerCase(Locale.ROOT) + "/");
    }

    /** {@return how webhooks prove who sent them, or null when there is no secret: every delivery is refused then} */
    public WebhookTrust trust() {
        return new CredentialLookup(null)
                .secret(webhookSecretId)
                .<WebhookTrust>map(WebhookTrust.SharedSecret::new)
                .orElse(null);
    }

    /**
     * Opens a connection with the credential as it is now. The caller closes it.
     *
     * @throws ScmException when the credential is not there, or the address is one that may not be called
     */
    public ScmConnection connect() throws ScmException {
        URI address;
        try {
            address = ApiAddress.parse(apiUrl);
            if (!ScmChecksGlobalConfiguration.get().isAllowLinkLocalAddresses()) {
                ApiAddress.requirePublic(address);
            }
        } catch (IllegalArgumentException e) {
            throw new ScmException(
                    ScmException.Reason.REJECTED, "integration '" + name + "': " + e.getMessage(), e);
        }
        ScmCredential credential = new CredentialLookup(apiUrl)
                .signIn(credentialsId)
                .orElseThrow(() -> new ScmException(ScmException.Reason.UNAUTHORIZED, noCredential(), null));
        return provider().connect(new Integration(name, kind(), address, organization, credential, null));
    }

    private String noCredential() {
        return "integration '" + name + "': "
                + (credentialsId == null
                        ? "no credential is selected"
                        : "there is no credential '" + credentialsId + "' in Jenkins' own store for " + apiUrl)
                + "; select one under Manage Jenkins › System › SCM integrations";
    }

    @Override
    public ScmIntegrationDescriptor getDescriptor() {
        return (ScmIntegrationDescriptor) Describable.super.getDescriptor();
    }
}
