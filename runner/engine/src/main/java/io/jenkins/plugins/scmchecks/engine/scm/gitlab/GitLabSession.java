package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ApiConventions;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** What the parts of a connection share: the API with its credential, and who that is. */
final class GitLabSession {

    private final Integration integration;
    private final Clock clock;
    private final JsonApi api;
    private final JsonApi web;
    private volatile Account account;

    /**
     * Whom the credential signs in as; for a group or project token that is a bot of its own.
     *
     * @param state {@code active}, {@code blocked} …
     */
    record Account(long id, String username, String state) {

        boolean isSame(JsonNode user) {
            return user.path("id").asLong(-1) == id;
        }
    }

    GitLabSession(Integration integration, OkHttpClient http, Clock clock, OAuthTokens tokens) {
        this.integration = integration;
        this.clock = clock;
        ApiConventions conventions = conventions(integration, tokens);
        this.api = new JsonApi(http, integration.apiUrl(), clock, conventions);
        this.web = new JsonApi(http, webUrl(integration.apiUrl()), clock, conventions);
    }

    private static ApiConventions conventions(Integration integration, OAuthTokens tokens) {
        ScmCredential credential = integration.credential();
        if (credential instanceof ScmCredential.Token token) {
            return new ByToken(token.value());
        }
        if (credential instanceof ScmCredential.UserToken token) {
            return new ByToken(token.value());
        }
        if (credential instanceof ScmCredential.OAuthClient client && client.refreshToken() != null) {
            return new ByOAuth(integration, client, tokens);
        }
        throw new IllegalArgumentException(
                "GitLab takes an access token, or an OAuth application with a refresh token; not " + credential);
    }

    /** {@return the address below which the web pages and {@code /oauth} are} */
    static URI webUrl(URI apiUrl) {
        return URI.create(apiUrl.toString().replaceAll("/+$", "").replaceAll("/api/v\\d+$", ""));
    }

    Integration integration() {
        return integration;
    }

    Clock clock() {
        return clock;
    }

    JsonApi api() {
        return api;
    }

    /** {@return requests to addresses beside the API, such as {@code /oauth/token/info}} */
    JsonApi web() {
        return web;
    }

    boolean isOAuth() {
        return integration.credential() instanceof ScmCredential.OAuthClient;
    }

    /** {@return an address below a project's; the project's path is one segment} */
    HttpUrl.Builder project(RepositoryPath project, String... segments) {
        HttpUrl.Builder url = api.url("projects", project.value());
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }

    /** {@return an address below a merge request's} */
    HttpUrl.Builder mergeRequest(RepositoryPath project, long number, String... segments) {
        HttpUrl.Builder url = project(project, "merge_requests", Long.toString(number));
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }

    /** {@return an address below a group's; nested groups are one segment as well} */
    HttpUrl.Builder group(String... segments) {
        HttpUrl.Builder url = api.url("groups", integration.organization());
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }

    Account account() throws ScmException {
        Account known = account;
        if (known == null) {
            JsonNode user = api.get(api.url("user"));
            known = new Account(
                    user.path("id").asLong(), user.path("username").asText(""), user.path("state").asText("active"));
            account = known;
        }
        return known;
    }

    private abstract static class Conventions implements ApiConventions {

        @Override
        public String product() {
            return "GitLab";
        }

        @Override
        public String advice(Reason reason) {
            return switch (reason) {
                case UNAUTHORIZED -> "Is the token revoked or expired, and is it from this GitLab?";
                case FORBIDDEN -> "The token needs the scope api, and its owner the role Developer in the project"
                        + " (Maintainer to register webhooks).";
                case NOT_FOUND -> "Check the path, and that the token's owner is a member there.";
                case RATE_LIMITED, UNAVAILABLE, REJECTED -> "";
            };
        }

        /** The limits of single endpoints come with the headers of the general one, which is not reached then. */
        @Override
        public Duration wait(Headers headers, Clock clock) {
            String left = headers.get("RateLimit-Remaining");
            boolean general = left == null || left.equals("0");
            return general || headers.get("Retry-After") != null ? ApiConventions.super.wait(headers, clock) : null;
        }

        /** Some limits answer 403, others 400, with words that tell. */
        @Override
        public Reason reason(int status, String said) {
            boolean limited = said.toLowerCase(Locale.ROOT).contains("requested too many times");
            return limited ? Reason.RATE_LIMITED : ApiConventions.super.reason(status, said);
        }
    }

    private static final class ByToken extends Conventions {

        private final String token;

        ByToken(String token) {
            this.token = token;
        }

        @Override
        public void authorize(Request.Builder request) {
            request.header("PRIVATE-TOKEN", token);
        }
    }

    private static final class ByOAuth extends Conventions {

        private static final String BEARER = "Bearer ";

        private final Integration integration;
        private final ScmCredential.OAuthClient client;
        private final OAuthTokens tokens;

        ByOAuth(Integration integration, ScmCredential.OAuthClient client, OAuthTokens tokens) {
            this.integration = integration;
            this.client = client;
            this.tokens = tokens;
        }

        @Override
        public void authorize(Request.Builder request) throws ScmException {
            request.header("Authorization", BEARER + tokens.current(integration, client));
        }

        @Override
        public boolean renew(Request refused) throws ScmException {
            String header = refused.header("Authorization");
            return header != null && tokens.renew(integration, client, header.substring(BEARER.length()));
        }
    }
}
