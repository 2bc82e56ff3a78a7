package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

/** How much work the evaluation of one root module may be, so that no file can hold up an analysis. */
final class Budget {

    /** Deepest nesting of expressions, through references and modules. */
    static final int MAX_DEPTH = 300;

    /** Most expressions that are worked out for one root module. */
    static final int MAX_STEPS = 3_000_000;

    /** Most elements of a list or map, and most instances of a resource. */
    static final int MAX_ELEMENTS = 10_000;

    /** Longest text. */
    static final int MAX_TEXT = 1_000_000;

    private int steps;
    private int depth;

    void enter() {
        if (++steps > MAX_STEPS) {
            throw new EvaluationError("the module needs more than " + MAX_STEPS + " steps");
        }
        if (++depth > MAX_DEPTH) {
            depth--;
            throw new EvaluationError("expressions refer to each other more than " + MAX_DEPTH + " deep");
        }
    }

    void leave() {
        depth--;
    }

    boolean isSpent() {
        return steps > MAX_STEPS;
    }

    static void checkElements(long count) {
        if (count > MAX_ELEMENTS) {
            throw new EvaluationError("more than " + MAX_ELEMENTS + " elements");
        }
    }

    static void checkText(long length) {
        if (length > MAX_TEXT) {
            throw new EvaluationError("a text longer than " + MAX_TEXT + " characters");
        }
    }
}
