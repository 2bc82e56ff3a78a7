package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The fields of a mapping in a pack, with mistakes told by their line. */
final class PackFields {

    private final Node.Mapping mapping;

    /** A field that is missing or wrong. */
    static final class FieldException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        FieldException(String message, int line) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    PackFields(Node.Mapping mapping) {
        this.mapping = mapping;
    }

    static PackFields of(Node node, String what) throws FieldException {
        if (node instanceof Node.Mapping mapping) {
            return new PackFields(mapping);
        }
        throw new FieldException(what + " must be a mapping", node.region().startLine());
    }

    boolean has(String key) {
        return mapping.get(key) != null;
    }

    Set<String> keys() {
        return mapping.entries().keySet();
    }

    void allowOnly(Set<String> known) throws FieldException {
        for (String key : keys()) {
            if (!known.contains(key)) {
                throw new FieldException(
                        "unknown key '" + key + "'; there are "
                                + String.join(", ", known.stream().sorted().toList()),
                        mapping.entries().get(key).key().startLine());
            }
        }
    }

    FieldException mistake(String key, String problem) {
        Node.Entry entry = mapping.entries().get(key);
        return new FieldException(problem, (entry == null ? mapping.region() : entry.key()).startLine());
    }

    String text(String key) throws FieldException {
        String text = text(key, null);
        if (text == null || text.isBlank()) {
            throw mistake(key, "'" + key + "' is missing");
        }
        return text;
    }

    String text(String key, String otherwise) throws FieldException {
        Node node = mapping.get(key);
        if (node == null) {
            return otherwise;
        }
        if (node instanceof Node.Scalar scalar) {
            return scalar.value() == null ? otherwise : scalar.value().toString().strip();
        }
        throw mistake(key, "'" + key + "' must be a text");
    }

    /** {@return the texts of a list, or the one text that stands for a list of one; empty when there is none} */
    List<String> texts(String key) throws FieldException {
        List<String> texts = new ArrayList<>();
        for (Node node : list(key)) {
            if (!(node instanceof Node.Scalar scalar) || scalar.value() == null) {
                throw mistake(key, "'" + key + "' must be a list of texts");
            }
            texts.add(scalar.value().toString().strip());
        }
        return texts;
    }

    List<Node> list(String key) throws FieldException {
        Node node = mapping.get(key);
        if (node == null || node instanceof Node.Scalar scalar && scalar.value() == null) {
            return List.of();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        if (node instanceof Node.Scalar) {
            return List.of(node);
        }
        throw mistake(key, "'" + key + "' must be a list");
    }

    PackFields mapping(String key) throws FieldException {
        if (mapping.get(key) instanceof Node.Mapping inner) {
            return new PackFields(inner);
        }
        throw mistake(key, "'" + key + "' must be a mapping");
    }
}
