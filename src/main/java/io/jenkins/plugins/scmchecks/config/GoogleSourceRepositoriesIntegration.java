package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Google Source Repositories, which has no pull requests. */
public final class GoogleSourceRepositoriesIntegration extends ScmIntegration {

    static final String DEFAULT_URL = "https://sourcerepo.googleapis.com/v1";
    static final String DEFAULT_KEYS_URL = "https://www.googleapis.com/oauth2/v3/certs";

    private static final Pattern CLONE = Pattern.compile("p/([^/]+)/r/(.+)");

    private String audience;
    private String pushServiceAccount;
    private String keysUrl = DEFAULT_KEYS_URL;

    @DataBoundConstructor
    public GoogleSourceRepositoriesIntegration(String name, String apiUrl) {
        super(name, Util.fixEmptyAndTrim(apiUrl) == null ? DEFAULT_URL : apiUrl);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.GOOGLE_SOURCE_REPOSITORIES;
    }

    @Override
    protected URI webUrl() {
        return URI.create("https://source.developers.google.com");
    }

    @Override
    protected Optional<String> pathAt(RemoteUrl remote) {
        return super.pathAt(remote)
                .map(CLONE::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1) + "/" + m.group(2));
    }

    @Override
    public String cloneUrl(RepositoryPath repository) {
        return page("p/" + project(repository) + "/r/" + name(repository));
    }

    @Override
    public String commitUrl(RepositoryPath repository, String sha) {
        return "https://source.cloud.google.com/" + project(repository) + "/" + name(repository) + "/+/" + sha;
    }

    @Override
    public String pullRequestRef(long number) {
        return null;
    }

    /** {@return the audience of the push subscription; null for the webhook's address, as Pub/Sub has it by default} */
    public String getAudience() {
        return audience;
    }

    @DataBoundSetter
    public void setAudience(String audience) {
        this.audience = Util.fixEmptyAndTrim(audience);
    }

    /** {@return the e-mail address of the service account that the subscription pushes as} */
    public String getPushServiceAccount() {
        return pushServiceAccount;
    }

    @DataBoundSetter
    public void setPushServiceAccount(String pushServiceAccount) {
        this.pushServiceAccount = Util.fixEmptyAndTrim(pushServiceAccount);
    }

    /** {@return where the keys are published that the identity tokens are signed with} */
    public String getKeysUrl() {
        return keysUrl;
    }

    @DataBoundSetter
    public void setKeysUrl(String keysUrl) {
        String url = Util.fixEmptyAndTrim(keysUrl);
        this.keysUrl = url == null ? DEFAULT_KEYS_URL : url;
    }

    /** Pub/Sub pushes with an identity token of Google's, so there is no secret. */
    @Override
    public WebhookTrust trust() {
        return pushServiceAccount == null
                ? null
                : new WebhookTrust.GoogleIdentity(
                        audience == null ? getWebhookAddress() : audience,
                        pushServiceAccount,
                        ApiAddress.parse(keysUrl));
    }

    @Override
    void check() {
        super.check();
        ApiAddress.parse(keysUrl);
        if (getWebhookSecretId() != null) {
            throw new IllegalArgumentException("Google's webhooks have no secret: enter the service account that pushes"
                    + " (pushServiceAccount) instead of webhookSecretId.");
        }
    }

    /** A repository's own name may have slashes. */
    private static String name(RepositoryPath repository) {
        return repository.value().substring(repository.value().indexOf('/') + 1);
    }

    private static String project(RepositoryPath repository) {
        return repository.value().substring(0, repository.value().indexOf('/'));
    }

    @Extension
    @Symbol("googleSourceRepositories")
    public static final class DescriptorImpl extends ScmIntegrationDescriptor {

        @Override
        public String getDisplayName() {
            return "Google Source Repositories";
        }

        @Override
        public String getDefaultApiUrl() {
            return DEFAULT_URL;
        }

        @Override
        public String getOrganizationTitle() {
            return "Project";
        }

        @Override
        public String getTrustFields() {
            return "pushServiceAccount,audience,keysUrl";
        }

        @Override
        Set<CredentialKind> credentialKinds() {
            return EnumSet.of(
                    CredentialKind.SERVICE_ACCOUNT_FILE,
                    CredentialKind.SERVICE_ACCOUNT_TEXT,
                    CredentialKind.OAUTH_CLIENT);
        }

        public String getDefaultKeysUrl() {
            return DEFAULT_KEYS_URL;
        }

        @Override
        public boolean isRegisteringWebhooks() {
            return false;
        }

        @POST
        public FormValidation doCheckPushServiceAccount(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String account = Util.fixEmptyAndTrim(value);
            if (account == null) {
                return FormValidation.warning("Without a service account every push of Pub/Sub is refused.");
            }
            return account.matches("[^@\\s]+@[^@\\s]+")
                    ? FormValidation.ok()
                    : FormValidation.error("Enter its e-mail address, like push@PROJECT.iam.gserviceaccount.com.");
        }

        @POST
        public FormValidation doCheckKeysUrl(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return checked(value, DEFAULT_KEYS_URL, address -> {});
        }

        @Override
        protected void fill(ScmIntegration candidate, UnaryOperator<String> form) {
            super.fill(candidate, form);
            GoogleSourceRepositoriesIntegration google = (GoogleSourceRepositoriesIntegration) candidate;
            google.setPushServiceAccount(form.apply("pushServiceAccount"));
            google.setAudience(form.apply("audience"));
            google.setKeysUrl(form.apply("keysUrl"));
        }

        @Override
        protected ScmIntegration create(String name, String apiUrl) {
            return new GoogleSourceRepositoriesIntegration(name, apiUrl);
        }
    }
}
