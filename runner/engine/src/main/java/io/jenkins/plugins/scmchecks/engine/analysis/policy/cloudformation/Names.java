package io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the names of a template stand for: parameters, resources, pseudo parameters and identifiers of loops. */
final class Names {

    /** Rounds of all loops of one template together. */
    private static final int MAX_ROUNDS = 5_000;

    private final Node.Mapping parameters;
    private final Node.Mapping resources;
    private final Map<String, Node> given;
    private final TextBudget budget;
    private final Map<String, Node> loops = new HashMap<>();
    private int roundsLeft = MAX_ROUNDS;

    /** @param given parameters that another template gives, by their names */
    Names(Node.Mapping parameters, Node.Mapping resources, Map<String, Node> given, TextBudget budget) {
        this.parameters = parameters;
        this.resources = resources;
        this.given = given;
        this.budget = budget;
    }

    /** Runs something while the identifier of a loop stands for one of its values. */
    void within(String identifier, Node element, Runnable round) {
        if (roundsLeft-- <= 0) {
            return;
        }
        Node outer = loops.put(identifier, element);
        round.run();
        if (outer == null) {
            loops.remove(identifier);
        } else {
            loops.put(identifier, outer);
        }
    }

    /** {@return what {@code Ref} gives, or null for {@code AWS::NoValue}; references to resources are told of} */
    Node of(String name, Region at, List<Node> references) {
        if (name == null) {
            return Values.unknown("Ref of no name", at);
        }
        switch (name) {
            case "AWS::NoValue":
                return null;
            case "AWS::Partition":
                return new Node.Scalar("aws", at);
            case "AWS::URLSuffix":
                return new Node.Scalar("amazonaws.com", at);
            default:
                break;
        }
        if (loops.containsKey(name)) {
            return at(loops.get(name), at);
        }
        if (given.containsKey(name)) {
            return at(given.get(name), at);
        }
        if (parameters.get(name) instanceof Node.Mapping parameter) {
            return parameter(name, parameter, at);
        }
        if (resources.get(name) != null) {
            references.add(new Node.Scalar(name, at));
        } else if (!name.startsWith("AWS::")) {
            references.add(Values.unknown("no resource " + name, at));
        }
        return Values.unknown("the id of " + name, at);
    }

    /** A value that stands elsewhere is shown where it is used. */
    static Node at(Node value, Region at) {
        return value instanceof Node.Scalar scalar ? new Node.Scalar(scalar.value(), at)
                : value instanceof Node.Sequence list ? new Node.Sequence(list.items(), at)
                : new Node.Unknown("a value from elsewhere", at);
    }

    private Node parameter(String name, Node.Mapping parameter, Region at) {
        String type = String.valueOf(Values.text(parameter.get("Type")));
        boolean hidden = parameter.get("NoEcho") instanceof Node.Scalar noEcho
                && "true".equalsIgnoreCase(String.valueOf(noEcho.value()));
        boolean given = parameter.get("Default") instanceof Node.Scalar && !type.startsWith("AWS::SSM::");
        if (hidden || !given) {
            return Values.unknown("the parameter " + name, at);
        }
        Object value = ((Node.Scalar) parameter.get("Default")).value();
        boolean list = type.equals("CommaDelimitedList") || type.startsWith("List<");
        if (list && value instanceof String text) {
            return budget.take(text.length()) ? Values.parts(text, ",", at) : Values.unknown("too much text", at);
        }
        return new Node.Scalar(value, at);
    }
}
