package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Kubernetes' strategic merge patch: maps are merged, lists are replaced, but lists whose elements have a key are
 * merged by it (kubernetes/community, strategic-merge-patch.md; the keys are those of the API's {@code patchMergeKey}).
 */
final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";

    /** By the list's name; of several keys all must be equal. */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")), Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")), Map.entry("volumes", List.of("name")),
            Map.entry("env", List.of("name")), Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")), Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("hostAliases", List.of("ip")), Map.entry("secrets", List.of("name")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey")),
            Map.entry("resourceClaims", List.of("name")), Map.entry("webhooks", List.of("name")));

    private StrategicMerge() {}

    /** {@return the resource with the patch in it, or null when the patch deletes it} */
    static Node.Mapping apply(Node.Mapping base, Node.Mapping patch) {
        if ("delete".equals(directive(patch))) {
            return null;
        }
        return map(base, patch, "replace".equals(directive(patch)));
    }

    private static Node.Mapping map(Node.Mapping base, Node.Mapping patch, boolean replace) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(replace ? Map.of() : base.entries());
        patch.entries().forEach((key, entry) -> {
            if (key.startsWith("$")) {
                return;
            }
            Node.Entry old = entries.get(key);
            if (isNull(entry.value())) {
                entries.remove(key);
            } else if (entry.value() instanceof Node.Mapping change && "delete".equals(directive(change))) {
                entries.remove(key);
            } else if (old != null && old.value() instanceof Node.Mapping mapping
                    && entry.value() instanceof Node.Mapping change) {
                entries.put(key, new Node.Entry(old.key(), map(mapping, change, "replace".equals(directive(change)))));
            } else if (old != null && old.value() instanceof Node.Sequence list
                    && entry.value() instanceof Node.Sequence change && keys(key, change) != null) {
                entries.put(key, new Node.Entry(old.key(), list(list, change, keys(key, change))));
            } else {
                entries.put(key, new Node.Entry(entry.key(), withoutDirectives(entry.value())));
            }
        });
        return new Node.Mapping(entries, replace ? patch.region() : base.region());
    }

    private static List<String> keys(String name, Node.Sequence change) {
        if (!name.equals("ports")) {
            return KEYS.get(name);
        }
        boolean container = change.items().stream()
                .anyMatch(item -> item instanceof Node.Mapping port && port.get("containerPort") != null);
        return List.of(container ? "containerPort" : "port", "protocol");
    }

    /** What is new comes first, as kustomize has it. */
    private static Node.Sequence list(Node.Sequence base, Node.Sequence patch, List<String> keys) {
        List<Node> items = new ArrayList<>(base.items());
        List<Node> added = new ArrayList<>();
        for (Node item : patch.items()) {
            if (!(item instanceof Node.Mapping change)) {
                added.add(item);
                continue;
            }
            if ("replace".equals(directive(change)) && change.entries().size() == 1) {
                items.clear();
                continue;
            }
            int at = find(items, change, keys);
            if ("delete".equals(directive(change))) {
                if (at >= 0) {
                    items.remove(at);
                }
            } else if (at >= 0) {
                boolean replace = "replace".equals(directive(change));
                items.set(at, map((Node.Mapping) items.get(at), change, replace));
            } else {
                added.add(withoutDirectives(change));
            }
        }
        added.addAll(items);
        return new Node.Sequence(added, base.region());
    }

    private static int find(List<Node> items, Node.Mapping wanted, List<String> keys) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Node.Mapping item && same(item, wanted, keys)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(Node.Mapping a, Node.Mapping b, List<String> keys) {
        String first = Kustomization.text(a.get(keys.get(0)));
        return first != null && first.equals(Kustomization.text(b.get(keys.get(0))))
                && (keys.size() == 1 || Objects.equals(protocol(a), protocol(b)));
    }

    private static String protocol(Node.Mapping port) {
        String protocol = Kustomization.text(port.get("protocol"));
        return protocol == null ? "TCP" : protocol;
    }

    private static Node withoutDirectives(Node node) {
        if (node instanceof Node.Sequence list) {
            return new Node.Sequence(
                    list.items().stream()
                            .filter(item -> !(item instanceof Node.Mapping map && "delete".equals(directive(map))))
                            .map(StrategicMerge::withoutDirectives)
                            .toList(),
                    list.region());
        }
        return node instanceof Node.Mapping mapping
                ? map(new Node.Mapping(Map.of(), mapping.region()), mapping, true)
                : node;
    }

    private static String directive(Node.Mapping mapping) {
        return Kustomization.text(mapping.get(DIRECTIVE));
    }

    private static boolean isNull(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() == null;
    }
}
