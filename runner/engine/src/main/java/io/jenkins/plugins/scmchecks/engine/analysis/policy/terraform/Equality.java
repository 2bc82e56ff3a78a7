package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One comparison of two values, of as many parts as are allowed. */
final class Equality {

    /** Parts of parts may be shared, so that a short text stands for endlessly many. */
    private static final int MAX_COMPARED = 100_000;

    private int compared;

    /** {@return a Boolean, or an {@link UnknownValue} when an unknown part decides} */
    Object of(Object left, Object right) {
        if (++compared > MAX_COMPARED) {
            throw new EvaluationError("values of more than " + MAX_COMPARED + " parts are compared");
        }
        if (Values.isUnknown(left) || Values.isUnknown(right)) {
            // What is computed is never null, which is what modules compare it with.
            if (left == null && right instanceof ResourceInstance
                    || right == null && left instanceof ResourceInstance) {
                return Boolean.FALSE;
            }
            UnknownValue unknown = Values.unknownOf(Values.isUnknown(left) ? left : right);
            boolean both = Values.isUnknown(left) && Values.isUnknown(right);
            return both && unknown.sameAs(Values.unknownOf(right)) ? Boolean.TRUE : unknown;
        }
        if (left instanceof Number a && right instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return a.size() == b.size() ? allEqual(a, b) : Boolean.FALSE;
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            if (!a.keySet().equals(b.keySet())) {
                return Boolean.FALSE;
            }
            List<Object> others = new ArrayList<>();
            a.keySet().forEach(key -> others.add(b.get(key)));
            return allEqual(new ArrayList<>(a.values()), others);
        }
        if (left instanceof JsonText || right instanceof JsonText) {
            Object a = left == null ? null : left instanceof JsonText json ? json.toText() : left;
            Object b = right == null ? null : right instanceof JsonText json ? json.toText() : right;
            return of(a, b);
        }
        return left == null ? right == null : left.equals(right);
    }

    private Object allEqual(List<?> left, List<?> right) {
        UnknownValue unknown = null;
        for (int i = 0; i < left.size(); i++) {
            Object equal = of(left.get(i), right.get(i));
            if (Boolean.FALSE.equals(equal)) {
                return Boolean.FALSE;
            }
            if (equal instanceof UnknownValue found) {
                unknown = found;
            }
        }
        return unknown == null ? Boolean.TRUE : unknown;
    }
}
