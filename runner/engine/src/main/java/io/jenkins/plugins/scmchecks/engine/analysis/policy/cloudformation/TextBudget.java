package io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation;

/** The text that all functions of one template may make together. */
final class TextBudget {

    private static final int MAX_CHARACTERS = 20_000_000;

    private int left = MAX_CHARACTERS;

    /** {@return whether so many more characters may be made} */
    boolean take(int characters) {
        left -= Math.min(left, characters);
        return left > 0;
    }
}
