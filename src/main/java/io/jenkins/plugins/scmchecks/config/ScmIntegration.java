package io.jenkins.plugins.scmchecks.config;

import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import jenkins.model.Jenkins;
import okhttp3.HttpUrl;
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
    private boolean manageWebhooks;

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
        return SharedProviders.get().of(kind());
    }

    /** {@return where the pages for people begin, and clones over HTTP(S); without a slash at its end} */
    protected abstract URI webUrl();

    /** {@return the repository that a clone came from, or empty when it is none of this integration's} */
    public final Optional<RepositoryPath> repositoryAt(RemoteUrl remote) {
        try {
            return pathAt(remote).map(RepositoryPath::new).filter(this::covers);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads the repository's path from a clone's address.
     *
     * @return it, or empty when the host is not this integration's
     */
    protected Optional<String> pathAt(RemoteUrl remote) {
        URI web = webUrl();
        // A clone over SSH has no port that tells, and no path before the repository's.
        if (!web.getHost().equalsIgnoreCase(remote.host()) && !web.getRawAuthority().equalsIgnoreCase(remote.host())) {
            return Optional.empty();
        }
        String before = web.getPath().isEmpty() ? "" : web.getPath().substring(1) + "/";
        String path = remote.path();
        return Optional.of(path.startsWith(before) ? path.substring(before.length()) : path);
    }

    /** {@return the page of a commit, for people} */
    public abstract String commitUrl(RepositoryPath repository, String sha);

    /** {@return where a repository can be cloned from over HTTP(S), without credentials} */
    public String cloneUrl(RepositoryPath repository) {
        return page(repository + ".git");
    }

    /** {@return an address below the web pages', with what has to be encoded in it} */
    protected final String page(String path) {
        return HttpUrl.get(webUrl().toString()).newBuilder().addPathSegments(path).toString();
    }

    /**
     * {@return the ref, in the target's repository, that a pull request's newest commit can be fetched from; null when
     * the provider has none}
     */
    public abstract String pullRequestRef(long number);

    /**
     * Looks whether it could work as far as that shows without asking anybody.
     *
     * @throws IllegalArgumentException when not, saying how to mend it
     */
    void check() {
        getDescriptor().checkAddress(ApiAddress.parse(apiUrl));
    }

    /** {@return the credential as the engine takes it} */
    private Optional<ScmCredential> credential() {
        return new CredentialLookup(apiUrl).find(credentialsId, getDescriptor().credentialKinds());
    }

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

    public boolean isManageWebhooks() {
        return manageWebhooks;
    }

    /** @param manageWebhooks whether webhooks are registered as soon as a job listens to a repository */
    @DataBoundSetter
    public void setManageWebhooks(boolean manageWebhooks) {
        this.manageWebhooks = manageWebhooks;
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
                .find(webhookSecretId, EnumSet.of(CredentialKind.TOKEN))
                .map(found -> ((ScmCredential.Token) found).value())
                .filter(secret -> !secret.isBlank())
                .<WebhookTrust>map(WebhookTrust.SharedSecret::new)
                .orElse(null);
    }

    /**
     * Opens a connection with the credential as it is now. The caller closes it.
     *
     * @throws ScmException when the credential is not there or none that the provider takes, or the address is one that
     *     may not be called
     */
    public ScmConnection connect() throws ScmException {
        try {
            URI address = ApiAddress.parse(apiUrl);
            if (!ScmChecksGlobalConfiguration.get().isAllowLinkLocalAddresses()) {
                ApiAddress.requirePublic(address);
            }
            ScmCredential credential = credential()
                    .orElseThrow(() -> new ScmException(ScmException.Reason.UNAUTHORIZED, noCredential(), null));
            return provider().connect(new Integration(name, kind(), address, organization, credential, trust()));
        } catch (IllegalArgumentException e) {
            throw new ScmException(
                    ScmException.Reason.REJECTED, "integration '" + name + "': " + e.getMessage(), e);
        }
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
