package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes.KustomizeBuild.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Whom a patch means, and what it must not change. */
final class KustomizePatch {

    private static final Set<String> IDENTITY = Set.of("apiVersion", "kind");

    private KustomizePatch() {}

    /** {@return the patch without kind and name: these say whom it means, or nothing} */
    static Node.Mapping withoutIdentity(Node.Mapping patch) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(patch.entries());
        entries.keySet().removeAll(IDENTITY);
        Node.Entry metadata = entries.get("metadata");
        if (metadata != null && metadata.value() instanceof Node.Mapping mapping) {
            Map<String, Node.Entry> rest = new LinkedHashMap<>(mapping.entries());
            rest.remove("name");
            rest.remove("namespace");
            entries.put("metadata", new Node.Entry(metadata.key(), new Node.Mapping(rest, mapping.region())));
        }
        return new Node.Mapping(entries, patch.region());
    }

    /**
     * Whether a label selector ({@code a=b,c!=d,e,!f,g in (h, i)}) selects a resource.
     *
     * @param field {@code labels} or {@code annotations}
     */
    static boolean selects(Node selector, Item item, String field) {
        String text = Kustomization.text(selector);
        if (text == null || text.isBlank()) {
            return true;
        }
        Node.Mapping metadata = item.body().get("metadata") instanceof Node.Mapping mapping ? mapping : null;
        Node.Mapping labels = metadata != null && metadata.get(field) instanceof Node.Mapping mapping ? mapping : null;
        for (String requirement : text.split(",(?![^(]*\\))")) {
            if (!holds(requirement.strip(), labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(String requirement, Node.Mapping labels) {
        int in = requirement.indexOf(" in ");
        int notIn = requirement.indexOf(" notin ");
        if (in > 0 || notIn > 0) {
            int at = in > 0 ? in : notIn;
            String values = requirement.substring(requirement.indexOf('(') + 1).replaceFirst("\\).*", "");
            String value = label(labels, requirement.substring(0, at).strip());
            boolean listed = value != null && Set.of(values.strip().split("\\s*,\\s*")).contains(value);
            return listed == in > 0;
        }
        int equals = requirement.indexOf('=');
        if (equals < 0) {
            return requirement.startsWith("!")
                    ? label(labels, requirement.substring(1).strip()) == null
                    : label(labels, requirement) != null;
        }
        boolean not = requirement.charAt(Math.max(0, equals - 1)) == '!';
        String name = requirement.substring(0, not ? equals - 1 : equals).strip();
        String value = requirement.substring(equals + 1).replaceFirst("^=", "").strip();
        return value.equals(label(labels, name)) != not;
    }

    private static String label(Node.Mapping labels, String name) {
        return labels == null ? null : Kustomization.text(labels.get(name));
    }
}
