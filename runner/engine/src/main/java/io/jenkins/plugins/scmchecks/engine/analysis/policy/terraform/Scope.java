package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.Objects;

/** What names mean at one place of a module. */
interface Scope {

    /** Something with attributes that are worked out when asked for, such as {@code var} or a resource. */
    interface Named {

        /** @throws EvaluationError when there is no such attribute */
        Object get(String name);
    }

    /**
     * {@return the value of the first name of a reference}
     *
     * @throws EvaluationError when it means nothing here
     */
    Object lookup(String name);

    /** A scope in which one more name has a value, as in a for expression. */
    record With(Scope outer, String name, Object value) implements Scope {

        @Override
        public Object lookup(String wanted) {
            return Objects.equals(name, wanted) ? value : outer.lookup(wanted);
        }
    }

    default Scope with(String name, Object value) {
        return name == null ? this : new With(this, name, value);
    }
}
