package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Turns whatever goes wrong between us and GitHub into a {@link ScmException} that says what, where and how to mend it.
 * It stands in the HTTP client, so it is the same for the library's requests and our own, and nothing waits for a rate
 * limit below it.
 */
final class GitHubErrors implements Interceptor {

    /** GitHub's documentation on secondary limits: without a header, wait at least one minute. */
    private static final Duration SECONDARY_WAIT = Duration.ofMinutes(1);

    private static final int MOST_OF_BODY = 64 * 1024;
    private static final int MOST_OF_MESSAGE = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpUrl api;
    private final Clock clock;

    GitHubErrors(URI apiUrl, Clock clock) {
        this.api = HttpUrl.get(apiUrl.toString());
        this.clock = clock;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        checkAddress(request.url());
        Response response;
        try {
            response = chain.proceed(request);
        } catch (ScmException e) {
            throw e;
        } catch (IOException e) {
            throw unreachable(request, e);
        }
        if (response.isSuccessful()) {
            return checked(request, response);
        }
        if (response.code() == 304) {
            return response;
        }
        try (response) {
            throw failure(request, response);
        }
    }

    /** Addresses of pages and objects come from answers: the credential goes to the integration's own server alone. */
    private void checkAddress(HttpUrl url) throws ScmException {
        if (!url.host().equals(api.host()) || url.port() != api.port() || !url.scheme().equals(api.scheme())) {
            throw new ScmException(
                    Reason.UNAVAILABLE,
                    "GitHub at " + api.host() + ":" + api.port() + " refers to " + url.scheme() + "://" + url.host()
                            + ":" + url.port() + ", where no credential is sent; enter the address by which the server knows"
                            + " itself.",
                    null);
        }
    }

    /** {@return the failure that the library wrapped, or what else a broken exchange means} */
    static ScmException unwrap(IOException e, String what) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ScmException scm) {
                return scm;
            }
        }
        return new ScmException(
                Reason.UNAVAILABLE,
                "GitHub's answer to " + what + " could not be read: " + firstLine(e.getMessage()),
                e);
    }

    private static ScmException unreachable(Request request, IOException e) {
        String message = e.getMessage() == null ? "" : ": " + firstLine(e.getMessage());
        return new ScmException(
                Reason.UNAVAILABLE,
                "GitHub at " + request.url().host() + " cannot be reached (" + e.getClass().getSimpleName() + message
                        + "). Check the address, the proxy and the network.",
                e);
    }

    private static Response checked(Request request, Response response) throws ScmException {
        MediaType type = response.body().contentType();
        if (type == null || type.subtype().toLowerCase(Locale.ROOT).contains("json") || response.code() == 204) {
            return response;
        }
        response.close();
        throw new ScmException(
                Reason.UNAVAILABLE,
                "GitHub at " + request.url().host() + " answered " + where(request) + " with " + type
                        + " instead of JSON. Check the API address: https://api.github.com, or"
                        + " https://HOST/api/v3 for GitHub Enterprise Server.",
                null);
    }

    private ScmException failure(Request request, Response response) {
        JsonNode body = body(response);
        String said = said(body);
        String where = where(request);
        int code = response.code();
        Duration wait = wait(response, said);
        if (wait != null) {
            return new ScmException(
                    Reason.RATE_LIMITED,
                    "GitHub limits the rate of requests (" + code + " to " + where + "); try again in "
                            + wait.toSeconds() + " s." + said,
                    wait,
                    null);
        }
        return switch (code) {
            case 401 -> new ScmException(
                    Reason.UNAUTHORIZED,
                    "GitHub does not accept the credential (401 to " + where + "). For a token: is it revoked or"
                            + " expired? For an App: do its id and private key belong together, and is this machine's"
                            + " clock right?" + said,
                    null);
            case 403, 451 -> forbidden(response, where, said);
            case 404, 410 -> new ScmException(
                    Reason.NOT_FOUND,
                    "GitHub knows nothing at " + where + ", or the credential may not see it. Check the name, and"
                            + " that the App is installed on that repository or the token has access to it." + said,
                    null);
            default -> code >= 500 || code == 408
                    ? new ScmException(
                            Reason.UNAVAILABLE,
                            "GitHub is in trouble (" + code + " to " + where + "); try again later." + said,
                            retryAfter(response),
                            null)
                    : new ScmException(
                            Reason.REJECTED, "GitHub refused " + where + " (" + code + ")." + said, null);
        };
    }

    private static ScmException forbidden(Response response, String where, String said) {
        if (said.toLowerCase(Locale.ROOT).contains("suspended")) {
            return new ScmException(
                    Reason.FORBIDDEN,
                    "The installation of the App is suspended (" + response.code() + " to " + where
                            + "). An owner of the organization can unsuspend it under Settings, GitHub Apps." + said,
                    null);
        }
        String needed = Objects.requireNonNullElseGet(
                response.header("X-Accepted-GitHub-Permissions"), () -> neededFor(response.request()));
        String scopes = Objects.requireNonNullElse(response.header("X-Accepted-OAuth-Scopes"), "");
        String mend = !needed.isBlank()
                ? "It needs " + needed.replace("; ", " or ") + ": grant it in the App's or token's settings, and let an"
                        + " owner of the organization accept it."
                : !scopes.isBlank()
                        ? "It needs one of the scopes " + scopes + "."
                        : "Check the permissions of the App or token, and whether the organization asks for single"
                                + " sign-on.";
        return new ScmException(
                Reason.FORBIDDEN,
                "The credential may not do " + where + " (" + response.code() + "). " + mend + said,
                null);
    }

    /** Older servers do not tell what a request needs. */
    private static String neededFor(Request request) {
        List<String> segments = request.url().pathSegments();
        String level = request.method().equals("GET") ? "read" : "write";
        int repository = segments.indexOf("repos");
        String kind = repository >= 0 && segments.size() > repository + 3 ? segments.get(repository + 3) : "";
        return switch (kind) {
            case "check-runs" -> "checks=" + level;
            case "pulls" -> "pull_requests=" + level;
            case "issues" -> "issues=" + level;
            case "statuses" -> "statuses=" + level;
            case "hooks" -> "repository_hooks=" + level;
            case "contents", "branches" -> "contents=" + level;
            default -> "";
        };
    }

    /** {@return how long to wait when this is a rate limit, primary or secondary; otherwise null} */
    private Duration wait(Response response, String said) {
        if (response.code() != 403 && response.code() != 429) {
            return null;
        }
        if (response.header("Retry-After") != null) {
            Duration wait = retryAfter(response);
            return wait.isZero() ? SECONDARY_WAIT : wait;
        }
        if ("0".equals(response.header("X-RateLimit-Remaining"))) {
            long reset = number(response.header("X-RateLimit-Reset"));
            Duration wait = Duration.ofSeconds(reset).minusMillis(clock.millis());
            return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
        }
        boolean secondary = said.toLowerCase(Locale.ROOT).contains("rate limit")
                || said.toLowerCase(Locale.ROOT).contains("abuse detection");
        return secondary || response.code() == 429 ? SECONDARY_WAIT : null;
    }

    private static Duration retryAfter(Response response) {
        return Duration.ofSeconds(Math.max(0, number(response.header("Retry-After"))));
    }

    private static long number(String header) {
        return header != null && header.matches("\\d{1,12}") ? Long.parseLong(header) : 0;
    }

    private static JsonNode body(Response response) {
        try {
            return JSON.readTree(response.peekBody(MOST_OF_BODY).string());
        } catch (IOException e) {
            return JSON.nullNode();
        }
    }

    /** {@return what GitHub said, with the details of a validation, as a sentence to append} */
    private static String said(JsonNode body) {
        List<String> parts = new ArrayList<>();
        parts.add(body.path("message").asText(""));
        for (JsonNode error : body.path("errors")) {
            String brief = error.path("field").asText("") + " " + error.path("code").asText("");
            parts.add(error.isTextual() ? error.asText() : error.path("message").asText(brief));
        }
        parts.removeIf(String::isBlank);
        String text = firstLine(String.join("; ", parts));
        return text.isEmpty() ? "" : " GitHub says: " + text;
    }

    private static String where(Request request) {
        return request.method() + " " + request.url().encodedPath();
    }

    private static String firstLine(String text) {
        String line = text == null ? "" : text.strip().replaceAll("[\\p{Cntrl}]+", " ");
        return line.length() <= MOST_OF_MESSAGE ? line : line.substring(0, MOST_OF_MESSAGE) + "…";
    }
}
