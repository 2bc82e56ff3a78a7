package io.jenkins.plugins.scmchecks.engine.analysis.policy.compose;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Services that extend others of the same file (compose-spec, "extends"): maps are merged, lists joined, what a service
 * says itself counts. What comes from another file stays unknown: {@code extends} is then still there.
 */
final class Extends {

    private static final int MAX_DEPTH = 10;

    private final Node.Mapping services;

    Extends(Node.Mapping services) {
        this.services = services;
    }

    Node.Mapping resolve(Node.Mapping service) {
        return resolve(service, 0);
    }

    private Node.Mapping resolve(Node.Mapping service, int depth) {
        Node extended = service.get("extends");
        boolean elsewhere = extended instanceof Node.Mapping form && form.get("file") != null;
        Node name = extended instanceof Node.Mapping form ? form.get("service") : extended;
        boolean known = !elsewhere && name instanceof Node.Scalar && depth < MAX_DEPTH;
        Node base = known ? services.get(String.valueOf(((Node.Scalar) name).value())) : null;
        if (!(base instanceof Node.Mapping mapping) || base == service) {
            return service;
        }
        Map<String, Node.Entry> own = new LinkedHashMap<>(service.entries());
        own.remove("extends");
        return merge(resolve(mapping, depth + 1), new Node.Mapping(own, service.region()));
    }

    private static Node.Mapping merge(Node.Mapping base, Node.Mapping own) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(own.entries());
        base.entries().forEach((key, entry) -> {
            Node.Entry mine = entries.get(key);
            if (mine == null) {
                entries.put(key, entry);
            } else if (mine.value() instanceof Node.Mapping change && entry.value() instanceof Node.Mapping old) {
                entries.put(key, new Node.Entry(mine.key(), merge(old, change)));
            } else if (mine.value() instanceof Node.Sequence change && entry.value() instanceof Node.Sequence old) {
                List<Node> items = new ArrayList<>(old.items());
                items.addAll(change.items());
                entries.put(key, new Node.Entry(mine.key(), new Node.Sequence(items, change.region())));
            }
        });
        return new Node.Mapping(entries, own.region());
    }
}
