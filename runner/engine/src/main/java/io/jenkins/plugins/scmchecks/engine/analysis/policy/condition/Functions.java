package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.JsonDocuments;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.YamlDocuments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The functions that conditions may call; {@code x.f(y)} and {@code f(x, y)} are the same. */
final class Functions {

    /** No text that a condition puts together gets longer, in characters. */
    private static final int MAX_TEXT = 1_000_000;

    private static final DocumentLimits EMBEDDED = new DocumentLimits(MAX_TEXT, 50, 50_000);

    private static final Map<String, Function> ALL = all();

    private Functions() {}

    /** What a function does with its arguments, none of which is undetermined. */
    interface Body extends BiFunction<Scope, Object[], Object> {}

    /**
     * One function.
     *
     * @param least and {@code most}: how many arguments it takes
     * @param keepsPlaces whether it gets scalars as nodes, because it hands them on
     */
    record Function(String name, int least, int most, boolean keepsPlaces, Body body) {}

    /** {@return the function, or null when there is none of the name} */
    static Function named(String name) {
        return ALL.get(name);
    }

    private static Map<String, Function> all() {
        Map<String, Function> all = new HashMap<>();
        operators(all);
        texts(all);
        lists(all);
        relations(all);
        NetworkFunctions.addTo(all);
        CredentialFunctions.addTo(all);
        return all;
    }

    static void add(Map<String, Function> all, String name, int least, int most, Body body) {
        all.put(name, new Function(name, least, most, false, body));
    }

    private static void operators(Map<String, Function> all) {
        add(all, "_==_", 2, 2, (scope, x) -> Values.equal(x[0], x[1]));
        add(all, "_!=_", 2, 2, (scope, x) -> {
            Object equal = Values.equal(x[0], x[1]);
            return equal instanceof Boolean known ? (Object) !known : equal;
        });
        add(all, "_<_", 2, 2, (scope, x) -> compare(x, sign -> sign < 0));
        add(all, "_<=_", 2, 2, (scope, x) -> compare(x, sign -> sign <= 0));
        add(all, "_>_", 2, 2, (scope, x) -> compare(x, sign -> sign > 0));
        add(all, "_>=_", 2, 2, (scope, x) -> compare(x, sign -> sign >= 0));
        add(all, "_+_", 2, 2, (scope, x) -> plus(x[0], x[1]));
        add(all, "_-_", 2, 2, (scope, x) -> arithmetic(x, (a, b) -> a - b));
        add(all, "_*_", 2, 2, (scope, x) -> arithmetic(x, (a, b) -> a * b));
        add(all, "_/_", 2, 2, (scope, x) -> arithmetic(x, (a, b) -> b == 0 ? Double.NaN : a / b));
        add(all, "_%_", 2, 2, (scope, x) -> arithmetic(x, (a, b) -> b == 0 ? Double.NaN : a % b));
        add(all, "-_", 1, 1, (scope, x) -> arithmetic(new Object[] {0L, x[0]}, (a, b) -> a - b));
        add(all, "@in", 2, 2, Functions::in);
        add(all, "has", 1, 1, (scope, x) -> x[0] != null);
        add(all, "size", 1, 1, (scope, x) -> size(x[0]));
        add(all, "type_of", 1, 1, (scope, x) -> typeOf(x[0]));
        add(all, "int", 1, 1, (scope, x) -> {
            Double number = Values.number(x[0]);
            return number == null ? new Undetermined("int() of no number") : (Object) number.longValue();
        });
        add(all, "double", 1, 1, (scope, x) -> {
            Double number = Values.number(x[0]);
            return number == null ? new Undetermined("double() of no number") : number;
        });
        add(all, "string", 1, 1, (scope, x) -> Values.text(x[0]));
    }

    private static void texts(Map<String, Function> all) {
        text(all, "lower", value -> value.toLowerCase(Locale.ROOT));
        text(all, "upper", value -> value.toUpperCase(Locale.ROOT));
        text(all, "trim", String::strip);
        test(all, "startsWith", String::startsWith);
        test(all, "endsWith", String::endsWith);
        test(all, "contains", String::contains);
        add(all, "matches", 2, 2, (scope, x) -> {
            try {
                return matches(x[0], Pattern.compile(Values.text(x[1])));
            } catch (PatternSyntaxException e) {
                return new Undetermined("not a regular expression: " + e.getMessage());
            }
        });
        add(all, "split", 2, 2, (scope, x) -> x[0] == null || Values.text(x[1]).isEmpty()
                ? List.of()
                : Arrays.asList(Values.text(x[0]).split(java.util.regex.Pattern.quote(Values.text(x[1])), 10_000)));
        add(all, "join", 2, 2, (scope, x) -> {
            List<?> items = Values.asList(x[0]);
            return known(items, bounded(String.join(
                    Values.text(x[1]), items.stream().limit(10_000).map(Values::text).toList())));
        });
        add(all, "replace", 3, 3, (scope, x) -> Values.text(x[1]).isEmpty()
                ? x[0]
                : bounded(Values.text(x[0]).replace(Values.text(x[1]), Values.text(x[2]))));
        add(all, "json", 1, 1, (scope, x) -> x[0] instanceof String text ? document(text, true) : x[0]);
        add(all, "yaml", 1, 1, (scope, x) -> x[0] instanceof String text ? document(text, false) : x[0]);
        add(all, "version_less", 2, 2, (scope, x) -> versionLess(Values.text(x[0]), Values.text(x[1])));
    }

    private static void lists(Map<String, Function> all) {
        all.put("as_list", new Function("as_list", 1, 1, true, (scope, x) -> Values.asList(x[0])));
        all.put("get", new Function("get", 2, 3, true, Functions::get));
        all.put("flatten", new Function("flatten", 1, 1, true, (scope, x) -> {
            List<Object> flat = new ArrayList<>();
            for (Object item : Values.asList(x[0])) {
                scope.step();
                flat.addAll(Values.asList(item));
            }
            return flat;
        }));
        add(all, "keys", 1, 1, (scope, x) ->
                x[0] instanceof Node.Mapping mapping ? new ArrayList<>(mapping.entries().keySet()) : List.of());
        add(all, "values", 1, 1, (scope, x) -> x[0] instanceof Node.Mapping mapping
                ? mapping.entries().values().stream().map(Node.Entry::value).toList()
                : List.of());
    }

    private static void relations(Map<String, Function> all) {
        add(all, "related", 1, 1, (scope, x) -> scope.relations().related().apply(Values.text(x[0])));
        add(all, "referring", 1, 1, (scope, x) -> scope.relations().referring().apply(Values.text(x[0])));
    }

    private static void text(Map<String, Function> all, String name, UnaryOperator<String> change) {
        add(all, name, 1, 1, (scope, x) -> x[0] instanceof String text ? change.apply(text) : x[0]);
    }

    private static void test(Map<String, Function> all, String name, BiFunction<String, String, Boolean> test) {
        add(all, name, 2, 2, (scope, x) -> x[0] != null && test.apply(Values.text(x[0]), Values.text(x[1])));
    }

    static boolean matches(Object text, Pattern pattern) {
        return text != null && pattern.matcher(Values.text(text)).find();
    }

    private static Object get(Scope scope, Object[] x) {
        Object at = x[0];
        for (String field : Values.text(x[1]).split("\\.")) {
            at = Values.select(Values.unwrap(at), field);
        }
        return Values.unwrap(at) == null && x.length == 3 ? x[2] : at;
    }

    private interface Sign {
        boolean test(int sign);
    }

    private static Object compare(Object[] x, Sign sign) {
        Double left = Values.number(x[0]);
        Double right = Values.number(x[1]);
        if (left != null && right != null) {
            return sign.test(left.compareTo(right));
        }
        return x[0] instanceof String first && x[1] instanceof String second
                ? (Object) sign.test(first.compareTo(second))
                : new Undetermined("'" + Values.text(x[0]) + "' and '" + Values.text(x[1]) + "' have no order");
    }

    private static Object plus(Object left, Object right) {
        if (left instanceof String first && right instanceof String second) {
            return bounded(first + second);
        }
        boolean lists = !(left instanceof Node.Mapping) && !(right instanceof Node.Mapping);
        List<?> first = lists ? Values.items(left) : null;
        List<?> second = lists ? Values.items(right) : null;
        if (first != null && second != null) {
            if (first.size() + second.size() > 100_000) {
                return new Undetermined("a list of more than 100000 elements");
            }
            List<Object> both = new ArrayList<>(first);
            both.addAll(second);
            return both;
        }
        return arithmetic(new Object[] {left, right}, Double::sum);
    }

    private static Object arithmetic(Object[] x, BiFunction<Double, Double, Double> operation) {
        Double left = Values.number(x[0]);
        Double right = Values.number(x[1]);
        Double result = left == null || right == null ? Double.valueOf(Double.NaN) : operation.apply(left, right);
        if (result.isNaN() || result.isInfinite()) {
            return new Undetermined("no arithmetic with '" + Values.text(x[0]) + "' and '" + Values.text(x[1]) + "'");
        }
        boolean whole = x[0] instanceof Long && x[1] instanceof Long;
        return whole ? (Object) result.longValue() : result;
    }

    private static Object in(Scope scope, Object[] x) {
        if (x[1] instanceof Node.Mapping mapping) {
            return mapping.entries().containsKey(Values.text(x[0]));
        }
        List<?> items = Values.items(x[1]);
        if (items == null) {
            return new Undetermined("'in' wants a list or a map on its right");
        }
        Object result = false;
        for (Object item : items) {
            scope.step();
            Object equal = Values.equal(x[0], item);
            if (equal == Boolean.TRUE) {
                return true;
            }
            result = equal instanceof Undetermined ? equal : result;
        }
        return result;
    }

    private static Object size(Object value) {
        if (value instanceof String text) {
            return (long) text.length();
        }
        List<?> items = Values.items(value);
        return items == null ? new Undetermined("size() of a number or truth value") : (Object) (long) items.size();
    }

    private static Object typeOf(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Number) {
            return "number";
        }
        return value instanceof Node.Mapping ? "map" : "list";
    }

    private static Object document(String text, boolean json) {
        try {
            if (json) {
                return Values.unwrap(JsonDocuments.read(text, EMBEDDED));
            }
            List<Node> documents = new ArrayList<>();
            YamlDocuments.read(text, EMBEDDED, documents::add);
            return documents.isEmpty() ? null : Values.unwrap(documents.get(0));
        } catch (DocumentException e) {
            return new Undetermined(e.getMessage());
        }
    }

    private static Object versionLess(String left, String right) {
        String[] first = left.split("[^0-9]+");
        String[] second = right.split("[^0-9]+");
        for (int i = 0; i < Math.max(first.length, second.length); i++) {
            Double a = i < first.length ? Values.number(first[i]) : Double.valueOf(0);
            Double b = i < second.length ? Values.number(second[i]) : Double.valueOf(0);
            if (a == null || b == null) {
                return new Undetermined("'" + left + "' or '" + right + "' is no version");
            }
            if (!a.equals(b)) {
                return a < b;
            }
        }
        return false;
    }

    private static Object known(List<?> items, Object result) {
        for (Object item : items) {
            if (Values.unwrap(item) instanceof Undetermined undetermined) {
                return undetermined;
            }
        }
        return result;
    }

    private static Object bounded(String text) {
        return text.length() <= MAX_TEXT ? text : new Undetermined("a text of more than " + MAX_TEXT + " characters");
    }
}
