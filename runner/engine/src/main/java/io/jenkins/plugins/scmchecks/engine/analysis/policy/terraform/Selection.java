package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parts of values: attributes, elements, and the keys and values that a for goes through. */
final class Selection {

    private Selection() {}

    /** @throws EvaluationError when the value has no such attribute */
    static Object attribute(Object target, String name) {
        if (target instanceof Scope.Named named) {
            return named.get(name);
        }
        if (target instanceof Map<?, ?> map) {
            if (!map.containsKey(name)) {
                throw new EvaluationError("there is no attribute " + name);
            }
            return map.get(name);
        }
        if (target instanceof UnknownValue unknown) {
            String identity = unknown.identity() == null ? null : unknown.identity() + "." + name;
            return new UnknownValue(unknown.why(), identity, unknown.origin());
        }
        if (target instanceof Values.AnyKey any) {
            // Terraform before 0.12 lets a resource with count be used as if it had none.
            return attribute(any.instance(), name);
        }
        throw new EvaluationError(Values.kind(target) + " has no attribute " + name);
    }

    /** @throws EvaluationError when the value has no such element */
    static Object index(Object target, Object key) {
        if (target instanceof Values.AnyKey any) {
            return any.instance();
        }
        if (target instanceof UnknownValue unknown) {
            return unknown.origin() == null ? UnknownValue.because(unknown.why()) : unknown;
        }
        if (Values.isUnknown(key)) {
            List<?> all = target == null ? List.of() : Values.toList(target);
            return all.size() == 1 ? all.get(0) : UnknownValue.because(Values.unknownOf(key).why());
        }
        if (target instanceof List<?> list) {
            long at = Values.toLong(key);
            if (at < 0 || at >= list.size()) {
                throw new EvaluationError("the index " + at + " is outside a list of " + list.size());
            }
            return list.get((int) at);
        }
        if (target instanceof ResourceInstance && key instanceof Long) {
            return target;
        }
        return attribute(target, Values.text(key));
    }

    /** {@return keys and values of what a for goes through} */
    static List<Map.Entry<Object, Object>> entries(Object collection) {
        List<Map.Entry<Object, Object>> result = new ArrayList<>();
        if (collection instanceof Map<?, ?> map) {
            map.forEach((key, value) -> result.add(entry(key, value)));
        } else if (collection instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                result.add(entry((long) i, list.get(i)));
            }
        } else {
            throw new EvaluationError("a list or map is needed, not " + Values.kind(collection));
        }
        return result;
    }

    private static Map.Entry<Object, Object> entry(Object key, Object value) {
        return new AbstractMap.SimpleImmutableEntry<>(key, value);
    }
}
