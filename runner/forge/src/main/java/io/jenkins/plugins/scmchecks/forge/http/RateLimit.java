package io.jenkins.plugins.scmchecks.forge.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A budget of requests in a time for each caller, as most providers have it. */
public final class RateLimit {

    /**
     * What a caller has left.
     *
     * @param allowed whether this request is within it
     */
    public record Budget(boolean allowed, int limit, int remaining, int used, Instant reset) {}

    private static final class Window {
        private Instant reset;
        private int used;
    }

    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();
    private final Duration length;
    private int limit;

    /** @param length of the time after which the budget is full again */
    public RateLimit(Clock clock, Duration length, int limit) {
        this.clock = clock;
        this.length = length;
        this.limit = limit;
    }

    /** Sets the budget of every caller, and starts anew. */
    public synchronized void limit(int requests) {
        limit = requests;
        windows.clear();
    }

    /** Counts a request. */
    public synchronized Budget take(String caller) {
        return look(caller, 1);
    }

    /** {@return what is left, without counting} */
    public synchronized Budget peek(String caller) {
        return look(caller, 0);
    }

    private Budget look(String caller, int requests) {
        Instant now = clock.instant();
        Window window = windows.computeIfAbsent(caller, key -> new Window());
        if (window.reset == null || !now.isBefore(window.reset)) {
            window.reset = now.plus(length);
            window.used = 0;
        }
        boolean allowed = window.used + requests <= limit;
        if (allowed) {
            window.used += requests;
        }
        return new Budget(allowed, limit, limit - window.used, window.used, window.reset);
    }
}
