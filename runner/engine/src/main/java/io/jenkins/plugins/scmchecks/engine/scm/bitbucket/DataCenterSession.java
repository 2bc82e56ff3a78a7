package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ApiConventions;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** What the parts of a connection share: the API with its credential, who that is, and the server's version. */
final class DataCenterSession {

    /** {@code values}, and where the next page starts unless this is the last. */
    static final JsonApi.Paging PAGING = paging("");

    /** The same in {@code children}, as the contents of folders have it. */
    static final JsonApi.Paging CHILDREN = paging("children");

    private static final Pattern VERSION = Pattern.compile("^(\\d{1,4})\\.(\\d{1,4})");
    private static final String USER = "X-AUSERNAME";

    private final Integration integration;
    private final JsonApi api;
    private volatile String account;
    private volatile Version version;

    /** @param text as the server tells it; {@code unknown} when it does not */
    record Version(String text, int major, int minor) {

        boolean isAtLeast(int otherMajor, int otherMinor) {
            return major > otherMajor || major == otherMajor && minor >= otherMinor;
        }
    }

    DataCenterSession(Integration integration, OkHttpClient http, Clock clock) {
        this.integration = integration;
        this.api = new JsonApi(http, integration.apiUrl(), clock, new Conventions(authorization(integration)));
    }

    private static JsonApi.Paging paging(String in) {
        return new JsonApi.Paging() {
            @Override
            public Iterable<JsonNode> items(JsonApi.Answer page) {
                return page(page).path("values");
            }

            @Override
            public HttpUrl next(HttpUrl url, JsonApi.Answer page) {
                JsonNode start = page(page).path("nextPageStart");
                return page(page).path("isLastPage").asBoolean(true) || !start.isIntegralNumber()
                        ? null
                        : url.newBuilder().setQueryParameter("start", start.asText()).build();
            }

            private JsonNode page(JsonApi.Answer page) {
                return in.isEmpty() ? page.body() : page.body().path(in);
            }
        };
    }

    private static String authorization(Integration integration) {
        ScmCredential credential = integration.credential();
        if (credential instanceof ScmCredential.Token token) {
            return "Bearer " + token.value();
        }
        if (credential instanceof ScmCredential.UserToken token) {
            return Credentials.basic(token.user(), token.value(), StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException(
                "Bitbucket Data Center takes an HTTP access token, or a user's name and password; not " + credential);
    }

    Integration integration() {
        return integration;
    }

    JsonApi api() {
        return api;
    }

    /** {@return an address below {@code /rest/api/latest}} */
    HttpUrl.Builder core(String... segments) {
        return add(api.url("rest", "api", "latest"), segments);
    }

    HttpUrl.Builder repository(RepositoryPath repository, String... segments) {
        return add(core("projects", repository.owner(), "repos", repository.name()), segments);
    }

    HttpUrl.Builder pullRequest(RepositoryPath repository, long number, String... segments) {
        return add(repository(repository, "pull-requests", Long.toString(number)), segments);
    }

    /** {@return an address of Code Insights, which is an API of its own} */
    HttpUrl.Builder insights(RepositoryPath repository, String sha, String... segments) {
        HttpUrl.Builder url = api.url(
                "rest", "insights", "latest", "projects", repository.owner(), "repos", repository.name(), "commits", sha);
        return add(url, segments);
    }

    private static HttpUrl.Builder add(HttpUrl.Builder url, String... segments) {
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }

    /** {@return the address of a list; a server may give shorter pages} */
    static HttpUrl.Builder list(HttpUrl.Builder url) {
        return url.addQueryParameter("limit", "500");
    }

    /**
     * {@return whom the credential signs in as} Much is answered to anybody, with less in it, so only the header that
     * names the user tells that the credential was taken.
     *
     * @throws ScmException when it was not
     */
    String account() throws ScmException {
        String known = account;
        if (known == null) {
            JsonApi.Answer answer = api.answer(core("users").addQueryParameter("limit", "1"));
            String name = answer.headers().get(USER);
            if (name == null || name.isBlank()) {
                throw new ScmException(
                        Reason.UNAUTHORIZED,
                        "Bitbucket answers as to anybody: it does not take the credential, or something in between keeps it"
                                + " back. Is the HTTP access token revoked or expired?",
                        null);
            }
            known = URLDecoder.decode(name, StandardCharsets.UTF_8);
            account = known;
        }
        return known;
    }

    Version version() throws ScmException {
        Version known = version;
        if (known == null) {
            String text = api.get(core("application-properties")).path("version").asText("unknown");
            Matcher matcher = VERSION.matcher(text);
            known = matcher.find()
                    ? new Version(text, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                    : new Version(text, 0, 0);
            version = known;
        }
        return known;
    }

    private record Conventions(String authorization) implements ApiConventions {

        @Override
        public String product() {
            return "Bitbucket";
        }

        /** The second header switches the protection off that is for browsers. */
        @Override
        public void authorize(Request.Builder request) {
            request.header("Authorization", authorization).header("X-Atlassian-Token", "no-check");
        }

        @Override
        public String advice(Reason reason) {
            return switch (reason) {
                case UNAUTHORIZED -> "Is the HTTP access token revoked or expired, and is it from this Bitbucket?";
                case FORBIDDEN -> "The HTTP access token needs the permission to write to the repository, and to administer it"
                        + " to register webhooks.";
                case NOT_FOUND -> "Check the project's key and the repository, and that the token is for them.";
                case RATE_LIMITED, UNAVAILABLE, REJECTED -> "";
            };
        }

        /** Somebody else changed a comment at the same time: looking again helps. */
        @Override
        public Reason reason(int status, String said) {
            return status == 409 ? Reason.UNAVAILABLE : ApiConventions.super.reason(status, said);
        }

        @Override
        public String said(JsonNode body) {
            StringBuilder said = new StringBuilder();
            for (JsonNode error : body.path("errors")) {
                String context = error.path("context").asText("");
                said.append(said.isEmpty() ? "" : "; ").append(context.isEmpty() || context.equals("null") ? "" : context + ": ")
                        .append(error.path("message").asText(""));
            }
            return said.isEmpty() ? ApiConventions.super.said(body) : said.toString();
        }

        @Override
        public String toString() {
            return "Conventions[…]";
        }
    }
}
