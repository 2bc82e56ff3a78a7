package io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The conditions of a template, each true, false, or null when the template alone does not tell. */
final class Conditions {

    private static final int MAX_DEPTH = 50;

    private final Node.Mapping conditions;
    private final Values values;
    private final Map<String, Boolean> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    Conditions(Node.Mapping conditions, Values values) {
        this.conditions = conditions;
        this.values = values;
    }

    /** {@return whether the condition of the name holds, or null} */
    Boolean holds(String name) {
        if (known.containsKey(name)) {
            return known.get(name);
        }
        Node condition = conditions.get(name);
        boolean sound = condition != null && open.size() < MAX_DEPTH && open.add(name);
        if (!sound) {
            return null;
        }
        Boolean result = truth(condition);
        open.remove(name);
        known.put(name, result);
        return result;
    }

    private Boolean truth(Node node) {
        if (!(node instanceof Node.Mapping mapping) || mapping.entries().size() != 1) {
            return null;
        }
        String key = mapping.entries().keySet().iterator().next();
        Node argument = mapping.get(key);
        List<Node> items = argument instanceof Node.Sequence list ? list.items() : List.of();
        return switch (key) {
            case "Condition", "!Condition" -> Values.text(argument) == null ? null : holds(Values.text(argument));
            case "Fn::Equals", "!Equals" -> items.size() == 2 ? equal(items.get(0), items.get(1)) : null;
            case "Fn::Not", "!Not" -> {
                Boolean inner = items.size() == 1 ? truth(items.get(0)) : null;
                yield inner == null ? null : (Boolean) !inner;
            }
            case "Fn::And", "!And" -> all(items, false);
            case "Fn::Or", "!Or" -> all(items, true);
            default -> null;
        };
    }

    private Boolean equal(Node left, Node right) {
        String first = Values.text(values.of(left, new ArrayList<>()));
        String second = Values.text(values.of(right, new ArrayList<>()));
        return first == null || second == null ? null : (Boolean) first.equals(second);
    }

    /** One {@code deciding} item decides; otherwise all must be known. */
    private Boolean all(List<Node> items, boolean deciding) {
        Boolean result = !deciding;
        for (Node item : items) {
            Boolean truth = truth(item);
            if (truth != null && truth == deciding) {
                return deciding;
            }
            result = truth == null ? null : result;
        }
        return result;
    }
}
