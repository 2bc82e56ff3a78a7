package io.jenkins.plugins.scmchecks.engine.analysis.policy.compose;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A service as policies see it: its short and long forms (compose-spec, "Services top-level element") become one.
 * {@code _environment} holds {@code name} and {@code value}, {@code _ports} {@code host_ip}, {@code published} and
 * {@code target}, {@code _volumes} {@code source}, {@code target} and {@code mode}.
 */
final class Service {

    private Service() {}

    static Node.Mapping body(Node.Mapping service) {
        Node.Mapping known = (Node.Mapping) Interpolation.of(service);
        Map<String, Node.Entry> entries = new LinkedHashMap<>(known.entries());
        add(entries, "environment", Service::variable);
        add(entries, "ports", Service::port);
        add(entries, "volumes", Service::volume);
        if (known.get("build") instanceof Node.Mapping build && build.entries().get("args") != null) {
            Node.Entry args = build.entries().get("args");
            entries.put("_build_args", new Node.Entry(args.key(), list(args.value(), Service::variable)));
        }
        return new Node.Mapping(entries, known.region());
    }

    private static void add(Map<String, Node.Entry> entries, String key, Function<Node.Scalar, Node> shortForm) {
        Node.Entry entry = entries.get(key);
        boolean there = entry != null && !(entry.value() instanceof Node.Scalar scalar && scalar.value() == null);
        if (there) {
            entries.put("_" + key, new Node.Entry(entry.key(), list(entry.value(), shortForm)));
        }
    }

    private static Node list(Node node, Function<Node.Scalar, Node> shortForm) {
        List<Node> items = new ArrayList<>();
        if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(item ->
                    items.add(item instanceof Node.Scalar scalar ? shortForm.apply(scalar) : item));
        } else if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((name, entry) -> items.add(parts(entry.value().region(), Map.of(
                    "name", new Node.Scalar(name, entry.key()), "value", entry.value()))));
        } else {
            return node;
        }
        return new Node.Sequence(items, node.region());
    }

    private static Node variable(Node.Scalar scalar) {
        String text = String.valueOf(scalar.value());
        int equals = text.indexOf('=');
        Region at = scalar.region();
        return equals < 0
                ? parts(at, Map.of("name", new Node.Scalar(text, at)))
                : parts(at, Map.of(
                        "name", new Node.Scalar(text.substring(0, equals), at),
                        "value", new Node.Scalar(text.substring(equals + 1), at)));
    }

    /** {@code [[host_ip:]published:]target[/protocol]}; an address of IPv6 stands in brackets. */
    private static Node port(Node.Scalar scalar) {
        String text = String.valueOf(scalar.value()).split("/", 2)[0];
        Region at = scalar.region();
        Map<String, Node> parts = new LinkedHashMap<>();
        int target = text.lastIndexOf(':');
        parts.put("target", new Node.Scalar(text.substring(target + 1), at));
        if (target >= 0) {
            String host = text.substring(0, target);
            int published = host.endsWith("]") ? -1 : host.lastIndexOf(':');
            parts.put("published", new Node.Scalar(host.substring(published + 1), at));
            if (published >= 0) {
                parts.put("host_ip", new Node.Scalar(host.substring(0, published).replaceAll("[\\[\\]]", ""), at));
            }
        }
        return parts(at, parts);
    }

    private static Node volume(Node.Scalar scalar) {
        String[] fields = String.valueOf(scalar.value()).split(":", 3);
        Region at = scalar.region();
        Map<String, Node> parts = new LinkedHashMap<>();
        parts.put("target", new Node.Scalar(fields.length > 1 ? fields[1] : fields[0], at));
        if (fields.length > 1) {
            parts.put("source", new Node.Scalar(fields[0], at));
        }
        if (fields.length > 2) {
            parts.put("mode", new Node.Scalar(fields[2], at));
        }
        return parts(at, parts);
    }

    private static Node parts(Region at, Map<String, Node> parts) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        parts.forEach((name, node) -> entries.put(name, new Node.Entry(node.region(), node)));
        return new Node.Mapping(entries, at);
    }
}
