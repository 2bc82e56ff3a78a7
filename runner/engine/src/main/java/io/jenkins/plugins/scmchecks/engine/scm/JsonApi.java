package io.jenkins.plugins.scmchecks.engine.scm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
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

/**
 * Requests to a provider's REST API that have JSON in both directions. Every failure is a {@link ScmException} that
 * says what was asked, what it means and how to mend it, and holds no secret; nothing waits. Thread-safe.
 */
public final class JsonApi {

    private static final MediaType JSON_TYPE = MediaType.get("application/json; charset=utf-8");
    private static final Pattern LINK = Pattern.compile("<([^<>]{1,4000})>\\s*;\\s*rel=\"?(\\w+)\"?");
    private static final RequestBody NOTHING = RequestBody.create(new byte[0], null);
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(64L * 1024 * 1024)
                    .maxNestingDepth(100)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build());

    private final OkHttpClient http;
    private final HttpUrl base;
    private final ApiConventions conventions;
    private final ApiFailures failures;

    /**
     * An answer that is a success.
     *
     * @param body a missing node when there is none
     */
    public record Answer(int status, Headers headers, JsonNode body) {

        /** {@return the address with that relation in the {@code Link} header (RFC 8288), or null} */
        public String link(String relation) {
            for (String value : headers.values("Link")) {
                Matcher matcher = LINK.matcher(value);
                while (matcher.find()) {
                    if (matcher.group(2).equals(relation)) {
                        return matcher.group(1);
                    }
                }
            }
            return null;
        }
    }

    /** How a listing goes on. */
    public interface Paging {

        /** {@return the items of a page} */
        Iterable<JsonNode> items(Answer page);

        /**
         * @param url of {@code page}
         * @return the next page's address, or null after the last; it has to be below this API's
         */
        HttpUrl next(HttpUrl url, Answer page);
    }

    /**
     * An array, and a {@code Link} header with {@code rel="next"}. Only the query of that address is taken, so that a
     * server behind a proxy that knows itself by another name is no problem, and no credential goes elsewhere.
     */
    public static final Paging LINKED = new Paging() {
        @Override
        public Iterable<JsonNode> items(Answer page) {
            return page.body();
        }

        @Override
        public HttpUrl next(HttpUrl url, Answer page) {
            return withQueryOf(url, page.link("next"));
        }
    };

    /**
     * @param http from {@link Http}
     * @param apiUrl below which all requests go
     * @param clock to turn a rate limit's end into a duration
     */
    public JsonApi(OkHttpClient http, URI apiUrl, Clock clock, ApiConventions conventions) {
        this.http = http;
        this.base = HttpUrl.get(apiUrl.toString().replaceAll("/+$", ""));
        this.conventions = conventions;
        this.failures = new ApiFailures(conventions, clock, JSON);
    }

    /** {@return {@code url} with the query of {@code link}, or null when that is no address} */
    public static HttpUrl withQueryOf(HttpUrl url, String link) {
        HttpUrl other = link == null ? null : url.resolve(link);
        return other == null
                ? null
                : url.newBuilder().encodedQuery(other.encodedQuery()).build();
    }

    /** {@return an address below the API's, each segment encoded: a {@code /} in one becomes {@code %2F}} */
    public HttpUrl.Builder url(String... segments) {
        HttpUrl.Builder url = base.newBuilder();
        for (String segment : segments) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("'" + segment + "' cannot be a part of an address");
            }
            url.addPathSegment(segment);
        }
        return url;
    }

    public JsonNode get(HttpUrl.Builder url) throws ScmException {
        return answer(url).body();
    }

    public Answer answer(HttpUrl.Builder url) throws ScmException {
        return exchange("GET", url.build(), null);
    }

    /**
     * Reads an answer that is plain text, such as a diff, and no more than {@code most} bytes of it.
     */
    public String text(HttpUrl.Builder url, long most) throws ScmException {
        Request request = request("GET", url.build(), null).newBuilder().header("Accept", "text/plain").build();
        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw failures.of(request, response);
            }
            return response.peekBody(most).string();
        } catch (IOException e) {
            throw failures.unreachable(request, e);
        }
    }

    /** @param body anything that Jackson writes; null for an empty one */
    public JsonNode post(HttpUrl.Builder url, Object body) throws ScmException {
        return send("POST", url, body);
    }

    /** @param body anything that Jackson writes; null for an empty one */
    public JsonNode put(HttpUrl.Builder url, Object body) throws ScmException {
        return send("PUT", url, body);
    }

    /** @param body anything that Jackson writes; null for an empty one */
    public JsonNode patch(HttpUrl.Builder url, Object body) throws ScmException {
        return send("PATCH", url, body);
    }

    public void delete(HttpUrl.Builder url) throws ScmException {
        exchange("DELETE", url.build(), null);
    }

    private JsonNode send(String method, HttpUrl.Builder url, Object body) throws ScmException {
        return exchange(method, url.build(), body == null ? NOTHING : json(body)).body();
    }

    private static RequestBody json(Object body) {
        try {
            return RequestBody.create(JSON.writeValueAsBytes(body), JSON_TYPE);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + body.getClass(), e);
        }
    }

    /**
     * Reads a listing, one page in memory at a time.
     *
     * @param most pages
     * @param each answers whether to go on
     * @return whether all was read, or the reader had enough; false when there were more pages
     */
    public boolean pages(HttpUrl.Builder first, int most, Paging paging, Predicate<JsonNode> each) throws ScmException {
        HttpUrl url = first.build();
        for (int page = 0; page < most; page++) {
            Answer answer = exchange("GET", url, null);
            for (JsonNode item : paging.items(answer)) {
                if (!each.test(item)) {
                    return true;
                }
            }
            HttpUrl next = paging.next(url, answer);
            if (next == null) {
                return true;
            }
            url = checked(next);
        }
        return false;
    }

    private HttpUrl checked(HttpUrl url) throws ScmException {
        if (!url.host().equals(base.host()) || url.port() != base.port() || !url.scheme().equals(base.scheme())) {
            throw new ScmException(
                    Reason.UNAVAILABLE,
                    conventions.product() + "'s next page is at another address than " + base
                            + "; enter the address by which the server knows itself.",
                    null);
        }
        return url;
    }

    /** Makes a request, and once more when the credential could be renewed. */
    public Answer exchange(String method, HttpUrl url, RequestBody body) throws ScmException {
        Request request = request(method, url, body);
        try (Response response = http.newCall(request).execute()) {
            if (response.code() != 401 || !conventions.renew(request)) {
                return answer(request, response);
            }
        } catch (IOException e) {
            throw failures.unreachable(request, e);
        }
        Request again = request(method, url, body);
        try (Response response = http.newCall(again).execute()) {
            return answer(again, response);
        } catch (IOException e) {
            throw failures.unreachable(again, e);
        }
    }

    private Request request(String method, HttpUrl url, RequestBody body) throws ScmException {
        Request.Builder request = new Request.Builder()
                .url(url)
                .method(method, body)
                .header("Accept", "application/json")
                .header("User-Agent", "scm-checks");
        conventions.authorize(request);
        return request.build();
    }

    private Answer answer(Request request, Response response) throws IOException {
        if (!response.isSuccessful()) {
            throw failures.of(request, response);
        }
        MediaType type = response.body().contentType();
        boolean empty = response.code() == 204 || response.body().contentLength() == 0;
        if (!empty && type != null && !type.subtype().toLowerCase(Locale.ROOT).contains("json")) {
            throw failures.noJson(request, response);
        }
        try (InputStream in = response.body().byteStream()) {
            return new Answer(
                    response.code(), response.headers(), empty ? JSON.missingNode() : JSON.readTree(in));
        }
    }
}
