package io.jenkins.plugins.scmchecks.engine.scm;

/** A field of a provider's object is missing or is not what it has to be; the message names it. */
public final class MissingFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param field with the way to it, like {@code pull_request.head.sha}
     * @param problem like {@code is missing}
     */
    public MissingFieldException(String field, String problem) {
        super("field '" + field + "' " + problem);
    }
}
