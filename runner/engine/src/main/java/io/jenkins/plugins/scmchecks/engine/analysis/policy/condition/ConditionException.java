package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

/** A condition that cannot be compiled: says what is wrong and at which column of the condition. */
public final class ConditionException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConditionException(String problem) {
        super(problem);
    }
}
