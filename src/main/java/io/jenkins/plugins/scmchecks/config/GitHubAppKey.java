package io.jenkins.plugins.scmchecks.config;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.Extension;
import hudson.util.FormValidation;
import hudson.util.Secret;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A GitHub App's id (or client id) and its private key. */
public final class GitHubAppKey extends BaseStandardCredentials {

    private static final long serialVersionUID = 1L;

    private final String appId;
    private final Secret privateKey;

    @DataBoundConstructor
    public GitHubAppKey(CredentialsScope scope, String id, String description, String appId, Secret privateKey) {
        super(scope, id, description);
        this.appId = appId == null ? "" : appId.strip();
        this.privateKey = privateKey;
    }

    public String getAppId() {
        return appId;
    }

    /** {@return the key in PEM, as GitHub gives it out (PKCS#1) or converted (PKCS#8)} */
    public Secret getPrivateKey() {
        return privateKey;
    }

    @Extension
    @Symbol("gitHubAppKey")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {

        @Override
        public String getDisplayName() {
            return "GitHub App (SCM Checks)";
        }

        @Override
        public String getIconClassName() {
            return "symbol-logo-github plugin-ionicons-api";
        }

        @POST
        public FormValidation doCheckAppId(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return value.matches("\\s*[A-Za-z0-9.]{1,64}\\s*")
                    ? FormValidation.ok()
                    : FormValidation.error("Enter the App's id, a number, or its client id. The App's page shows both.");
        }

        @POST
        public FormValidation doCheckPrivateKey(@QueryParameter Secret value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String text = value == null ? "" : value.getPlainText().strip();
            return text.startsWith("-----BEGIN ") && text.contains("PRIVATE KEY-----")
                    ? FormValidation.ok()
                    : FormValidation.error("Paste the whole .pem file that GitHub gave out, from -----BEGIN to -----END.");
        }
    }
}
