package io.jenkins.plugins.scmchecks.config;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.Secret;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An OAuth 2 application at a provider, by which access tokens are obtained and renewed. */
public final class OAuthClientCredentials extends BaseStandardCredentials {

    private static final long serialVersionUID = 1L;

    private final String clientId;
    private final Secret clientSecret;
    private Secret refreshToken;

    @DataBoundConstructor
    public OAuthClientCredentials(
            CredentialsScope scope, String id, String description, String clientId, Secret clientSecret) {
        super(scope, id, description);
        this.clientId = Util.fixNull(clientId).strip();
        this.clientSecret = clientSecret;
    }

    public String getClientId() {
        return clientId;
    }

    public Secret getClientSecret() {
        return clientSecret;
    }

    /** {@return the refresh token as configured (see {@link RefreshTokens}), or null when the client itself is the grant} */
    public Secret getRefreshToken() {
        return refreshToken;
    }

    @DataBoundSetter
    public void setRefreshToken(Secret refreshToken) {
        this.refreshToken = refreshToken == null || refreshToken.getPlainText().isBlank() ? null : refreshToken;
    }

    @Extension
    @Symbol("scmOAuthClient")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {

        @Override
        public String getDisplayName() {
            return "OAuth client (SCM Checks)";
        }

        @Override
        public String getIconClassName() {
            return "symbol-key-outline plugin-ionicons-api";
        }

        @POST
        public FormValidation doCheckClientId(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error("Enter the application's id, as the provider shows it.")
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckClientSecret(@QueryParameter Secret value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return value == null || value.getPlainText().isBlank()
                    ? FormValidation.error("Enter the application's secret.")
                    : FormValidation.ok();
        }
    }
}
