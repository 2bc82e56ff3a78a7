package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The instances that {@code count} and {@code for_each} make of a block.
 *
 * @param value what a reference to the block gives: the instance, a list or map of them, or {@link Values.AnyKey}
 * @param instances all of them; none for a count of 0
 */
record Expansion<T>(Object value, List<T> instances) {

    /** Most instances of one block that are looked at; those after them are alike. */
    static final int MAX_INSTANCES = 100;

    /**
     * Makes the instances.
     *
     * @param make of the scope inside the block and the key as written in an address, such as {@code [0]}
     */
    static <T> Expansion<T> of(Body body, Scope scope, Evaluator evaluator, BiFunction<Scope, String, T> make) {
        Expression count = body.value("count");
        Expression forEach = body.value("for_each");
        if (count != null) {
            return counted(evaluator.evaluateSafely(count, scope), scope, make);
        }
        if (forEach != null) {
            return keyed(evaluator.evaluateSafely(forEach, scope), scope, make);
        }
        T single = make.apply(scope, "");
        return new Expansion<>(single, List.of(single));
    }

    private static <T> Expansion<T> counted(Object count, Scope scope, BiFunction<Scope, String, T> make) {
        Object number;
        try {
            // Terraform takes true and false for numbers nowhere, but old modules were written when it did.
            number = count instanceof Boolean truth ? (Object) (truth ? 1L : 0L) : Values.toNumber(count);
        } catch (EvaluationError e) {
            number = UnknownValue.because(e.getMessage());
        }
        if (!(number instanceof Number known)) {
            return anyKey(make.apply(countScope(scope, number), ""));
        }
        List<T> instances = new ArrayList<>();
        for (long i = 0; i < Math.min(MAX_INSTANCES, known.longValue()); i++) {
            instances.add(make.apply(countScope(scope, i), "[" + i + "]"));
        }
        return new Expansion<>(instances, instances);
    }

    private static Scope countScope(Scope scope, Object index) {
        return scope.with("count", Map.of("index", index));
    }

    private static <T> Expansion<T> keyed(Object collection, Scope scope, BiFunction<Scope, String, T> make) {
        if (!(collection instanceof Map) && !(collection instanceof List)) {
            return unknownKey(collection, scope, make);
        }
        boolean set = collection instanceof List;
        Map<String, T> instances = new LinkedHashMap<>();
        for (Map.Entry<Object, Object> entry : Selection.entries(collection)) {
            Object key = set ? entry.getValue() : entry.getKey();
            if (!(key instanceof String text)) {
                return unknownKey(key, scope, make);
            }
            if (instances.size() < MAX_INSTANCES) {
                Scope inner = eachScope(scope, text, entry.getValue());
                instances.put(text, make.apply(inner, "[\"" + text.replace("\"", "\\\"") + "\"]"));
            }
        }
        return new Expansion<>(instances, List.copyOf(instances.values()));
    }

    private static Scope eachScope(Scope scope, Object key, Object value) {
        Map<String, Object> each = new LinkedHashMap<>();
        each.put("key", key);
        each.put("value", value);
        return scope.with("each", each);
    }

    private static <T> Expansion<T> unknownKey(Object why, Scope scope, BiFunction<Scope, String, T> make) {
        UnknownValue unknown = UnknownValue.because(
                "the keys of for_each are not known" + (why instanceof UnknownValue u ? ": " + u.why() : ""));
        return anyKey(make.apply(eachScope(scope, unknown, unknown), ""));
    }

    private static <T> Expansion<T> anyKey(T instance) {
        return new Expansion<>(new Values.AnyKey(instance), List.of(instance));
    }
}
