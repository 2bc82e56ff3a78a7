package io.jenkins.plugins.scmchecks.engine.webhook;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One webhook request, as it arrived.
 *
 * @param integration to whose address it came
 * @param headers with their first values; names are compared without regard to case
 * @param body the raw bytes, which is what signatures are over; at most {@link #MAX_BODY}
 * @param receivedAt when it arrived
 */
public record Delivery(String integration, Map<String, String> headers, byte[] body, Instant receivedAt) {

    /** The most that GitHub sends (25 MB); whatever is longer is refused before it is read. */
    public static final int MAX_BODY = 25 * 1024 * 1024;

    public Delivery {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(receivedAt, "receivedAt");
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
