package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

/** An expression that Terraform itself would refuse; {@code try} and {@code can} take it. Has no stack trace. */
final class EvaluationError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EvaluationError(String message) {
        super(message, null, false, false);
    }
}
