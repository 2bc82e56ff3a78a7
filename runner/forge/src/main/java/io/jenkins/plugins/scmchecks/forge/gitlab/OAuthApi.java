package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Access tokens from refresh tokens. A refresh token is good once; the answer has the next one. */
final class OAuthApi {

    private final GitLab gitlab;

    OAuthApi(GitLab gitlab) {
        this.gitlab = gitlab;
    }

    Answer token(Exchange exchange) {
        Map<String, String> form = form(exchange);
        if (!exchange.method().equals("POST") || !"refresh_token".equals(form.get("grant_type"))) {
            throw GitLabError.oauth(400, "unsupported_grant_type",
                    "The authorization grant type is not supported by the authorization server.");
        }
        GitLabApplication application = gitlab.application(form.get("client_id"))
                .filter(found -> found.secret().equals(form.get("client_secret")))
                .orElseThrow(() -> GitLabError.oauth(401, "invalid_client",
                        "Client authentication failed due to unknown client, no client authentication included, or "
                                + "unsupported authentication method."));
        GitLabToken token = application.exchange(form.get("refresh_token"))
                .orElseThrow(() -> GitLabError.oauth(400, "invalid_grant",
                        "The provided authorization grant is invalid, expired, revoked, does not match the redirection "
                                + "URI used in the authorization request, or was issued to another client."));
        return Answer.json(200, JsonNodeFactory.instance.objectNode()
                .put("access_token", token.value())
                .put("token_type", "Bearer")
                .put("expires_in", GitLabApplication.LIFETIME.toSeconds())
                .put("refresh_token", application.refreshToken())
                .put("scope", String.join(" ", token.scopes()))
                .put("created_at", gitlab.state().now().getEpochSecond()));
    }

    Answer info(GitLabToken token) {
        ObjectNode info = JsonNodeFactory.instance.objectNode().put("resource_owner_id", token.user().id());
        token.scopes().forEach(info.putArray("scope")::add);
        return Answer.json(200, info);
    }

    private static Map<String, String> form(Exchange exchange) {
        Map<String, String> form = new HashMap<>();
        String type = exchange.header("Content-Type").orElse("");
        if (type.startsWith("application/x-www-form-urlencoded")) {
            for (String pair : new String(exchange.body(), StandardCharsets.US_ASCII).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    form.put(pair.substring(0, equals),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        }
        return form;
    }
}
