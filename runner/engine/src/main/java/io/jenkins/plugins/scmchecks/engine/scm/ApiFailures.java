package io.jenkins.plugins.scmchecks.engine.scm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.Response;

/** Says of a request that failed what was asked, what the failure means and how to mend it. */
final class ApiFailures {

    private static final int MOST_OF_MESSAGE = 500;
    private static final long MOST_OF_ERROR = 64 * 1024;

    private final ApiConventions conventions;
    private final Clock clock;
    private final ObjectMapper json;

    /** @param clock to turn a rate limit's end into a duration */
    ApiFailures(ApiConventions conventions, Clock clock, ObjectMapper json) {
        this.conventions = conventions;
        this.clock = clock;
        this.json = json;
    }

    /** {@return what an answer that is no success means} */
    ScmException of(Request request, Response response) {
        String said = firstLine(conventions.said(errorBody(response)));
        int code = response.code();
        Reason reason = conventions.reason(code, said);
        Duration wait = conventions.wait(response.headers(), clock);
        String says = said.isEmpty() ? "" : " " + conventions.product() + " says: " + said;
        String product = conventions.product();
        String at = " (" + code + " to " + where(request) + "). ";
        String advice = conventions.advice(reason);
        return switch (reason) {
            case UNAUTHORIZED -> failed(reason, product + " does not accept the credential" + at + advice + says);
            case FORBIDDEN -> failed(reason, "The credential may not do this at " + product + at + advice + says);
            case NOT_FOUND -> failed(
                    reason, product + " knows nothing there, or the credential may not see it" + at + advice + says);
            case REJECTED -> failed(reason, product + " refused the request" + at + advice + says);
            case RATE_LIMITED -> {
                Duration known = wait == null ? ApiConventions.UNKNOWN_WAIT : wait;
                yield new ScmException(
                        reason,
                        product + " limits the rate of requests" + at + "Try again in " + known.toSeconds() + " s. "
                                + advice + says,
                        known,
                        null);
            }
            case UNAVAILABLE -> new ScmException(
                    reason,
                    product + " is in trouble" + at + "Try again later. " + advice + says,
                    response.header("Retry-After") == null || wait == null ? Duration.ZERO : wait,
                    null);
        };
    }

    private static ScmException failed(Reason reason, String message) {
        return new ScmException(reason, message, null);
    }

    private JsonNode errorBody(Response response) {
        try {
            return json.readTree(response.peekBody(MOST_OF_ERROR).string());
        } catch (IOException e) {
            return json.missingNode();
        }
    }

    /** {@return what it means that there is no answer, or none that can be read} */
    ScmException unreachable(Request request, IOException e) {
        if (e instanceof ScmException known) {
            return known;
        }
        String message = e.getMessage() == null ? "" : ": " + firstLine(e.getMessage());
        return new ScmException(
                Reason.UNAVAILABLE,
                conventions.product() + " at " + request.url().host() + " cannot be reached or understood ("
                        + e.getClass().getSimpleName() + message + ") by " + where(request)
                        + ". Check the address, the proxy and the network.",
                e);
    }

    private static String where(Request request) {
        return request.method() + " " + request.url().encodedPath();
    }

    private static String firstLine(String text) {
        String line = text.strip().replaceAll("[\\p{Cntrl}]+", " ");
        return line.length() <= MOST_OF_MESSAGE ? line : line.substring(0, MOST_OF_MESSAGE) + "…";
    }

    /** {@return what it means that a success is a page, as proxies and sign-in forms send it} */
    ScmException noJson(Request request, Response response) {
        Reason reason = conventions.reasonOfPage(response.code());
        return failed(
                reason,
                conventions.product() + " at " + request.url().host() + " answered " + where(request) + " with "
                        + response.body().contentType() + " instead of JSON (" + response.code() + "). "
                        + conventions.advice(reason) + " Check the API address and what stands between.");
    }
}
