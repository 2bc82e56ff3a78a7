package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

/** A kustomization, or a part of it, that cannot be built; the message says why. */
final class KustomizeException extends Exception {

    private static final long serialVersionUID = 1L;

    KustomizeException(String message) {
        super(message);
    }
}
