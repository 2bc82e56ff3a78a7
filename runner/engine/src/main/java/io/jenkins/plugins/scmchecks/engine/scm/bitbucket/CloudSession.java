package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ApiConventions;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** What the parts of a connection share: the API with its credential, and who that is. */
final class CloudSession {

    /**
     * A page's {@code values}, and the {@code next} page's whole address, which {@link JsonApi} keeps on the same
     * host.
     */
    static final JsonApi.Paging PAGING = new JsonApi.Paging() {
        @Override
        public Iterable<JsonNode> items(JsonApi.Answer page) {
            return page.body().path("values");
        }

        @Override
        public HttpUrl next(HttpUrl url, JsonApi.Answer page) {
            String next = page.body().path("next").asText("");
            return next.isEmpty() ? null : url.resolve(next);
        }
    };

    private final Integration integration;
    private final JsonApi api;
    private volatile Account account;

    /**
     * Whom the credential signs in as. An access token is an account of its own at Bitbucket, which it may not ask
     * about.
     *
     * @param uuid null for an access token
     */
    record Account(String uuid, String name, boolean active) {

        boolean isSame(JsonNode user) {
            return uuid == null
                    ? user.path("type").asText().equals("app_user")
                    : uuid.equals(user.path("uuid").asText());
        }
    }

    CloudSession(Integration integration, OkHttpClient http, Clock clock) {
        this.integration = integration;
        this.api = new JsonApi(http, integration.apiUrl(), clock, new Conventions(authorization(integration)));
    }

    private static String authorization(Integration integration) {
        ScmCredential credential = integration.credential();
        if (credential instanceof ScmCredential.Token token) {
            return "Bearer " + token.value();
        }
        if (credential instanceof ScmCredential.UserToken token) {
            return Credentials.basic(token.user(), token.value(), StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException("Bitbucket Cloud takes the access token of a workspace, project or repository, or"
                + " an e-mail address with its API token; not " + credential);
    }

    Integration integration() {
        return integration;
    }

    JsonApi api() {
        return api;
    }

    /** {@return an address below a repository's} */
    HttpUrl.Builder repository(RepositoryPath repository, String... segments) {
        HttpUrl.Builder url = api.url("repositories", repository.owner(), repository.name());
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }

    /** {@return an address below a pull request's} */
    HttpUrl.Builder pullRequest(RepositoryPath repository, long number, String... segments) {
        HttpUrl.Builder url = repository(repository, "pullrequests", Long.toString(number));
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }

    /** {@return the address of a list, in pages as long as Bitbucket gives them} */
    static HttpUrl.Builder list(HttpUrl.Builder url) {
        return url.addQueryParameter("pagelen", "100");
    }

    Account account() throws ScmException {
        Account known = account;
        if (known == null) {
            known = askForAccount();
            account = known;
        }
        return known;
    }

    private Account askForAccount() throws ScmException {
        try {
            JsonNode user = api.get(api.url("user"));
            return new Account(
                    user.path("uuid").asText(),
                    user.path("nickname").asText(user.path("display_name").asText("")),
                    !user.path("account_status").asText("active").equals("inactive"));
        } catch (ScmException e) {
            if (e.reason() != Reason.FORBIDDEN || integration.credential() instanceof ScmCredential.UserToken) {
                throw e;
            }
            return new Account(null, "Access token", true);
        }
    }

    private record Conventions(String authorization) implements ApiConventions {

        @Override
        public String product() {
            return "Bitbucket Cloud";
        }

        @Override
        public void authorize(Request.Builder request) {
            request.header("Authorization", authorization);
        }

        @Override
        public String advice(Reason reason) {
            return switch (reason) {
                case UNAUTHORIZED -> "Is the token revoked or expired? An API token goes with its owner's e-mail address; app"
                        + " passwords are no longer accepted.";
                case FORBIDDEN -> "The token needs the scopes repository, pullrequest and, to register webhooks, webhook.";
                case NOT_FOUND -> "Check the workspace and the repository, and that the token is for them.";
                case RATE_LIMITED, UNAVAILABLE, REJECTED -> "";
            };
        }

        /** {@code error} has a message, a detail that may name scopes, and fields with their problems. */
        @Override
        public String said(JsonNode body) {
            JsonNode error = body.path("error");
            if (!error.isObject()) {
                return ApiConventions.super.said(body);
            }
            List<String> parts = new ArrayList<>();
            parts.add(error.path("message").asText(""));
            JsonNode detail = error.path("detail");
            if (detail.isTextual()) {
                parts.add(detail.asText());
            } else if (detail.has("required")) {
                parts.add("required: " + detail.path("required"));
            }
            error.path("fields").properties().forEach(f -> parts.add(f.getKey() + ": " + f.getValue()));
            return String.join(" ", parts).strip();
        }

        @Override
        public String toString() {
            return "Conventions[…]";
        }
    }
}
