package io.jenkins.plugins.scmchecks.engine.scm.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ApiConventions;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Access tokens, which live an hour; all connections with one credential share one. */
final class AccessTokens {

    /** A token that ends sooner is renewed first, so that it does not end on its way. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final OkHttpClient http;
    private final Clock clock;
    private final Map<TokenGrant, Source> sources = new ConcurrentHashMap<>();

    /**
     * A token as it was given out.
     *
     * @param scope those that it has, with spaces between; empty when Google does not tell
     */
    record AccessToken(String value, Instant ends, String scope) {

        @Override
        public String toString() {
            return "AccessToken[…]";
        }
    }

    AccessTokens(OkHttpClient http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** {@return the token of a request, renewed when it is about to end} */
    AccessToken current(TokenGrant grant) throws ScmException {
        return source(grant).current();
    }

    /**
     * @param refused the token that was answered with 401
     * @return whether there is another one now
     */
    boolean renew(TokenGrant grant, String refused) throws ScmException {
        return source(grant).renew(refused);
    }

    private Source source(TokenGrant grant) {
        return sources.computeIfAbsent(grant, Source::new);
    }

    private final class Source {

        private final TokenGrant grant;
        private AccessToken token;

        Source(TokenGrant grant) {
            this.grant = grant;
        }

        synchronized AccessToken current() throws ScmException {
            if (token == null || !clock.instant().plus(MARGIN).isBefore(token.ends())) {
                token = request();
            }
            return token;
        }

        synchronized boolean renew(String refused) throws ScmException {
            if (token != null && token.value().equals(refused)) {
                token = request();
            }
            return true;
        }

        private AccessToken request() throws ScmException {
            JsonApi api = new JsonApi(http, grant.endpoint(), clock, new TokenEndpoint());
            JsonNode answer = api.exchange(
                            "POST", HttpUrl.get(grant.endpoint().toString()), grant.form(clock))
                    .body();
            String value = answer.path("access_token").asText("");
            if (value.isEmpty()) {
                throw new ScmException(Reason.UNAVAILABLE, "Google's answer has no access token", null);
            }
            return new AccessToken(
                    value,
                    clock.instant().plusSeconds(answer.path("expires_in").asLong(3600)),
                    answer.path("scope").asText(""));
        }
    }

    private static final class TokenEndpoint implements ApiConventions {

        @Override
        public String product() {
            return "Google";
        }

        @Override
        public void authorize(Request.Builder request) {
            // The form has what is needed.
        }

        @Override
        public Reason reason(int status, String said) {
            return status == 400 ? Reason.UNAUTHORIZED : ApiConventions.super.reason(status, said);
        }

        @Override
        public String advice(Reason reason) {
            return reason == Reason.UNAUTHORIZED
                    ? "Is the service account's key deleted or disabled, the refresh token revoked, or this machine's"
                            + " clock wrong? Make a new key, or authorize the OAuth client again."
                    : "";
        }
    }
}
