package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.List;
import java.util.Map;

/** How much work the evaluation of one root module may be, so that no file can hold up an analysis. */
final class Budget {

    /** Deepest nesting of expressions, through references and modules. */
    static final int MAX_DEPTH = 300;

    /** Most expressions that are worked out for one root module; elements of lists and texts count too. */
    static final int MAX_STEPS = 3_000_000;

    /** Most of them for one tree. */
    static final int MAX_TREE_STEPS = 60_000_000;

    /** Characters of a text that cost as much as an expression. */
    private static final int TEXT_PER_STEP = 64;

    /** Most elements of a list or map, and most instances of a resource. */
    static final int MAX_ELEMENTS = 10_000;

    /** Longest text. */
    static final int MAX_TEXT = 1_000_000;

    private final int limit;
    private int steps;
    private int depth;

    Budget() {
        this(MAX_STEPS);
    }

    /** @param limit of steps */
    Budget(int limit) {
        this.limit = limit;
    }

    void enter() {
        charge(1);
        if (++depth > MAX_DEPTH) {
            depth--;
            throw new EvaluationError("expressions refer to each other more than " + MAX_DEPTH + " deep");
        }
    }

    /** Pays for what a value takes up beside the expression that makes it. */
    void chargeFor(Object value) {
        if (value instanceof String text) {
            charge(text.length() / TEXT_PER_STEP);
        } else if (value instanceof List<?> list) {
            charge(list.size());
        } else if (value instanceof Map<?, ?> map) {
            charge(map.size());
        }
    }

    void charge(int cost) {
        steps = Math.min(Integer.MAX_VALUE - cost, steps) + cost;
        if (steps > limit) {
            throw new EvaluationError("the module needs more than " + limit + " steps");
        }
    }

    int steps() {
        return steps;
    }

    void leave() {
        depth--;
    }

    boolean isSpent() {
        return steps > limit;
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
