package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Functions of lists and maps. Elements may be unknown; a result that hangs on one is unknown. */
final class CollectionFunctions {

    private CollectionFunctions() {}

    static void addTo(Map<String, Functions.Function> strict, Map<String, Functions.Function> lenient) {
        strict.put("length", CollectionFunctions::length);
        strict.put("keys", a -> new ArrayList<>(new TreeMap<>(Values.toMap(a.get(0))).keySet()));
        strict.put("values", a -> new ArrayList<>(new TreeMap<>(Values.toMap(a.get(0))).values()));
        strict.put("merge", CollectionFunctions::merge);
        strict.put("flatten", a -> flatten(Values.toList(a.get(0)), new ArrayList<>()));
        strict.put("compact", a -> compact(Values.toList(a.get(0))));
        strict.put("sort", a -> sorted(Values.toList(a.get(0))));
        strict.put("reverse", a -> {
            List<Object> list = new ArrayList<>(Values.toList(a.get(0)));
            Collections.reverse(list);
            return list;
        });
        strict.put("slice", a -> slice(Values.toList(a.get(0)), Values.toLong(a.get(1)), Values.toLong(a.get(2))));
        strict.put("range", CollectionFunctions::range);
        strict.put("zipmap", a -> zip(Values.toList(a.get(0)), Values.toList(a.get(1))));
        strict.put("chunklist", a -> chunks(Values.toList(a.get(0)), Values.toLong(a.get(1))));
        strict.put("alltrue", a -> all(Values.toList(a.get(0)), true));
        strict.put("anytrue", a -> all(Values.toList(a.get(0)), false));
        strict.put("index", CollectionFunctions::indexOf);
        strict.put("one", a -> one(Values.toList(a.get(0))));
        lenient.put("element", CollectionFunctions::element);
        lenient.put("concat", CollectionFunctions::concat);
        lenient.put("contains", CollectionFunctions::contains);
        lenient.put("lookup", CollectionFunctions::lookup);
        lenient.put("coalesce", CollectionFunctions::coalesce);
        lenient.put("coalescelist", CollectionFunctions::coalesce);
        lenient.put("list", a -> new ArrayList<>(a));
    }

    private static Object length(List<Object> arguments) {
        Object value = arguments.get(0);
        return value instanceof String text
                ? (long) text.codePointCount(0, text.length())
                : (long) (value instanceof Map<?, ?> map ? map.size() : Values.toList(value).size());
    }

    private static Object merge(List<Object> arguments) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (Object argument : arguments) {
            if (argument != null) {
                result.putAll(Values.toMap(argument));
            }
        }
        return result;
    }

    private static List<Object> flatten(List<?> list, List<Object> into) {
        for (Object item : list) {
            if (item instanceof List<?> inner) {
                flatten(inner, into);
            } else {
                into.add(item);
            }
        }
        Budget.checkElements(into.size());
        return into;
    }

    private static Object compact(List<?> list) {
        List<Object> result = new ArrayList<>();
        for (Object item : list) {
            if (item != null && !"".equals(item)) {
                result.add(item);
            }
        }
        return result;
    }

    private static Object sorted(List<?> list) {
        if (list.stream().anyMatch(Values::isUnknown)) {
            return new ArrayList<>(list);
        }
        List<Object> result = new ArrayList<>(list);
        result.sort(Comparator.comparing(Values::text));
        return result;
    }

    private static Object slice(List<?> list, long from, long to) {
        if (from < 0 || to < from || to > list.size()) {
            throw new EvaluationError("a slice outside the list");
        }
        return new ArrayList<>(list.subList((int) from, (int) to));
    }

    private static Object range(List<Object> arguments) {
        double start = arguments.size() == 1 ? 0 : Values.toDouble(arguments.get(0));
        double limit = Values.toDouble(arguments.get(arguments.size() == 1 ? 0 : 1));
        double step = arguments.size() > 2 ? Values.toDouble(arguments.get(2)) : limit < start ? -1 : 1;
        if (step == 0) {
            throw new EvaluationError("a range with step 0");
        }
        Budget.checkElements((long) ((limit - start) / step));
        List<Object> result = new ArrayList<>();
        for (double at = start; step > 0 ? at < limit : at > limit; at += step) {
            result.add(Operators.number(at));
            Budget.checkElements(result.size());
        }
        return result;
    }

    private static Object zip(List<?> keys, List<?> values) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
            if (Values.isUnknown(keys.get(i))) {
                return Values.unknownOf(keys.get(i));
            }
            result.put(Values.text(keys.get(i)), values.get(i));
        }
        return result;
    }

    private static Object chunks(List<?> list, long size) {
        if (size < 1) {
            throw new EvaluationError("chunks need a size of at least 1");
        }
        List<Object> result = new ArrayList<>();
        for (int i = 0; i < list.size(); i += (int) Math.min(size, Budget.MAX_ELEMENTS)) {
            result.add(new ArrayList<>(list.subList(i, (int) Math.min(list.size(), i + size))));
        }
        return result;
    }

    private static Object all(List<?> list, boolean wanted) {
        Object result = wanted;
        for (Object item : list) {
            Object value = Values.toBoolean(item);
            if (value.equals(!wanted)) {
                return !wanted;
            }
            if (value instanceof UnknownValue) {
                result = value;
            }
        }
        return result;
    }

    private static Object indexOf(List<Object> arguments) {
        List<?> list = Values.toList(arguments.get(0));
        for (int i = 0; i < list.size(); i++) {
            Object equal = Values.equal(list.get(i), arguments.get(1));
            if (!Boolean.FALSE.equals(equal)) {
                return Boolean.TRUE.equals(equal) ? (Object) (long) i : equal;
            }
        }
        throw new EvaluationError("the list does not have that element");
    }

    private static Object one(List<?> list) {
        if (list.size() > 1) {
            throw new EvaluationError("one of a list of " + list.size());
        }
        return list.isEmpty() ? null : list.get(0);
    }

    private static Object element(List<Object> arguments) {
        Object target = arguments.get(0);
        Object at = arguments.get(1);
        if (Values.isUnknown(target) || Values.isUnknown(at)) {
            return Selection.index(target, at);
        }
        List<?> list = Values.toList(target);
        if (list.isEmpty()) {
            throw new EvaluationError("an element of an empty list");
        }
        return list.get((int) Math.floorMod(Values.toLong(at), (long) list.size()));
    }

    private static Object concat(List<Object> arguments) {
        List<Object> result = new ArrayList<>();
        for (Object argument : arguments) {
            if (Values.isUnknown(argument)) {
                result.add(Values.unknownOf(argument));
            } else if (argument != null) {
                result.addAll(Values.toList(argument));
            }
        }
        Budget.checkElements(result.size());
        return result;
    }

    private static Object contains(List<Object> arguments) {
        if (Values.isUnknown(arguments.get(0))) {
            return Values.unknownOf(arguments.get(0));
        }
        Object result = Boolean.FALSE;
        for (Object item : Values.toList(arguments.get(0))) {
            Object equal = Values.equal(item, arguments.get(1));
            if (Boolean.TRUE.equals(equal)) {
                return true;
            }
            result = equal instanceof UnknownValue ? equal : result;
        }
        return result;
    }

    private static Object lookup(List<Object> arguments) {
        Object map = arguments.get(0);
        Object key = arguments.get(1);
        if (Values.isUnknown(map) || Values.isUnknown(key)) {
            return Values.unknownOf(Values.isUnknown(map) ? map : key);
        }
        Map<String, Object> known = Values.toMap(map);
        String name = Values.text(key);
        if (known.containsKey(name)) {
            return known.get(name);
        }
        if (arguments.size() < 3) {
            throw new EvaluationError("the map has no key " + name);
        }
        return arguments.get(2);
    }

    private static Object coalesce(List<Object> arguments) {
        for (Object argument : arguments) {
            if (argument instanceof UnknownValue unknown && unknown.origin() == null) {
                return unknown;
            }
            boolean empty = argument == null || "".equals(argument) || argument instanceof List<?> l && l.isEmpty();
            if (!empty) {
                return argument;
            }
        }
        throw new EvaluationError("all arguments of coalesce are empty");
    }
}
