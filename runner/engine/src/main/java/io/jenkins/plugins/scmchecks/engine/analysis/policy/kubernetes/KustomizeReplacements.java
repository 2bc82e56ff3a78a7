package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes.KustomizeBuild.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields that a kustomization's {@code replacements} fill: what comes from where is not followed, so these are not
 * known.
 */
final class KustomizeReplacements {

    private static final Pattern STEP = Pattern.compile("\\[([^\\]]*)]|((?:\\\\.|[^.\\[\\]\\\\])+)");

    private KustomizeReplacements() {}

    /** @param replacements a list as it stands in a kustomization, or in a file of its own */
    static Item apply(Item item, List<Node> replacements) {
        Node body = item.body();
        for (Node replacement : replacements) {
            for (Node target : items(replacement, "targets")) {
                if (target instanceof Node.Mapping mapping && selects(mapping, item)) {
                    for (Node path : items(mapping, "fieldPaths")) {
                        body = unknown(body, steps(Kustomization.text(path)), 0);
                    }
                }
            }
        }
        return item.with((Node.Mapping) body);
    }

    private static List<Node> items(Node holder, String key) {
        return holder instanceof Node.Mapping mapping && mapping.get(key) instanceof Node.Sequence list
                ? list.items()
                : List.of();
    }

    private static boolean selects(Node.Mapping target, Item item) {
        if (!(target.get("select") instanceof Node.Mapping select)) {
            return false;
        }
        String kind = Kustomization.text(select.get("kind"));
        String name = Kustomization.text(select.get("name"));
        return (kind == null || kind.equals(item.kind())) && (name == null || item.names().contains(name));
    }

    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path == null ? "" : path);
        while (matcher.find()) {
            steps.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2).replace("\\.", "."));
        }
        return steps;
    }

    private static Node unknown(Node node, List<String> steps, int at) {
        if (at == steps.size()) {
            return at == 0 ? node : new Node.Unknown("put in by a replacement", node.region());
        }
        String step = steps.get(at);
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>(mapping.entries());
            entries.computeIfPresent(step, (key, entry) ->
                    new Node.Entry(entry.key(), unknown(entry.value(), steps, at + 1)));
            return new Node.Mapping(entries, mapping.region());
        }
        if (node instanceof Node.Sequence list) {
            List<Node> items = new ArrayList<>();
            for (int i = 0; i < list.items().size(); i++) {
                Node item = list.items().get(i);
                items.add(isMeant(step, i, item) ? unknown(item, steps, at + 1) : item);
            }
            return new Node.Sequence(items, list.region());
        }
        return node;
    }

    /** A list's element is named by its place, by one of its fields, or all are. */
    private static boolean isMeant(String step, int index, Node item) {
        if (step.equals("*") || step.equals(String.valueOf(index))) {
            return true;
        }
        int equals = step.indexOf('=');
        Node field = equals > 0 && item instanceof Node.Mapping mapping ? mapping.get(step.substring(0, equals)) : null;
        return field != null && step.substring(equals + 1).equals(Kustomization.text(field));
    }
}
