package io.jenkins.plugins.scmchecks.forge.http;

import java.time.Duration;

/** What goes wrong with a request, on a test's order. */
public sealed interface Fault {

    /**
     * An answer instead of the real one; nothing is done.
     *
     * @param retryAfter null for no such header
     */
    record Reply(int status, String contentType, String body, Duration retryAfter) implements Fault {}

    /**
     * The connection is cut.
     *
     * @param afterwards whether the request has been carried out before
     */
    record Drop(boolean afterwards) implements Fault {}

    /** The answer is late. */
    record Delay(Duration by) implements Fault {}

    static Fault status(int status) {
        return new Reply(status, "application/json", "{\"message\":\"Server Error\"}", null);
    }

    static Fault retryAfter(int status, Duration after) {
        return new Reply(status, "application/json",
                "{\"message\":\"You have exceeded a secondary rate limit. Please wait a few minutes before you try "
                        + "again.\",\"documentation_url\":\"https://docs.github.com/rest/overview/rate-limits\"}",
                after);
    }

    /** {@return an HTML page where JSON is expected, as proxies and sign-in pages send it} */
    static Fault html(int status) {
        return new Reply(status, "text/html", "<!DOCTYPE html><title>Sign in</title>", null);
    }

    static Fault drop() {
        return new Drop(false);
    }

    /** {@return a cut connection after the work is done: the client cannot know} */
    static Fault dropAfterwards() {
        return new Drop(true);
    }

    static Fault delay(Duration by) {
        return new Delay(by);
    }
}
