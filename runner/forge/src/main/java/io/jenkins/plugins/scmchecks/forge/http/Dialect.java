package io.jenkins.plugins.scmchecks.forge.http;

/** One provider's way of speaking to the forge. Requests come one at a time. */
public interface Dialect {

    /** {@return whether a path, percent-encoded as it came, belongs to this dialect} */
    boolean speaks(String rawPath);

    /** Answers a request. Whatever it throws becomes a plain 500, which is a defect of the forge. */
    Answer answer(Exchange exchange);
}
