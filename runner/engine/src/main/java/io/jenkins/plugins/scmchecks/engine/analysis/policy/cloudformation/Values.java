package io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes a template's values: parameters have their defaults, what only AWS knows is unknown, and
 * {@code AWS::NoValue} is absent. References to resources are unknown values and are told of.
 * (AWS CloudFormation User Guide, "Intrinsic function reference".)
 */
final class Values {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");

    private final TextBudget budget = new TextBudget();
    private final Names names;
    private final Node.Mapping mappings;
    private final Conditions conditions;

    /** @param given parameters that another template gives, by their names */
    Values(Node.Mapping template, Map<String, Node> given) {
        this.names = new Names(
                mapping(template.get("Parameters")), mapping(template.get("Resources")), given, budget);
        this.mappings = mapping(template.get("Mappings"));
        this.conditions = new Conditions(mapping(template.get("Conditions")), this);
    }

    private static Node.Mapping mapping(Node node) {
        return node instanceof Node.Mapping mapping ? mapping : new Node.Mapping(Map.of(), null);
    }

    /** {@return what the template's names stand for} */
    Names names() {
        return names;
    }

    /** {@return the value, or null when it is {@code AWS::NoValue}} */
    Node of(Node node, List<Node> references) {
        if (node instanceof Node.Sequence sequence) {
            List<Node> items = new ArrayList<>(sequence.items().size());
            for (Node item : sequence.items()) {
                Node value = of(item, references);
                if (value != null) {
                    items.add(value);
                }
            }
            return new Node.Sequence(items, sequence.region());
        }
        if (!(node instanceof Node.Mapping mapping)) {
            return node;
        }
        if (isFunction(mapping)) {
            Map.Entry<String, Node.Entry> only = mapping.entries().entrySet().iterator().next();
            return call(name(only.getKey()), only.getValue().value(), mapping.region(), references);
        }
        if (mapping.get("Fn::Transform") != null) {
            return unknown("a macro's result", mapping.region());
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        entries(mapping, references, entries);
        return new Node.Mapping(entries, mapping.region());
    }

    private void entries(Node.Mapping mapping, List<Node> references, Map<String, Node.Entry> entries) {
        mapping.entries().forEach((key, entry) -> {
            ForEach loop = ForEach.of(key, entry.value(), this);
            if (loop != null) {
                loop.rounds(this, round -> entries(round, references, entries));
                return;
            }
            Node value = of(entry.value(), references);
            if (value != null) {
                entries.put(key, new Node.Entry(entry.key(), value));
            }
        });
    }

    static boolean isFunction(Node node) {
        if (!(node instanceof Node.Mapping mapping) || mapping.entries().size() != 1) {
            return false;
        }
        String key = mapping.entries().keySet().iterator().next();
        boolean loop = key.startsWith("Fn::ForEach::");
        return !loop && (key.startsWith("!") || key.startsWith("Fn::") || key.equals("Ref"));
    }

    private static String name(String key) {
        return key.startsWith("!") ? key.substring(1) : key.startsWith("Fn::") ? key.substring(4) : key;
    }

    private Node call(String function, Node argument, Region at, List<Node> references) {
        return switch (function) {
            case "Ref" -> names.of(text(argument), at, references);
            case "GetAtt" -> attribute(argument, at, references);
            case "Sub" -> substituted(argument, at, references);
            case "If" -> chosen(argument, at, references);
            case "Join" -> joined(argument, at, references);
            case "Split" -> split(argument, at, references);
            case "Select" -> selected(argument, at, references);
            case "FindInMap" -> found(argument, at, references);
            case "Base64", "ToJsonString" -> of(argument, references);
            case "Length" -> of(argument, references) instanceof Node.Sequence list
                    ? new Node.Scalar((long) list.items().size(), at)
                    : unknown("the length of what is not known", at);
            default -> {
                of(argument, references);
                yield unknown(function + " is computed by AWS", at);
            }
        };
    }

    private Node attribute(Node argument, Region at, List<Node> references) {
        Node first = argument instanceof Node.Sequence list && !list.items().isEmpty() ? list.items().get(0) : argument;
        String name = text(first);
        if (name != null) {
            int dot = name.indexOf('.');
            references.add(new Node.Scalar(dot < 0 ? name : name.substring(0, dot), at));
        }
        return unknown("an attribute of " + name, at);
    }

    private Node substituted(Node argument, Region at, List<Node> references) {
        List<Node> parts = argument instanceof Node.Sequence list ? list.items() : List.of(argument);
        String text = parts.isEmpty() ? null : text(parts.get(0));
        if (text == null) {
            return unknown("Sub of no text", at);
        }
        Node.Mapping own = mapping(parts.size() > 1 ? of(parts.get(1), references) : null);
        StringBuilder result = new StringBuilder();
        Node missing = null;
        int end = 0;
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(2).strip();
            Node value;
            if (matcher.group(1).isEmpty()) {
                value = own.entries().containsKey(name) ? own.get(name)
                        : name.contains(".") ? attribute(new Node.Scalar(name, at), at, references)
                        : names.of(name, at, references);
            } else {
                value = new Node.Scalar("${" + name + "}", at);
            }
            String known = text(value);
            missing = known == null ? unknown("${" + name + "} is not known", at) : missing;
            if (missing == null && budget.take(matcher.start() - end + known.length())) {
                result.append(text, end, matcher.start()).append(known);
            } else if (missing == null) {
                missing = unknown("too much text", at);
            }
            end = matcher.end();
        }
        return missing != null ? missing : new Node.Scalar(result.append(text.substring(end)).toString(), at);
    }

    private Node chosen(Node argument, Region at, List<Node> references) {
        List<Node> parts = argument instanceof Node.Sequence list ? list.items() : List.of();
        if (parts.size() != 3 || text(parts.get(0)) == null) {
            return unknown("If without a condition and two values", at);
        }
        Boolean holds = conditions.holds(text(parts.get(0)));
        if (holds != null) {
            return of(parts.get(holds ? 1 : 2), references);
        }
        of(parts.get(1), references);
        of(parts.get(2), references);
        return unknown("it hangs on the condition " + text(parts.get(0)), at);
    }

    private Node joined(Node argument, Region at, List<Node> references) {
        List<Node> parts = items(argument, references);
        List<Node> items = parts.size() == 2 && parts.get(1) instanceof Node.Sequence list ? list.items() : null;
        String separator = parts.isEmpty() ? null : text(parts.get(0));
        if (items == null || separator == null) {
            return unknown("a Join of what is not known", at);
        }
        StringBuilder result = new StringBuilder();
        for (Node item : items) {
            String text = text(item);
            if (text == null || !budget.take(text.length() + separator.length())) {
                return unknown("a Join of what is not known", at);
            }
            result.append(result.length() == 0 && item == items.get(0) ? "" : separator).append(text);
        }
        return new Node.Scalar(result.toString(), at);
    }

    private Node split(Node argument, Region at, List<Node> references) {
        List<Node> parts = items(argument, references);
        String separator = parts.size() == 2 ? text(parts.get(0)) : null;
        String text = parts.size() == 2 ? text(parts.get(1)) : null;
        if (separator == null || separator.isEmpty() || text == null || !budget.take(text.length())) {
            return unknown("a Split of what is not known", at);
        }
        return parts(text, separator, at);
    }

    static Node parts(String text, String separator, Region at) {
        return new Node.Sequence(Arrays.stream(text.split(Pattern.quote(separator), 10_000))
                .map(part -> (Node) new Node.Scalar(part.strip(), at))
                .toList(), at);
    }

    private Node selected(Node argument, Region at, List<Node> references) {
        List<Node> parts = items(argument, references);
        String index = parts.size() == 2 ? text(parts.get(0)) : null;
        boolean number = index != null && index.matches("[0-9]{1,6}");
        return number && parts.get(1) instanceof Node.Sequence list && Integer.parseInt(index) < list.items().size()
                ? list.items().get(Integer.parseInt(index))
                : unknown("a Select of what is not known", at);
    }

    private Node found(Node argument, Region at, List<Node> references) {
        List<Node> parts = items(argument, references);
        Node value = mappings;
        for (int i = 0; i < 3; i++) {
            String key = i < parts.size() ? text(parts.get(i)) : null;
            value = key != null && value instanceof Node.Mapping mapping ? mapping.get(key) : null;
        }
        if (value == null && parts.size() == 4 && parts.get(3) instanceof Node.Mapping otherwise) {
            value = otherwise.get("DefaultValue");
        }
        return value instanceof Node.Scalar || value instanceof Node.Sequence
                ? Names.at(value, at)
                : unknown("a mapping's value that is not known", at);
    }

    private List<Node> items(Node argument, List<Node> references) {
        return of(argument, references) instanceof Node.Sequence list ? list.items() : List.of();
    }

    static String text(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() != null ? scalar.value().toString() : null;
    }

    static Node unknown(String why, Region at) {
        return new Node.Unknown(why, at);
    }
}
