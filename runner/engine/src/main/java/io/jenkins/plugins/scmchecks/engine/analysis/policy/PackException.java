package io.jenkins.plugins.scmchecks.engine.analysis.policy;

/** A pack that cannot be read at all; the message says what is wrong and in which line. */
public final class PackException extends Exception {

    private static final long serialVersionUID = 1L;

    public PackException(String message) {
        super(message);
    }
}
