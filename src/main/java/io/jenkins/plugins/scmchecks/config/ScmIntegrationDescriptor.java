package io.jenkins.plugins.scmchecks.config;

import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of all kinds of integrations have in common. Everything here is for administrators alone. */
public abstract class ScmIntegrationDescriptor extends Descriptor<ScmIntegration> {

    /** As it may stand in the webhook's address. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

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
        URI address;
        try {
            address = ApiAddress.parse(value);
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
        return "https".equalsIgnoreCase(address.getScheme())
                ? FormValidation.ok()
                : FormValidation.warning("Over http the credential can be read by whoever is on the way.");
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
        return new CredentialLookup(apiUrl).signInChoices(credentialsId);
    }

    @POST
    public ListBoxModel doFillWebhookSecretIdItems(@QueryParameter String webhookSecretId) {
        return new CredentialLookup(null).secretChoices(webhookSecretId);
    }

    /**
     * Tries a connection and says what it saw.
     *
     * @param candidate as the form has it now, saved or not
     */
    protected static FormValidation test(ScmIntegration candidate) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try (ScmConnection connection = candidate.connect()) {
            return tell(connection.test());
        } catch (ScmException | IllegalArgumentException e) {
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
