package io.jenkins.plugins.scmchecks.intake;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Providers have no crumb: their signature stands in for it. Whether an integration exists plays no part, or the answer
 * would tell.
 */
@Extension
public final class WebhookCrumbExclusion extends CrumbExclusion {

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (WebhookPath.integration(request.getPathInfo()).isEmpty()) {
            return false;
        }
        chain.doFilter(request, response);
        return true;
    }
}
