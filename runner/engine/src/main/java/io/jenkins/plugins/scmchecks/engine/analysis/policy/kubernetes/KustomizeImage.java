package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One entry of a kustomization's {@code images}: what the image of that name becomes.
 *
 * @param name without tag and digest
 * @param newName or null
 * @param tag that it gets, or null
 * @param digest that it gets, or null
 * @param region where the kustomization says so
 */
record KustomizeImage(String name, String newName, String tag, String digest, Region region) {

    private static final Set<String> CONTAINERS = Set.of("containers", "initContainers");

    static KustomizeImage of(Node.Mapping entry) {
        Node.Entry tag = entry.entries().get("newTag");
        Node.Entry named = tag != null ? tag : entry.entries().get("newName");
        return new KustomizeImage(
                Kustomization.text(entry.get("name")),
                Kustomization.text(entry.get("newName")),
                Kustomization.text(entry.get("newTag")),
                Kustomization.text(entry.get("digest")),
                named != null ? named.value().region() : Region.line(entry.region().startLine()));
    }

    /** {@return the same node with other images in all of its containers} */
    static Node replace(Node node, List<KustomizeImage> images) {
        if (node instanceof Node.Sequence list) {
            return new Node.Sequence(list.items().stream().map(item -> replace(item, images)).toList(), list.region());
        }
        if (!(node instanceof Node.Mapping mapping)) {
            return node;
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            Node value = CONTAINERS.contains(key) && entry.value() instanceof Node.Sequence list
                    ? containers(list, images)
                    : replace(entry.value(), images);
            entries.put(key, new Node.Entry(entry.key(), value));
        });
        return new Node.Mapping(entries, mapping.region());
    }

    private static Node.Sequence containers(Node.Sequence list, List<KustomizeImage> images) {
        List<Node> items = new ArrayList<>();
        for (Node item : list.items()) {
            Node changed = item;
            for (KustomizeImage image : images) {
                changed = changed instanceof Node.Mapping container ? image.in(container) : changed;
            }
            items.add(changed);
        }
        return new Node.Sequence(items, list.region());
    }

    private Node.Mapping in(Node.Mapping container) {
        String old = Kustomization.text(container.get("image"));
        if (old == null || name == null) {
            return container;
        }
        int at = old.indexOf('@');
        String before = at < 0 ? old : old.substring(0, at);
        int colon = before.lastIndexOf(':');
        boolean tagged = colon > before.lastIndexOf('/');
        String base = tagged ? before.substring(0, colon) : before;
        if (!base.equals(name)) {
            return container;
        }
        String rest = old.substring(base.length());
        String suffix = tag == null ? "" : ":" + tag;
        String version = digest != null ? suffix + "@" + digest : tag != null ? suffix : rest;
        Map<String, Node.Entry> entries = new LinkedHashMap<>(container.entries());
        String image = (newName == null ? base : newName) + version;
        entries.put("image", new Node.Entry(region, new Node.Scalar(image, region)));
        return new Node.Mapping(entries, container.region());
    }
}
