package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** The functions of ARM templates that need nothing but their arguments; every other gives an unknown value. */
final class Functions {

    private static final int MAX_TEXT = 200_000;
    private static final Pattern PLACE = Pattern.compile("\\{([0-9]{1,2})}");

    private Functions() {}

    /** @param name in lower case */
    static Node call(String name, List<Node> values, Region at) {
        Node result = switch (name) {
            case "concat" -> concat(values, at);
            case "format" -> format(values, at);
            case "tolower" -> change(values, at, true);
            case "toupper" -> change(values, at, false);
            case "string" -> values.size() == 1 ? scalar(text(values.get(0)), at) : null;
            case "bool" -> values.size() == 1 ? scalar(truth(values.get(0)), at) : null;
            case "int" -> number(values, at);
            case "true" -> scalar(true, at);
            case "false" -> scalar(false, at);
            case "null" -> new Node.Scalar(null, at);
            case "equals" -> values.size() == 2 ? scalar(equal(values.get(0), values.get(1)), at) : null;
            case "not" -> {
                Boolean truth = values.size() == 1 ? truth(values.get(0)) : null;
                yield truth == null ? null : scalar(!truth, at);
            }
            case "and" -> scalar(all(values, false), at);
            case "or" -> scalar(all(values, true), at);
            case "empty" -> values.size() == 1 ? scalar(empty(values.get(0)), at) : null;
            case "range" -> range(values, at);
            case "createarray" -> new Node.Sequence(values, at);
            case "createobject" -> object(values, at);
            case "union" -> union(values, at);
            case "coalesce" -> coalesce(values);
            case "base64" -> values.size() == 1 && values.get(0) instanceof Node.Scalar text ? text : null;
            default -> null;
        };
        return result == null ? new Node.Unknown(name + "() is computed at deployment", at) : result;
    }

    static String text(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() != null ? scalar.value().toString() : null;
    }

    static Boolean truth(Node node) {
        String text = text(node);
        return "true".equalsIgnoreCase(text) ? Boolean.TRUE : "false".equalsIgnoreCase(text) ? Boolean.FALSE : null;
    }

    private static Node scalar(Object value, Region at) {
        return value == null ? null : new Node.Scalar(value, at);
    }

    private static Node concat(List<Node> values, Region at) {
        if (!values.isEmpty() && values.stream().allMatch(Node.Sequence.class::isInstance)) {
            List<Node> items = new ArrayList<>();
            values.forEach(value -> items.addAll(((Node.Sequence) value).items()));
            return items.size() > 10_000 ? null : new Node.Sequence(items, at);
        }
        StringBuilder result = new StringBuilder();
        for (Node value : values) {
            String text = text(value);
            if (text == null || result.length() + text.length() > MAX_TEXT) {
                return null;
            }
            result.append(text);
        }
        return new Node.Scalar(result.toString(), at);
    }

    private static Node format(List<Node> values, Region at) {
        String pattern = values.isEmpty() ? null : text(values.get(0));
        if (pattern == null) {
            return null;
        }
        StringBuilder result = new StringBuilder();
        Matcher matcher = PLACE.matcher(pattern);
        int end = 0;
        while (matcher.find()) {
            int index = Integer.parseInt(matcher.group(1)) + 1;
            String text = index < values.size() ? text(values.get(index)) : null;
            if (text == null || result.length() + text.length() > MAX_TEXT) {
                return null;
            }
            result.append(pattern, end, matcher.start()).append(text);
            end = matcher.end();
        }
        return new Node.Scalar(result.append(pattern.substring(end)).toString(), at);
    }

    private static Node change(List<Node> values, Region at, boolean lower) {
        String text = values.size() == 1 ? text(values.get(0)) : null;
        return text == null ? null
                : new Node.Scalar(lower ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT), at);
    }

    private static Node number(List<Node> values, Region at) {
        String text = values.size() == 1 ? text(values.get(0)) : null;
        return text != null && text.matches("-?[0-9]{1,17}") ? new Node.Scalar(Long.parseLong(text), at) : null;
    }

    private static Node range(List<Node> values, Region at) {
        String first = values.size() == 2 ? text(values.get(0)) : null;
        String count = values.size() == 2 ? text(values.get(1)) : null;
        boolean known = first != null && count != null && first.matches("-?[0-9]{1,9}") && count.matches("[0-9]{1,4}");
        return known
                ? new Node.Sequence(LongStream.range(0, Long.parseLong(count))
                        .mapToObj(i -> (Node) new Node.Scalar(Long.parseLong(first) + i, at))
                        .toList(), at)
                : null;
    }

    private static Boolean equal(Node left, Node right) {
        boolean scalars = left instanceof Node.Scalar && right instanceof Node.Scalar;
        if (!scalars) {
            return null;
        }
        return Objects.equals(
                String.valueOf(((Node.Scalar) left).value()), String.valueOf(((Node.Scalar) right).value()));
    }

    private static Boolean all(List<Node> values, boolean deciding) {
        Boolean result = !deciding;
        for (Node value : values) {
            Boolean truth = truth(value);
            if (truth != null && truth == deciding) {
                return deciding;
            }
            result = truth == null ? null : result;
        }
        return result;
    }

    private static Boolean empty(Node value) {
        if (value instanceof Node.Sequence list) {
            return list.items().isEmpty();
        }
        if (value instanceof Node.Mapping mapping) {
            return mapping.entries().isEmpty();
        }
        return value instanceof Node.Scalar scalar
                ? (Boolean) (scalar.value() == null || scalar.value().toString().isEmpty())
                : null;
    }

    private static Node object(List<Node> values, Region at) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (int i = 0; i + 1 < values.size(); i += 2) {
            String name = text(values.get(i));
            if (name == null) {
                return null;
            }
            entries.put(name, new Node.Entry(at, values.get(i + 1)));
        }
        return new Node.Mapping(entries, at);
    }

    private static Node union(List<Node> values, Region at) {
        if (values.isEmpty() || !values.stream().allMatch(Node.Mapping.class::isInstance)) {
            return null;
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        values.forEach(value -> entries.putAll(((Node.Mapping) value).entries()));
        return new Node.Mapping(entries, at);
    }

    private static Node coalesce(List<Node> values) {
        for (Node value : values) {
            boolean absent = value instanceof Node.Scalar scalar && scalar.value() == null;
            if (!absent) {
                return value;
            }
        }
        return null;
    }
}
