package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Functions of sets, which are lists here. */
final class SetFunctions {

    /** Most elements that are compared with each other one by one. */
    private static final int MAX_COMPARED = 500;

    private SetFunctions() {}

    static void addTo(Map<String, Functions.Function> strict) {
        strict.put("distinct", a -> distinct(Values.toList(a.get(0))));
        strict.put("setunion", SetFunctions::union);
        strict.put("setintersection", a -> keep(Values.toList(a.get(0)), a.subList(1, a.size()), true));
        strict.put("setsubtract", a -> keep(Values.toList(a.get(0)), a.subList(1, a.size()), false));
        strict.put("setproduct", SetFunctions::product);
    }

    static List<Object> distinct(List<?> list) {
        boolean simple = list.stream()
                .allMatch(item -> item instanceof String || item instanceof Number || item instanceof Boolean);
        if (simple) {
            return new ArrayList<>(new LinkedHashSet<Object>(list));
        }
        if (list.size() > MAX_COMPARED) {
            throw new EvaluationError("more than " + MAX_COMPARED + " lists, maps or unknown values are compared");
        }
        List<Object> result = new ArrayList<>();
        for (Object item : list) {
            if (result.stream().noneMatch(other -> Boolean.TRUE.equals(Values.equal(item, other)))) {
                result.add(item);
            }
        }
        return result;
    }

    private static Object union(List<Object> arguments) {
        List<Object> all = new ArrayList<>();
        arguments.forEach(argument -> all.addAll(Values.toList(argument)));
        return distinct(all);
    }

    /** {@return the elements that all of the others have, or that none of them has} */
    private static Object keep(List<?> list, List<Object> others, boolean wanted) {
        List<Set<?>> sets = new ArrayList<>();
        for (Object other : others) {
            List<?> elements = Values.toList(other);
            if (Stream.concat(list.stream(), elements.stream()).anyMatch(element -> !(element instanceof String))) {
                return UnknownValue.because("sets of other things than texts are not compared");
            }
            sets.add(new HashSet<>(elements));
        }
        List<Object> result = new ArrayList<>(list);
        result.removeIf(element -> sets.stream().anyMatch(set -> set.contains(element) != wanted));
        return result;
    }

    private static Object product(List<Object> arguments) {
        List<Object> rows = new ArrayList<>();
        rows.add(List.of());
        for (Object argument : arguments) {
            List<?> items = Values.toList(argument);
            Budget.checkElements((long) rows.size() * items.size());
            List<Object> longer = new ArrayList<>();
            for (Object row : rows) {
                for (Object item : items) {
                    List<Object> copy = new ArrayList<>((List<?>) row);
                    copy.add(item);
                    longer.add(copy);
                }
            }
            rows = longer;
        }
        return rows;
    }
}
