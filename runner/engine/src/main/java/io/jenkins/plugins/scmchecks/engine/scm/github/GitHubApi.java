package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.kohsuke.github.authorization.AuthorizationProvider;

/** The requests to GitHub's REST and GraphQL APIs that the library does not make, or not as few of. */
final class GitHubApi {

    private static final MediaType JSON_TYPE = MediaType.get("application/json; charset=utf-8");
    private static final Pattern LINK = Pattern.compile("<([^<>]{1,2000})>\\s*;\\s*rel=\"(\\w+)\"");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(64L * 1024 * 1024)
                    .maxNestingDepth(100)
                    .build())
            .build());

    private final OkHttpClient http;
    private final HttpUrl base;
    private final HttpUrl graphql;
    private final AuthorizationProvider authorization;

    /** An answer with those headers that say more than its body. */
    record Answer(JsonNode body, Headers headers) {

        /** {@return the address of the page with that relation, or null} */
        String link(String relation) {
            Matcher matcher = LINK.matcher(headers.get("Link") == null ? "" : headers.get("Link"));
            while (matcher.find()) {
                if (matcher.group(2).equals(relation) && HttpUrl.parse(matcher.group(1)) != null) {
                    return matcher.group(1);
                }
            }
            return null;
        }
    }

    GitHubApi(OkHttpClient http, URI apiUrl, AuthorizationProvider authorization) {
        this.http = http;
        this.base = HttpUrl.get(apiUrl.toString().replaceAll("/+$", ""));
        this.graphql = graphqlUrl(base);
        this.authorization = authorization;
    }

    /** GitHub Enterprise Server has its REST API at {@code /api/v3} and GraphQL at {@code /api/graphql}. */
    private static HttpUrl graphqlUrl(HttpUrl base) {
        List<String> segments = base.pathSegments();
        int last = segments.size() - 1;
        return segments.get(last).equals("v3")
                ? base.newBuilder().setPathSegment(last, "graphql").build()
                : base.newBuilder().addPathSegment("graphql").build();
    }

    /** {@return an address below the API's, each segment encoded} */
    HttpUrl.Builder url(String... segments) {
        HttpUrl.Builder url = base.newBuilder();
        for (String segment : segments) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("'" + segment + "' cannot be a part of an address");
            }
            url.addPathSegment(segment);
        }
        return url;
    }

    /** {@return an address below a repository's} */
    HttpUrl.Builder url(RepositoryPath repository, String... segments) {
        List<String> all = new ArrayList<>(List.of("repos", repository.owner(), repository.name()));
        all.addAll(List.of(segments));
        return url(all.toArray(String[]::new));
    }

    JsonNode get(HttpUrl.Builder url) throws ScmException {
        return answer(url).body();
    }

    Answer answer(HttpUrl.Builder url) throws ScmException {
        return exchange("GET", url.build(), null);
    }

    JsonNode post(HttpUrl.Builder url, Object body) throws ScmException {
        return exchange("POST", url.build(), body).body();
    }

    JsonNode patch(HttpUrl.Builder url, Object body) throws ScmException {
        return exchange("PATCH", url.build(), body).body();
    }

    void delete(HttpUrl.Builder url) throws ScmException {
        exchange("DELETE", url.build(), null);
    }

    /**
     * Reads an array page by page.
     *
     * @param most pages
     * @param each answers whether to go on
     * @return whether all was read, or the reader had enough; false when there were too many pages
     */
    boolean pages(HttpUrl.Builder url, int most, Predicate<JsonNode> each) throws ScmException {
        HttpUrl next = url.setQueryParameter("per_page", "100").build();
        for (int page = 0; page < most; page++) {
            Answer answer = exchange("GET", next, null);
            for (JsonNode item : answer.body()) {
                if (!each.test(item)) {
                    return true;
                }
            }
            String link = answer.link("next");
            if (link == null) {
                return true;
            }
            next = HttpUrl.get(link);
        }
        return false;
    }

    /** {@return what is at {@code data} of the answer} */
    JsonNode graphql(String query, Map<String, Object> variables) throws ScmException {
        JsonNode body = exchange("POST", graphql, Map.of("query", query, "variables", variables)).body();
        JsonNode error = body.path("errors").path(0);
        if (error.isMissingNode()) {
            return body.path("data");
        }
        String message = error.path("message").asText("");
        Reason reason = switch (error.path("type").asText("")) {
            case "FORBIDDEN", "INSUFFICIENT_SCOPES" -> Reason.FORBIDDEN;
            case "NOT_FOUND" -> Reason.NOT_FOUND;
            case "RATE_LIMITED" -> Reason.RATE_LIMITED;
            default -> message.startsWith("Something went wrong") ? Reason.UNAVAILABLE : Reason.REJECTED;
        };
        throw new ScmException(reason, "GitHub refused a GraphQL request: " + message, null);
    }

    private Answer exchange(String method, HttpUrl url, Object body) throws ScmException {
        try {
            RequestBody content = body == null ? null : RequestBody.create(JSON.writeValueAsBytes(body), JSON_TYPE);
            Request request = new Request.Builder()
                    .url(url)
                    .method(method, content)
                    .header("Accept", "application/vnd.github+json")
                    .header("User-Agent", "scm-checks")
                    .header("Authorization", authorization.getEncodedAuthorization())
                    .build();
            try (Response response = http.newCall(request).execute();
                    InputStream in = response.body().byteStream()) {
                JsonNode parsed = response.code() == 204 ? JSON.missingNode() : JSON.readTree(in);
                return new Answer(parsed, response.headers());
            }
        } catch (IOException e) {
            throw GitHubErrors.unwrap(e, method + " " + url.encodedPath());
        }
    }
}
