package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

/** A place where a file is not Terraform, or goes past a limit. Cheap: it has no stack trace. */
final class SyntaxError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int offset;

    SyntaxError(int offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /** {@return where, as an offset into the file's text} */
    int offset() {
        return offset;
    }
}
