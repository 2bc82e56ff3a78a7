package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How values are walked, compared and understood; {@link Expression} says which kinds there are. */
public final class Values {

    private static final Undetermined AMBIGUOUS = new Undetermined("a field of a list of several elements");

    private Values() {}

    /** {@return a node's value; what is no scalar node stays itself} */
    public static Object unwrap(Object raw) {
        if (raw instanceof Node.Scalar scalar) {
            return scalar.value();
        }
        return raw instanceof Node.Unknown unknown ? new Undetermined(unknown.why()) : raw;
    }

    /** Absent is false; the words by which configuration files say yes and no count as well. */
    static Object truth(Object value) {
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean || value instanceof Undetermined) {
            return value;
        }
        Boolean word = value instanceof String text ? word(text) : null;
        return word != null ? word : new Undetermined("'" + value + "' is neither true nor false");
    }

    private static Boolean word(String text) {
        return switch (text) {
            case "true", "True", "TRUE", "yes", "Yes", "on", "On" -> true;
            case "false", "False", "FALSE", "no", "No", "off", "Off" -> false;
            default -> null;
        };
    }

    /** A field of a mapping, or of the only element of a list; absent for anything else that is known. */
    static Object select(Object target, String field) {
        if (target instanceof Node.Mapping mapping) {
            return mapping.get(field);
        }
        if (target instanceof Undetermined) {
            return target;
        }
        List<?> items = items(target);
        if (items == null || items.isEmpty()) {
            return null;
        }
        return items.size() == 1 ? select(unwrap(items.get(0)), field) : AMBIGUOUS;
    }

    static Object index(Object target, Object index) {
        if (target instanceof Undetermined) {
            return target;
        }
        if (index instanceof Long position) {
            List<?> items = target instanceof Node.Mapping ? null : items(target);
            boolean inside = items != null && position >= 0 && position < items.size();
            return inside ? items.get(position.intValue()) : null;
        }
        return index instanceof String field ? select(target, field) : index instanceof Undetermined ? index : null;
    }

    /** {@return the elements of a list, the keys of a mapping, nothing for absent; null for anything else} */
    static List<?> items(Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        if (value instanceof Node.Mapping mapping) {
            return new ArrayList<>(mapping.entries().keySet());
        }
        return value instanceof List<?> list ? list : null;
    }

    /** {@return the elements of a list, or the one value that stands for a list of one; none for absent} */
    public static List<?> asList(Object raw) {
        Object value = unwrap(raw);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        return value instanceof List<?> list ? list : List.of(raw);
    }

    /** TRUE, FALSE, or undetermined when it hangs on something not known. */
    static Object equal(Object leftRaw, Object rightRaw) {
        Object left = unwrap(leftRaw);
        Object right = unwrap(rightRaw);
        if (left instanceof Undetermined) {
            return left;
        }
        if (right instanceof Undetermined) {
            return right;
        }
        if (left == null || right == null) {
            return left == right;
        }
        if (left instanceof Boolean || right instanceof Boolean) {
            Object truth = truth(left);
            return truth instanceof Boolean && truth.equals(truth(right));
        }
        if (left instanceof Number || right instanceof Number) {
            Double first = number(left);
            return first != null && first.equals(number(right));
        }
        if (left instanceof Node.Mapping first && right instanceof Node.Mapping second) {
            return equalMappings(first, second);
        }
        List<?> first = left instanceof Node.Mapping ? null : items(left);
        List<?> second = right instanceof Node.Mapping ? null : items(right);
        return first != null && second != null ? equalLists(first, second) : Objects.equals(left, right);
    }

    private static Object equalMappings(Node.Mapping left, Node.Mapping right) {
        if (!left.entries().keySet().equals(right.entries().keySet())) {
            return false;
        }
        Object result = true;
        for (Map.Entry<String, Node.Entry> entry : left.entries().entrySet()) {
            Object same = equal(entry.getValue().value(), right.get(entry.getKey()));
            if (same == Boolean.FALSE) {
                return false;
            }
            result = same instanceof Undetermined ? same : result;
        }
        return result;
    }

    private static Object equalLists(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        Object result = true;
        for (int i = 0; i < left.size(); i++) {
            Object same = equal(left.get(i), right.get(i));
            if (same == Boolean.FALSE) {
                return false;
            }
            result = same instanceof Undetermined ? same : result;
        }
        return result;
    }

    /** {@return the number that a value is or that a text spells, or null} */
    static Double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text && !text.isEmpty() && text.length() <= 40) {
            char first = text.charAt(0);
            if (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.') {
                try {
                    return Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    return null;
                }
            }
        }
        return null;
    }

    /** {@return the value as a message shows it; "" for absent} */
    public static String text(Object raw) {
        Object value = unwrap(raw);
        if (value == null) {
            return "";
        }
        if (value instanceof Undetermined) {
            return "(not known)";
        }
        if (value instanceof Node.Mapping mapping) {
            return "{" + String.join(", ", mapping.entries().keySet()) + "}";
        }
        List<?> items = value instanceof String ? null : items(value);
        if (items != null) {
            return String.join(", ", items.stream().map(Values::text).toList());
        }
        return value.toString();
    }
}
