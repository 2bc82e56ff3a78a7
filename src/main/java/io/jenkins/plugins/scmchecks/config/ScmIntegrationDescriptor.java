package io.jenkins.plugins.scmchecks.config;

import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What the forms of all kinds of integrations have in common. Everything here is for administrators alone. */
public abstract class ScmIntegrationDescriptor extends Descriptor<ScmIntegration> {

    /** As it may stand in the webhook's address. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** How long the form waits for webhooks: most people have a handful; the rest goes on in the background. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(10);

    /** {@return an integration as the form has it, so far with these two alone} */
    protected abstract ScmIntegration create(String name, String apiUrl);

    /** {@return what this provider can be signed in to with} */
    abstract Set<CredentialKind> credentialKinds();

    /** {@return what proves a webhook's origin} */
    CredentialKind webhookCredentialKind() {
        return CredentialKind.TOKEN;
    }

    /** {@return the address that most people need, or null when there is none} */
    public String getDefaultApiUrl() {
        return null;
    }

    /** {@return what the provider calls that which one integration is for, as the form's label} */
    public abstract String getOrganizationTitle();

    /** {@return the form's fields that tell how webhooks prove where they come from, separated by commas} */
    public String getTrustFields() {
        return "webhookSecretId";
    }

    /** {@return whether webhooks of this provider can be registered by us} */
    public boolean isRegisteringWebhooks() {
        return true;
    }

    /**
     * @throws IllegalArgumentException when the provider's API cannot be at that address, saying what it looks like
     */
    protected void checkAddress(URI address) {
        // Whatever is an address will do.
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String name = Util.fixNull(value).strip();
        if (!NAME.matcher(name).matches()) {
            return FormValidation.error(
                    "Use letters, digits, '.', '_' and '-', 64 at most: the name is part of the webhook's address.");
        }
        if (Jenkins.get().getRootUrl() == null) {
            return FormValidation.warning("Set Jenkins' own URL in \"Jenkins Location\": the webhook's address needs it.");
        }
        return FormValidation.okWithMarkup("Webhooks come to <code>"
                + Util.escape(ScmIntegration.webhookAddress(name)) + "</code> once this is saved.");
    }

    @POST
    public FormValidation doCheckApiUrl(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return checked(value, getDefaultApiUrl(), this::checkAddress);
    }

    /** {@return what is to be said of an address in the form} */
    static FormValidation checked(String value, String byDefault, Consumer<URI> more) {
        String text = Util.fixEmptyAndTrim(value);
        try {
            URI address = ApiAddress.parse(text == null ? byDefault : text);
            more.accept(address);
            return "https".equalsIgnoreCase(address.getScheme())
                    ? FormValidation.ok()
                    : FormValidation.warning("Over http the credential can be read by whoever is on the way.");
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public FormValidation doCheckWebhookSecretId(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.warning("Without a secret every webhook of this integration is refused.")
                : FormValidation.ok();
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String apiUrl, @QueryParameter String credentialsId) {
        String address = Util.fixEmptyAndTrim(apiUrl) == null ? getDefaultApiUrl() : apiUrl;
        return new CredentialLookup(address).choices(credentialKinds(), credentialsId);
    }

    @POST
    public ListBoxModel doFillWebhookSecretIdItems(@QueryParameter String webhookSecretId) {
        return new CredentialLookup(null).choices(Set.of(webhookCredentialKind()), webhookSecretId);
    }

    /** Tries a connection as the form has it now, saved or not, and says what it saw. */
    @POST
    public FormValidation doTestConnection(StaplerRequest2 form) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return test(form::getParameter);
    }

    /** @param form the value of each of its fields, or null */
    public FormValidation test(UnaryOperator<String> form) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        ScmIntegration candidate = create(form.apply("name"), form.apply("apiUrl"));
        fill(candidate, form);
        try (ScmConnection connection = candidate.connect()) {
            return tell(connection.test());
        } catch (ScmException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Sets what the form says on an integration that is to be tried; a kind with fields of its own adds them. */
    protected void fill(ScmIntegration candidate, UnaryOperator<String> form) {
        candidate.setOrganization(form.apply("organization"));
        candidate.setCredentialsId(form.apply("credentialsId"));
        candidate.setWebhookSecretId(form.apply("webhookSecretId"));
    }

    /**
     * Registers our webhooks, or repairs them, in the background.
     *
     * @param name of an integration, which works as it is saved
     * @param webhookRepositories their paths, or nothing for all that jobs listen to
     */
    @POST
    public FormValidation doRegisterWebhooks(@QueryParameter String name, @QueryParameter String webhookRepositories) {
        return webhooks(name, webhookRepositories, WebhookWork.Action.REGISTER);
    }

    /** Removes our webhooks, in the background; the parameters are those of registering. */
    @POST
    public FormValidation doRemoveWebhooks(@QueryParameter String name, @QueryParameter String webhookRepositories) {
        return webhooks(name, webhookRepositories, WebhookWork.Action.REMOVE);
    }

    private static FormValidation webhooks(String name, String repositories, WebhookWork.Action action) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            WebhookWork work = WebhookRegistration.get().start(Util.fixNull(name).strip(), action, repositories);
            WebhookWork.Report report = work.await(ANSWER_TIME);
            String markup = markup(report.lines());
            return report.problems() == 0
                    ? FormValidation.okWithMarkup(markup)
                    : FormValidation.warningWithMarkup(markup);
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static FormValidation tell(ConnectionReport report) {
        List<String> lines = new ArrayList<>();
        if (report.account() != null) {
            lines.add("Signed in as " + report.account());
        }
        if (report.server() != null) {
            lines.add("Server: " + report.server());
        }
        if (report.repositories() >= 0) {
            lines.add(report.repositories() == 1
                    ? "1 repository can be reached"
                    : report.repositories() + " repositories can be reached");
        }
        report.missing().forEach(m -> lines.add("Missing: " + m));
        lines.addAll(report.notes());
        if (report.expires() != null) {
            lines.add("The credential ends on "
                    + DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(report.expires()));
        }
        if (report.status() != ConnectionReport.Status.ACTIVE) {
            lines.add(0, label(report.status()) + ": " + report.reason());
            return FormValidation.errorWithMarkup(markup(lines));
        }
        lines.add(0, "Active");
        return report.missing().isEmpty()
                ? FormValidation.okWithMarkup(markup(lines))
                : FormValidation.warningWithMarkup(markup(lines));
    }

    private static String label(ConnectionReport.Status status) {
        return switch (status) {
            case ACTIVE -> "Active";
            case NOT_INSTALLED -> "Not installed";
            case SUSPENDED -> "Suspended";
            case UNAUTHORIZED -> "Unauthorized";
            case UNREACHABLE -> "Unreachable";
        };
    }

    /** What a provider says is untrusted, so every line is escaped. */
    private static String markup(List<String> lines) {
        StringBuilder markup = new StringBuilder();
        lines.forEach(line -> markup.append("<div>").append(Util.escape(line)).append("</div>"));
        return markup.toString();
    }
}
