package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Values that are worked out when first asked for; a value that hangs on itself is refused. */
final class Memo<T> {

    private static final Object RUNNING = new Object();

    private final Map<String, Object> values = new HashMap<>();

    /** @throws EvaluationError when the value is being worked out already */
    @SuppressWarnings("unchecked")
    T get(String name, Supplier<T> compute) {
        if (values.containsKey(name)) {
            Object value = values.get(name);
            if (value == RUNNING) {
                throw new EvaluationError(name + " refers to itself");
            }
            return (T) value;
        }
        values.put(name, RUNNING);
        T value = null;
        boolean done = false;
        try {
            value = compute.get();
            done = true;
        } finally {
            if (done) {
                values.put(name, value);
            } else {
                values.remove(name);
            }
        }
        return value;
    }
}
