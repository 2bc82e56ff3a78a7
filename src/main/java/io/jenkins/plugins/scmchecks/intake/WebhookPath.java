package io.jenkins.plugins.scmchecks.intake;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of the endpoint: these very paths and nothing below or above them. */
final class WebhookPath {

    static final String ROOT = "scm-checks";

    private static final Pattern PATH =
            Pattern.compile("/" + ROOT + "/webhooks/([A-Za-z0-9][A-Za-z0-9._-]{0,63})");

    private WebhookPath() {}

    /**
     * @param pathInfo below Jenkins' own context, decoded
     * @return the name of the integration, which need not exist
     */
    static Optional<String> integration(String pathInfo) {
        Matcher matcher = PATH.matcher(pathInfo == null ? "" : pathInfo);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
