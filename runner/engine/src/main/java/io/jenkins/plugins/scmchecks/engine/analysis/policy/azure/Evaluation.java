package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Computes expressions as far as the template alone tells; the rest is unknown, and references are told of. */
final class Evaluation {

    /** Steps and characters that one file may cost. */
    static final int MAX_STEPS = 2_000_000;

    /** Long chains of operators are nested as deeply as they are long. */
    private static final int MAX_DEPTH = 300;

    /** Rounds of a loop; what is written in longer ones differs in little. */
    private static final int MAX_ROUNDS = 100;

    private final Scope scope;
    private final List<Node> references;
    private final int[] stepsLeft;
    private Map<String, Node> loops = Map.of();
    private int depth;

    Evaluation(Scope scope, List<Node> references, int[] stepsLeft) {
        this.scope = scope;
        this.references = references;
        this.stepsLeft = stepsLeft;
    }

    Node of(Expr expression) {
        if (stepsLeft[0] <= 0 || depth >= MAX_DEPTH) {
            return unknown("the template computes too much", expression.region());
        }
        stepsLeft[0]--;
        depth++;
        Node value = compute(expression);
        depth--;
        return value;
    }

    /** Computes an expression within a round of a loop. */
    Node of(Expr expression, Map<String, Node> round) {
        Map<String, Node> outer = loops;
        loops = new HashMap<>(outer);
        loops.putAll(round);
        Node value = of(expression);
        loops = outer;
        return value;
    }

    /** {@return what a loop's names stand for in each round; one with unknown values when its list is not known} */
    List<Map<String, Node>> rounds(Expr.LoopHead head) {
        if (head == null) {
            return List.of(Map.of());
        }
        Region at = head.list().region();
        if (!(of(head.list()) instanceof Node.Sequence list) || list.items().size() > MAX_ROUNDS) {
            return List.of(round(head, unknown("a loop's element", at), unknown("a loop's index", at)));
        }
        List<Map<String, Node>> rounds = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            rounds.add(round(head, list.items().get(i), new Node.Scalar((long) i, at)));
        }
        return rounds;
    }

    private static Map<String, Node> round(Expr.LoopHead head, Node element, Node index) {
        Map<String, Node> names = new HashMap<>();
        if (head.element() != null) {
            names.put(head.element(), element);
        }
        if (head.index() != null) {
            names.put(head.index(), index);
        }
        return names;
    }

    private Node loop(Expr.Loop loop) {
        List<Node> items = new ArrayList<>();
        for (Map<String, Node> round : rounds(loop.head())) {
            items.add(of(loop.item(), round));
        }
        return new Node.Sequence(items, loop.region());
    }

    private Node compute(Expr expression) {
        if (expression instanceof Expr.Literal literal) {
            return literal.value();
        } else if (expression instanceof Expr.Text text) {
            return text(text);
        } else if (expression instanceof Expr.Array array) {
            return new Node.Sequence(all(array.items()), array.region());
        } else if (expression instanceof Expr.Obj object) {
            return object(object);
        } else if (expression instanceof Expr.Name name) {
            return name(name);
        } else if (expression instanceof Expr.Member member) {
            return field(of(member.target()), member.field(), member.region());
        } else if (expression instanceof Expr.Index index) {
            return index(of(index.target()), of(index.index()), index.region());
        } else if (expression instanceof Expr.Choice choice) {
            return choice(of(choice.condition()), choice);
        } else if (expression instanceof Expr.Call call) {
            return call(call);
        } else if (expression instanceof Expr.Loop loop) {
            return loop(loop);
        }
        Expr.Opaque opaque = (Expr.Opaque) expression;
        opaque.parts().forEach(this::of);
        return unknown(opaque.why(), opaque.region());
    }

    private List<Node> all(List<Expr> expressions) {
        List<Node> values = new ArrayList<>(expressions.size());
        expressions.forEach(item -> values.add(of(item)));
        return values;
    }

    private Node object(Expr.Obj object) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Expr.Field field : object.fields()) {
            String name = Functions.text(of(field.name()));
            if (name != null) {
                entries.put(name, new Node.Entry(field.key(), of(field.value())));
            }
        }
        return new Node.Mapping(entries, object.region());
    }

    private Node text(Expr.Text text) {
        StringBuilder result = new StringBuilder();
        boolean known = true;
        for (Expr part : text.parts()) {
            String value = Functions.text(of(part));
            known &= value != null;
            if (known) {
                stepsLeft[0] -= value.length();
                known = stepsLeft[0] > 0;
                result.append(known ? value : "");
            }
        }
        return known
                ? new Node.Scalar(result.toString(), text.region())
                : unknown("a part of the text is not known", text.region());
    }

    private Node name(Expr.Name name) {
        Node value = loops.get(name.name());
        value = value != null ? value : named(name.name(), true);
        value = value != null ? value : named(name.name(), false);
        if (value == null) {
            String address = scope.address(name.name());
            if (address != null) {
                references.add(new Node.Scalar(address, name.region()));
            }
            return unknown(name.name() + " is not known", name.region());
        }
        return at(value, name.region());
    }

    /** A parameter's or variable's value, which no loop around its use changes. */
    private Node named(String name, boolean parameter) {
        Map<String, Node> outer = loops;
        loops = Map.of();
        Node value = parameter ? scope.parameter(name, this) : scope.variable(name, this);
        loops = outer;
        return value;
    }

    private Node choice(Node condition, Expr.Choice choice) {
        Boolean holds = Functions.truth(condition);
        if (holds != null) {
            return of(holds ? choice.then() : choice.otherwise());
        }
        of(choice.then());
        of(choice.otherwise());
        return unknown("it hangs on what is not known", choice.region());
    }

    private Node field(Node target, String name, Region at) {
        Node value = null;
        if (target instanceof Node.Mapping mapping) {
            value = mapping.get(name);
            for (Map.Entry<String, Node.Entry> entry : mapping.entries().entrySet()) {
                value = value == null && entry.getKey().equalsIgnoreCase(name) ? entry.getValue().value() : value;
            }
        }
        return value == null ? unknown("the property " + name + " is not known", at) : at(value, at);
    }

    private Node index(Node target, Node index, Region at) {
        String name = Functions.text(index);
        boolean number = name != null && name.matches("[0-9]{1,6}");
        if (number && target instanceof Node.Sequence list && Integer.parseInt(name) < list.items().size()) {
            return at(list.items().get(Integer.parseInt(name)), at);
        }
        return name == null ? unknown("the index is not known", at) : field(target, name, at);
    }

    private Node call(Expr.Call call) {
        List<Expr> arguments = call.arguments();
        Region at = call.region();
        String function = call.function().toLowerCase(Locale.ROOT);
        switch (function) {
            case "if":
                return arguments.size() == 3
                        ? of(new Expr.Choice(arguments.get(0), arguments.get(1), arguments.get(2), at))
                        : unknown("if() wants three arguments", at);
            case "parameters":
            case "variables":
                String name = arguments.size() == 1 ? Functions.text(of(arguments.get(0))) : null;
                Node value = name == null ? null
                        : named(name, function.equals("parameters"));
                return value == null ? unknown("the value of " + name + " is not known", at) : at(value, at);
            case "copyindex":
                return copyIndex(all(arguments), at);
            default:
                List<Node> values = all(arguments);
                if (function.equals("resourceid")) {
                    refer(values, at);
                }
                Node result = Functions.call(function, values, at);
                if (result instanceof Node.Scalar scalar && scalar.value() instanceof String made) {
                    stepsLeft[0] -= made.length();
                }
                return result;
        }
    }

    /** {@code copyIndex([loop's name,] [first number])} */
    private Node copyIndex(List<Node> values, Region at) {
        String loop = values.isEmpty() ? null : Functions.text(values.get(0));
        boolean named = loop != null && !loop.matches("-?[0-9]{1,9}");
        Node index = loops.get(named ? ArmLoops.index(loop) : ArmLoops.index(""));
        String offset = values.isEmpty() ? "0" : Functions.text(values.get(values.size() - 1));
        boolean known = index instanceof Node.Scalar && (named && values.size() == 1 || offset != null);
        if (!known) {
            return unknown("the number of a copy is not known", at);
        }
        boolean number = offset != null && offset.matches("-?[0-9]{1,9}");
        return new Node.Scalar(Long.parseLong(Functions.text(index)) + (number ? Long.parseLong(offset) : 0), at);
    }

    /** {@code resourceId([subscription, [group,]] type, name, [child name …])} names {@code type/name}. */
    private void refer(List<Node> values, Region at) {
        int type = 0;
        while (type < values.size() && !String.valueOf(Functions.text(values.get(type))).contains("/")) {
            type++;
        }
        List<String> names = new ArrayList<>();
        boolean known = type < values.size();
        for (int i = type + 1; i < values.size(); i++) {
            known &= Functions.text(values.get(i)) != null;
            names.add(String.valueOf(Functions.text(values.get(i))));
        }
        references.add(known
                ? new Node.Scalar(Functions.text(values.get(type)) + "/" + String.join("/", names), at)
                : unknown("the resource that is referred to is not known", at));
    }

    /** A value that stands elsewhere is shown where it is used; what it holds keeps its place. */
    private Node at(Node value, Region at) {
        if (value instanceof Node.Scalar scalar) {
            return new Node.Scalar(scalar.value(), at);
        }
        if (value instanceof Node.Unknown unknown) {
            return new Node.Unknown(unknown.why(), at);
        }
        charge(value);
        return stepsLeft[0] > 0 ? value : unknown("the template computes too much", at);
    }

    /** A value that is used again counts with all that it holds: so no value grows beyond what may be walked. */
    private void charge(Node value) {
        stepsLeft[0]--;
        if (stepsLeft[0] > 0 && value instanceof Node.Sequence list) {
            list.items().forEach(this::charge);
        } else if (stepsLeft[0] > 0 && value instanceof Node.Mapping mapping) {
            mapping.entries().values().forEach(entry -> charge(entry.value()));
        }
    }

    private static Node unknown(String why, Region at) {
        return new Node.Unknown(why, at);
    }
}
