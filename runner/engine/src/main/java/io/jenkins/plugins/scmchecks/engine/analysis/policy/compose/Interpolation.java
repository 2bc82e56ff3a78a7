package io.jenkins.plugins.scmchecks.engine.analysis.policy.compose;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in <code>${NAME:-default}</code>; a variable without a default is unknown (compose-spec, "Interpolation"). What
 * is marked {@code !reset} is not there; {@code !override} is left away (compose-spec, "Merge").
 */
final class Interpolation {

    private static final Pattern VARIABLE = Pattern.compile(
            "\\$(?:(?<escape>\\$)|(?<name>[A-Za-z_]\\w*)|\\{[A-Za-z_]\\w*(?:(?<default>:?-)(?<value>[^{}$]*)|[^}]*)})");

    private Interpolation() {}

    static Node of(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.value() instanceof String text && text.indexOf('$') >= 0 ? scalar(text, scalar) : scalar;
        }
        if (node instanceof Node.Sequence sequence) {
            List<Node> items = new ArrayList<>(sequence.items().size());
            sequence.items().forEach(item -> items.add(of(item)));
            return new Node.Sequence(items, sequence.region());
        }
        if (node instanceof Node.Mapping mapping && mapping.entries().size() == 1 && mapping.get("!reset") != null) {
            return new Node.Scalar(null, mapping.region());
        }
        if (node instanceof Node.Mapping mapping && mapping.entries().size() == 1 && mapping.get("!override") != null) {
            return of(mapping.get("!override"));
        }
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) ->
                    entries.put(key, new Node.Entry(entry.key(), of(entry.value()))));
            return new Node.Mapping(entries, mapping.region());
        }
        return node;
    }

    private static Node scalar(String text, Node.Scalar at) {
        StringBuilder result = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            boolean escaped = matcher.group("escape") != null;
            if (!escaped && matcher.group("default") == null) {
                return new Node.Unknown("filled in later: " + matcher.group(), at.region());
            }
            matcher.appendReplacement(
                    result, Matcher.quoteReplacement(escaped ? "$" : matcher.group("value")));
        }
        return new Node.Scalar(matcher.appendTail(result).toString(), at.region());
    }
}
