package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ApiConventions;
import io.jenkins.plugins.scmchecks.engine.scm.CredentialRenewal;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential.OAuthClient;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Access tokens from refresh tokens (GitLab documentation, OAuth 2.0 identity provider API). An access token lives two
 * hours; a refresh token can be used once and is replaced by the answer, so all connections share what is known of one.
 */
final class OAuthTokens {

    /** A token that ends sooner is renewed first, so that it does not end on its way. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final OkHttpClient http;
    private final Clock clock;
    private final CredentialRenewal renewal;
    private final Map<Key, Grant> grants = new ConcurrentHashMap<>();

    private record Key(URI apiUrl, String clientId, String refreshToken) {

        /** {@return without the refresh token} */
        @Override
        public String toString() {
            return clientId + " at " + apiUrl;
        }
    }

    OAuthTokens(OkHttpClient http, Clock clock, CredentialRenewal renewal) {
        this.http = http;
        this.clock = clock;
        this.renewal = Objects.requireNonNull(renewal, "renewal");
    }

    /** {@return the token of a request, renewed when it is about to end} */
    String current(Integration integration, OAuthClient client) throws ScmException {
        return grant(integration, client).current(integration);
    }

    /**
     * @param refused the token that was answered with 401
     * @return whether there is another one now
     */
    boolean renew(Integration integration, OAuthClient client, String refused) throws ScmException {
        return grant(integration, client).renew(integration, refused);
    }

    private Grant grant(Integration integration, OAuthClient client) {
        return grants.computeIfAbsent(
                new Key(integration.apiUrl(), client.clientId(), client.refreshToken()), k -> new Grant(client));
    }

    /** One refresh token and those that have followed it. */
    private final class Grant {

        private OAuthClient client;
        private String access;
        private Instant ends = Instant.MIN;

        Grant(OAuthClient client) {
            this.client = client;
        }

        synchronized String current(Integration integration) throws ScmException {
            if (access == null || !clock.instant().plus(MARGIN).isBefore(ends)) {
                exchange(integration);
            }
            return access;
        }

        synchronized boolean renew(Integration integration, String refused) throws ScmException {
            if (Objects.equals(access, refused)) {
                exchange(integration);
            }
            return true;
        }

        private void exchange(Integration integration) throws ScmException {
            JsonApi api = new JsonApi(http, GitLabSession.webUrl(integration.apiUrl()), clock, new TokenEndpoint());
            JsonNode answer = api.exchange(
                            "POST",
                            api.url("oauth", "token").build(),
                            new FormBody.Builder()
                                    .add("grant_type", "refresh_token")
                                    .add("refresh_token", client.refreshToken())
                                    .add("client_id", client.clientId())
                                    .add("client_secret", client.clientSecret())
                                    .build())
                    .body();
            String token = answer.path("access_token").asText("");
            if (token.isEmpty()) {
                throw new ScmException(
                        Reason.UNAVAILABLE, "GitLab's answer to POST /oauth/token has no access token", null);
            }
            access = token;
            ends = clock.instant().plusSeconds(answer.path("expires_in").asLong(7200));
            String next = answer.path("refresh_token").asText("");
            if (!next.isEmpty() && !next.equals(client.refreshToken())) {
                client = new OAuthClient(client.clientId(), client.clientSecret(), next);
                // Connections made after the new token was stored come with it, and have to find this grant.
                grants.put(new Key(integration.apiUrl(), client.clientId(), next), this);
                renewal.renewed(integration, client);
            }
        }
    }

    private static final class TokenEndpoint implements ApiConventions {

        @Override
        public String product() {
            return "GitLab";
        }

        @Override
        public void authorize(Request.Builder request) {
            // The form has the client's secret.
        }

        @Override
        public Reason reason(int status, String said) {
            return status == 400 ? Reason.UNAUTHORIZED : ApiConventions.super.reason(status, said);
        }

        @Override
        public String advice(Reason reason) {
            return reason == Reason.UNAUTHORIZED
                    ? "Check the OAuth application's id and secret; if they are right, its refresh token has been used"
                            + " or revoked: authorize the application again."
                    : "";
        }
    }
}
