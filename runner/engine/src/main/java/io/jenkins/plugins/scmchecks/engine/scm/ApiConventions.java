package io.jenkins.plugins.scmchecks.engine.scm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Headers;
import okhttp3.Request;

/** What is peculiar to one provider's API, for {@link JsonApi}. Most of it is the same for most providers. */
public interface ApiConventions {

    /** Without a header that tells how long, so long is waited after too many requests. */
    Duration UNKNOWN_WAIT = Duration.ofMinutes(1);

    /** {@return the provider's name, for messages} */
    String product();

    /** Adds the credential, and whatever else every request needs. */
    void authorize(Request.Builder request) throws ScmException;

    /**
     * Called when a request is answered with 401.
     *
     * @param refused the request as it was sent
     * @return whether there is another credential now, so that the request is worth sending once more
     */
    default boolean renew(Request refused) throws ScmException {
        return false;
    }

    /** {@return how to mend a failure, as a sentence for people; may be empty} */
    String advice(Reason reason);

    /**
     * @param status of an answer that is no success
     * @param said what the provider says of it, see {@link #said}
     * @return what kind of failure it is
     */
    default Reason reason(int status, String said) {
        return switch (status) {
            case 401 -> Reason.UNAUTHORIZED;
            case 403, 451 -> Reason.FORBIDDEN;
            case 404, 410 -> Reason.NOT_FOUND;
            case 429 -> Reason.RATE_LIMITED;
            default -> status >= 500 || status == 408 ? Reason.UNAVAILABLE : Reason.REJECTED;
        };
    }

    /** {@return what an answer means that should be JSON and is not: a proxy's or a sign-in page} */
    default Reason reasonOfPage(int status) {
        return Reason.UNAVAILABLE;
    }

    /**
     * {@return how long to wait: {@code Retry-After} in seconds or as a date, else {@code RateLimit-Reset} or
     * {@code X-RateLimit-Reset} in epoch seconds; null when none of them tells}
     */
    default Duration wait(Headers headers, Clock clock) {
        String after = headers.get("Retry-After");
        if (after != null && after.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(after));
        }
        if (after != null) {
            try {
                Duration wait = Duration.between(
                        clock.instant(), ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
                return wait.isNegative() ? Duration.ZERO : wait;
            } catch (DateTimeException e) {
                return null;
            }
        }
        String reset = headers.get("RateLimit-Reset");
        reset = reset == null ? headers.get("X-RateLimit-Reset") : reset;
        if (reset != null && reset.matches("\\d{1,12}")) {
            Duration wait = Duration.ofSeconds(Long.parseLong(reset)).minusMillis(clock.millis());
            return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
        }
        return null;
    }

    /** {@return what an error's body says, as plain text; the usual fields of an error are looked at} */
    default String said(JsonNode body) {
        List<String> parts = new ArrayList<>();
        for (String field : List.of("message", "error", "error_description", "errors")) {
            texts(body.path(field), parts, 0);
        }
        return String.join("; ", parts);
    }

    private static void texts(JsonNode node, List<String> parts, int depth) {
        if (node.isTextual() && !node.asText().isBlank()) {
            parts.add(node.asText());
        } else if (node.isObject() && depth < 4) {
            node.properties().forEach(field -> {
                List<String> inner = new ArrayList<>();
                texts(field.getValue(), inner, depth + 1);
                inner.forEach(text -> parts.add(field.getKey() + " " + text));
            });
        } else if (node.isArray() && depth < 4) {
            node.forEach(item -> texts(item, parts, depth + 1));
        }
    }
}
