package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ApiConventions;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** What the parts of a connection share: the API with its credential, and who that is. */
final class GiteaSession {

    /** The most that a Gitea gives out unless its administrator allows more (app.ini, {@code MAX_RESPONSE_ITEMS}). */
    static final int PAGE = 50;

    private final Integration integration;
    private final JsonApi api;
    private volatile Account account;
    private volatile GiteaServer server;

    /** Whom the token signs in as. */
    record Account(long id, String login) {

        boolean isSame(JsonNode user) {
            return user.path("id").asLong(-1) == id;
        }
    }

    GiteaSession(Integration integration, OkHttpClient http, Clock clock) {
        this.integration = integration;
        this.api = new JsonApi(http, integration.apiUrl(), clock, new Conventions(token(integration.credential())));
    }

    private static String token(ScmCredential credential) {
        if (credential instanceof ScmCredential.Token token) {
            return token.value();
        }
        if (credential instanceof ScmCredential.UserToken token) {
            return token.value();
        }
        throw new IllegalArgumentException("Gitea takes an access token; not " + credential);
    }

    Integration integration() {
        return integration;
    }

    JsonApi api() {
        return api;
    }

    /** {@return an address below a repository's} */
    HttpUrl.Builder repository(RepositoryPath repository, String... segments) {
        if (repository.value().indexOf('/') != repository.value().lastIndexOf('/')) {
            throw new IllegalArgumentException("'" + repository + "' is no repository of Gitea; write owner/name");
        }
        HttpUrl.Builder url = api.url("repos", repository.owner(), repository.name());
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }

    Account account() throws ScmException {
        Account known = account;
        if (known == null) {
            JsonNode user = api.get(api.url("user"));
            known = new Account(user.path("id").asLong(), user.path("login").asText(""));
            account = known;
        }
        return known;
    }

    GiteaServer server() throws ScmException {
        GiteaServer known = server;
        if (known == null) {
            known = new GiteaServer(version());
            server = known;
        }
        return known;
    }

    private String version() throws ScmException {
        try {
            return api.get(api.url("version")).path("version").asText("");
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.FORBIDDEN) {
                throw e;
            }
            return "";
        }
    }

    /** Reads a listing; see {@link JsonApi#pages}. */
    boolean pages(HttpUrl.Builder url, int most, Predicate<JsonNode> each) throws ScmException {
        return api.pages(url.addQueryParameter("limit", Integer.toString(PAGE)), most, new Pages(), each);
    }

    /**
     * Some listings have a {@code Link} header, some only {@code X-Total-Count}, and some come as a whole. A server
     * may have smaller pages than it is asked for.
     */
    private static final class Pages implements JsonApi.Paging {

        private long seen;

        @Override
        public Iterable<JsonNode> items(JsonApi.Answer page) {
            seen += page.body().size();
            return page.body();
        }

        @Override
        public HttpUrl next(HttpUrl url, JsonApi.Answer page) {
            String link = page.link("next");
            if (link != null) {
                return JsonApi.withQueryOf(url, link);
            }
            String total = page.headers().get("X-Total-Count");
            if (total == null || !total.matches("\\d{1,12}") || page.body().isEmpty()
                    || seen >= Long.parseLong(total)) {
                return null;
            }
            String current = url.queryParameter("page");
            int next = current == null ? 2 : Integer.parseInt(current) + 1;
            return url.newBuilder().setQueryParameter("page", Integer.toString(next)).build();
        }
    }

    private record Conventions(String token) implements ApiConventions {

        @Override
        public String product() {
            return "Gitea";
        }

        @Override
        public void authorize(Request.Builder request) {
            request.header("Authorization", "token " + token);
        }

        @Override
        public String advice(Reason reason) {
            return switch (reason) {
                case UNAUTHORIZED -> "Is the token deleted, and is it from this server?";
                case FORBIDDEN -> "The token needs read:user, read:organization, write:repository and write:issue, and"
                        + " its owner the right to write to the repository (administrator to register webhooks).";
                case NOT_FOUND -> "Check the name, and that the token's owner can see it.";
                case RATE_LIMITED, UNAVAILABLE, REJECTED -> "";
            };
        }

        @Override
        public String toString() {
            return "Conventions[…]";
        }
    }
}
