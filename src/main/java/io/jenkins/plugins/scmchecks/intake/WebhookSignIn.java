package io.jenkins.plugins.scmchecks.intake;

import hudson.Extension;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jenkins.model.Jenkins;
import jenkins.security.BasicHeaderAuthenticator;
import org.springframework.security.core.Authentication;

/**
 * Azure DevOps signs in with a user and a password that mean nothing to Jenkins, which would answer 401 before the
 * endpoint could look at them. They make nobody somebody: the request goes on as anybody's, and no security realm hears
 * of the password.
 */
@Extension(ordinal = 1000)
public final class WebhookSignIn extends BasicHeaderAuthenticator {

    @Override
    public Authentication authenticate2(
            HttpServletRequest request, HttpServletResponse response, String user, String password) {
        return WebhookPath.integration(request.getPathInfo()).isEmpty() ? null : Jenkins.ANONYMOUS2;
    }
}
