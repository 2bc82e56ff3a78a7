package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values that something fills in later, as {@code ${IMAGE}} and <code>{{image}}</code>, are not known. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{|\\{\\{|\\[\\[|<<|@@|__[A-Z_]+__");

    private Placeholders() {}

    /** {@return the same node, or one with unknown values where there are placeholders} */
    static Node unknown(Node node) {
        if (node instanceof Node.Scalar scalar) {
            boolean placeholder = scalar.value() instanceof String text && PLACEHOLDER.matcher(text).find();
            return placeholder ? new Node.Unknown("filled in later: " + scalar.value(), scalar.region()) : node;
        }
        if (node instanceof Node.Sequence sequence) {
            List<Node> items = new ArrayList<>(sequence.items().size());
            boolean same = true;
            for (Node item : sequence.items()) {
                Node other = unknown(item);
                same &= other == item;
                items.add(other);
            }
            return same ? node : new Node.Sequence(items, sequence.region());
        }
        return node instanceof Node.Mapping mapping ? unknown(mapping) : node;
    }

    private static Node unknown(Node.Mapping mapping) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        boolean same = true;
        for (Map.Entry<String, Node.Entry> entry : mapping.entries().entrySet()) {
            Node.Entry old = entry.getValue();
            Node other = unknown(old.value());
            same &= other == old.value();
            entries.put(entry.getKey(), other == old.value() ? old : new Node.Entry(old.key(), other));
        }
        return same ? mapping : new Node.Mapping(entries, mapping.region());
    }
}
