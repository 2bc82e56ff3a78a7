package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Patch (RFC 6902). */
final class JsonPatch {

    private JsonPatch() {}

    /** @throws KustomizeException when an operation cannot be done */
    static Node.Mapping apply(Node.Mapping body, Node.Sequence operations) throws KustomizeException {
        Node result = body;
        for (Node item : operations.items()) {
            if (!(item instanceof Node.Mapping operation)) {
                throw new KustomizeException("a JSON patch has something else than operations");
            }
            result = apply(result, operation);
        }
        if (result instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw new KustomizeException("a JSON patch leaves no resource behind");
    }

    private static Node apply(Node body, Node.Mapping operation) throws KustomizeException {
        String kind = Kustomization.text(operation.get("op"));
        List<String> path = pointer(Kustomization.text(operation.get("path")));
        Node.Entry value = operation.entries().get("value");
        switch (kind == null ? "" : kind) {
            case "add", "replace" -> {
                if (value == null) {
                    throw new KustomizeException("an operation of a JSON patch has no value");
                }
                return set(body, path, value, kind.equals("add"));
            }
            case "remove" -> {
                return set(body, path, null, false);
            }
            case "copy", "move" -> {
                List<String> from = pointer(Kustomization.text(operation.get("from")));
                Node.Entry source = new Node.Entry(operation.region(), get(body, from));
                return set(kind.equals("move") ? set(body, from, null, false) : body, path, source, true);
            }
            case "test" -> {
                return body;
            }
            default -> throw new KustomizeException("a JSON patch has the operation '" + kind + "'");
        }
    }

    private static List<String> pointer(String text) throws KustomizeException {
        if (text == null || !text.startsWith("/")) {
            throw new KustomizeException("a JSON patch has no path that begins with '/'");
        }
        List<String> steps = new ArrayList<>();
        for (String step : text.substring(1).split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }

    private static Node get(Node node, List<String> path) throws KustomizeException {
        Node at = node;
        for (String step : path) {
            Node next = at instanceof Node.Mapping mapping ? mapping.get(step)
                    : at instanceof Node.Sequence list ? list.items().get(index(step, list.items().size() - 1)) : null;
            if (next == null) {
                throw missing(path);
            }
            at = next;
        }
        return at;
    }

    /** Puts a value there, or takes away what is there when the value is null. */
    private static Node set(Node node, List<String> path, Node.Entry value, boolean add) throws KustomizeException {
        String step = path.get(0);
        boolean last = path.size() == 1;
        List<String> rest = path.subList(1, path.size());
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>(mapping.entries());
            Node.Entry old = entries.get(step);
            if (old == null && !(last && add)) {
                throw missing(path);
            }
            if (!last) {
                entries.put(step, new Node.Entry(old.key(), set(old.value(), rest, value, add)));
            } else if (value == null) {
                entries.remove(step);
            } else {
                entries.put(step, value);
            }
            return new Node.Mapping(entries, mapping.region());
        }
        if (node instanceof Node.Sequence list) {
            List<Node> items = new ArrayList<>(list.items());
            boolean end = step.equals("-");
            int at = end ? items.size() - (last && add ? 0 : 1) : index(step, items.size() - (last && add ? 0 : 1));
            if (at < 0) {
                throw missing(path);
            }
            if (!last) {
                items.set(at, set(items.get(at), rest, value, add));
            } else if (value == null) {
                items.remove(at);
            } else if (add) {
                items.add(at, value.value());
            } else {
                items.set(at, value.value());
            }
            return new Node.Sequence(items, list.region());
        }
        throw missing(path);
    }

    private static int index(String step, int max) throws KustomizeException {
        int index = step.matches("\\d{1,6}") ? Integer.parseInt(step) : -1;
        if (index < 0 || index > max) {
            throw new KustomizeException("a JSON patch names the element " + step + ", which is not there");
        }
        return index;
    }

    private static KustomizeException missing(List<String> path) {
        return new KustomizeException("a JSON patch names '" + String.join("/", path) + "', which is not there");
    }
}
