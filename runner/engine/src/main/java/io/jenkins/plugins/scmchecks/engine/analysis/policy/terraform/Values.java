package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Terraform's conversions and comparisons. A value is a String, Long, Double, Boolean, null, List, Map,
 * {@link JsonText}, {@link Scope.Named}, {@link AnyKey} or {@link UnknownValue}.
 */
final class Values {

    /** What a resource or module is that exists under keys which are not known: any key leads to it. */
    record AnyKey(Object instance) {}

    private Values() {}

    static boolean isUnknown(Object value) {
        return value instanceof UnknownValue || value instanceof Scope.Named || value instanceof AnyKey;
    }

    static UnknownValue unknownOf(Object value) {
        if (value instanceof UnknownValue unknown) {
            return unknown;
        }
        if (value instanceof ResourceInstance resource) {
            return new UnknownValue(resource.address() + " is known after apply", resource.address(), resource);
        }
        if (value instanceof AnyKey any) {
            return unknownOf(any.instance());
        }
        return UnknownValue.because("it is known after apply");
    }

    /** {@return the text of a simple value, or an {@link UnknownValue}} */
    static Object toText(Object value) {
        if (value instanceof String) {
            return value;
        }
        if (value instanceof JsonText json) {
            return json.toText();
        }
        if (isUnknown(value)) {
            return unknownOf(value);
        }
        return text(value);
    }

    /** {@return the text of a known simple value} */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Double number) {
            return Double.isFinite(number)
                    ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                    : number.toString();
        }
        if (value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        throw new EvaluationError("a text is needed, not " + kind(value));
    }

    /** {@return a Boolean, or an {@link UnknownValue}} */
    static Object toBoolean(Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        if ("true".equals(value)) {
            return Boolean.TRUE;
        }
        if ("false".equals(value)) {
            return Boolean.FALSE;
        }
        if (isUnknown(value)) {
            return unknownOf(value);
        }
        throw new EvaluationError("true or false is needed, not " + kind(value));
    }

    /** {@return a Long, Double or {@link UnknownValue}} */
    static Object toNumber(Object value) {
        if (value instanceof Number) {
            return value;
        }
        if (isUnknown(value)) {
            return unknownOf(value);
        }
        if (value instanceof String text) {
            try {
                return text.length() <= 18 && text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0
                        ? (Object) Long.valueOf(text)
                        : (Object) Double.valueOf(text);
            } catch (NumberFormatException e) {
                throw new EvaluationError("not a number: " + text);
            }
        }
        throw new EvaluationError("a number is needed, not " + kind(value));
    }

    /** {@return a whole number} */
    static long toLong(Object value) {
        Object number = toNumber(value);
        if (number instanceof Long whole) {
            return whole;
        }
        if (number instanceof Double fraction && fraction == Math.rint(fraction)) {
            return fraction.longValue();
        }
        throw new EvaluationError("a whole number is needed");
    }

    static double toDouble(Object value) {
        if (toNumber(value) instanceof Number number) {
            return number.doubleValue();
        }
        throw new EvaluationError("a number is needed");
    }

    /** {@return the elements; of a map, its values} */
    static List<?> toList(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.values());
        }
        throw new EvaluationError("a list is needed, not " + kind(value));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> toMap(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new EvaluationError("a map is needed, not " + kind(value));
    }

    /** {@return a Boolean, or an {@link UnknownValue} when an unknown part decides} */
    static Object equal(Object left, Object right) {
        return new Equality().of(left, right);
    }

    static String kind(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map) {
            return "a map";
        }
        if (value instanceof List) {
            return "a list";
        }
        return value instanceof Boolean ? "a truth value" : value instanceof Number ? "a number" : "a text";
    }
}
