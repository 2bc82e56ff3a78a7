package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.List;
import java.util.function.Function;

/**
 * The variables that an expression sees, innermost first, and the means it has. Immutable but for the budget, which all
 * scopes of one evaluation share.
 */
public final class Scope {

    private final Scope outer;
    private final String name;
    private final Object value;
    private final Context context;

    /**
     * What functions may ask beyond the resource itself.
     *
     * @param related gives the bodies of the resources of a type
     * @param referring gives those of a type that refer to this resource; an {@link Undetermined} stands for one that
     *     may refer to it
     */
    public record Relations(Function<String, List<Node.Mapping>> related, Function<String, List<Object>> referring) {

        public static final Relations NONE = new Relations(type -> List.of(), type -> List.of());
    }

    /** What all scopes of one evaluation have in common. */
    private static final class Context {
        private final Relations relations;
        private int steps;

        private Context(Relations relations, int steps) {
            this.relations = relations;
            this.steps = steps;
        }
    }

    /** Thrown when an evaluation takes more steps than it may. */
    public static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooManySteps() {
            super("the condition takes too many steps", null, false, false);
        }
    }

    private Scope(Scope outer, String name, Object value, Context context) {
        this.outer = outer;
        this.name = name;
        this.value = value;
        this.context = context;
    }

    /**
     * {@return an empty scope}
     *
     * @param steps how many operations all evaluations in it, and in those made from it, may take together
     */
    public static Scope create(Relations relations, int steps) {
        return new Scope(null, null, null, new Context(relations, steps));
    }

    /** {@return this scope and one more variable} */
    public Scope with(String variable, Object bound) {
        return new Scope(this, variable, bound, context);
    }

    Object lookUp(String variable) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (variable.equals(scope.name)) {
                return scope.value;
            }
        }
        return null;
    }

    Relations relations() {
        return context.relations;
    }

    void step() {
        if (--context.steps < 0) {
            throw new TooManySteps();
        }
    }
}
