package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled expression over {@link Node}s.
 *
 * <p>A value is null (absent), a Boolean, Long, Double or String, a {@link Node.Mapping}, a {@link Node.Sequence} or a
 * {@link List} of values and nodes, or {@link Undetermined}.
 */
public sealed interface Expression {

    /** {@return the value, where a scalar may still be the {@link Node} that knows its place} */
    Object raw(Scope scope);

    /** {@return the value itself} */
    default Object value(Scope scope) {
        return Values.unwrap(raw(scope));
    }

    /** {@return whether it holds: TRUE, FALSE or {@link Undetermined}} */
    default Object truth(Scope scope) {
        return Values.truth(value(scope));
    }

    record Literal(Object constant) implements Expression {
        @Override
        public Object raw(Scope scope) {
            return constant;
        }
    }

    record Variable(String name) implements Expression {
        @Override
        public Object raw(Scope scope) {
            scope.step();
            return scope.lookUp(name);
        }
    }

    record Select(Expression target, String field) implements Expression {
        @Override
        public Object raw(Scope scope) {
            scope.step();
            return Values.select(target.value(scope), field);
        }
    }

    record Index(Expression target, Expression index) implements Expression {
        @Override
        public Object raw(Scope scope) {
            scope.step();
            return Values.index(target.value(scope), index.value(scope));
        }
    }

    record ListOf(List<Expression> items) implements Expression {
        @Override
        public Object raw(Scope scope) {
            List<Object> values = new ArrayList<>(items.size());
            for (Expression item : items) {
                scope.step();
                Object value = item.raw(scope);
                values.add(value == null ? new Node.Scalar(null, null) : value);
            }
            return values;
        }
    }

    record Not(Expression operand) implements Expression {
        @Override
        public Object raw(Scope scope) {
            Object truth = operand.truth(scope);
            return truth instanceof Boolean known ? (Object) !known : truth;
        }
    }

    /** {@code &&} when {@code decisive} is false, {@code ||} when it is true: the value that decides alone. */
    record Logical(boolean decisive, Expression left, Expression right) implements Expression {
        @Override
        public Object raw(Scope scope) {
            Object first = left.truth(scope);
            if (first instanceof Boolean known && known == decisive) {
                return decisive;
            }
            Object second = right.truth(scope);
            if (second instanceof Boolean known && known == decisive) {
                return decisive;
            }
            return first instanceof Undetermined ? first : second;
        }
    }

    record Conditional(Expression condition, Expression then, Expression otherwise) implements Expression {
        @Override
        public Object raw(Scope scope) {
            Object truth = condition.truth(scope);
            if (truth instanceof Boolean known) {
                return known ? then.raw(scope) : otherwise.raw(scope);
            }
            return truth;
        }
    }

    /** A function that is undetermined as soon as one of its arguments is. */
    record Call(Functions.Function function, List<Expression> arguments) implements Expression {
        @Override
        public Object raw(Scope scope) {
            scope.step();
            Object[] values = new Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                Object raw = arguments.get(i).raw(scope);
                Object value = Values.unwrap(raw);
                if (value instanceof Undetermined) {
                    return value;
                }
                values[i] = function.keepsPlaces() ? raw : value;
            }
            return function.body().apply(scope, values);
        }
    }

    /** {@code matches} with a pattern that is known beforehand, compiled when it is first used. */
    record Matches(Expression target, LazyPattern pattern) implements Expression {
        @Override
        public Object raw(Scope scope) {
            scope.step();
            Object value = target.value(scope);
            return value instanceof Undetermined ? value : pattern.isIn(value);
        }
    }

    /** {@code known(x)}: the one function that sees what is not known. */
    record Known(Expression operand) implements Expression {
        @Override
        public Object raw(Scope scope) {
            return !(operand.value(scope) instanceof Undetermined);
        }
    }

    enum Quantifier {
        EXISTS,
        ALL,
        EXISTS_ONE,
        FILTER,
        MAP
    }

    /** CEL's macros over lists: {@code range.exists(variable, body)} and its kin. */
    record Comprehension(Quantifier quantifier, Expression range, String variable, Expression body)
            implements Expression {
        @Override
        public Object raw(Scope scope) {
            Object over = range.value(scope);
            if (over instanceof Undetermined) {
                return over;
            }
            List<?> items = Values.items(over);
            if (items == null) {
                return new Undetermined(quantifier + " wants a list");
            }
            return switch (quantifier) {
                case EXISTS -> decide(scope, items, true);
                case ALL -> decide(scope, items, false);
                case EXISTS_ONE -> one(scope, items);
                case FILTER -> filter(scope, items);
                case MAP -> map(scope, items);
            };
        }

        private Object decide(Scope scope, List<?> items, boolean decisive) {
            Object result = !decisive;
            for (Object item : items) {
                scope.step();
                Object truth = body.truth(scope.with(variable, item));
                if (truth instanceof Boolean known) {
                    if (known == decisive) {
                        return decisive;
                    }
                } else {
                    result = truth;
                }
            }
            return result;
        }

        private Object one(Scope scope, List<?> items) {
            int found = 0;
            for (Object item : items) {
                scope.step();
                Object truth = body.truth(scope.with(variable, item));
                if (truth instanceof Undetermined) {
                    return truth;
                }
                found += truth == Boolean.TRUE ? 1 : 0;
            }
            return found == 1;
        }

        /** An item of which it is not known whether it belongs stands in the result as something not known. */
        private Object filter(Scope scope, List<?> items) {
            List<Object> kept = new ArrayList<>();
            for (Object item : items) {
                scope.step();
                Object truth = body.truth(scope.with(variable, item));
                if (truth instanceof Undetermined) {
                    kept.add(truth);
                } else if (truth == Boolean.TRUE) {
                    kept.add(item);
                }
            }
            return kept;
        }

        private Object map(Scope scope, List<?> items) {
            List<Object> mapped = new ArrayList<>(items.size());
            for (Object item : items) {
                scope.step();
                Object value = body.raw(scope.with(variable, item));
                mapped.add(value == null ? new Node.Scalar(null, null) : value);
            }
            return mapped;
        }
    }
}
