package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.JsonDocuments;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.YamlDocuments;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that one kustomization is built from. What is taken from another file than a resource's own gets line
 * numbers that tell the file, see {@link Resource#parts()}.
 */
final class KustomizeFiles {

    private static final int MAX_BYTES = 1_000_000;
    private static final int MAX_PARTS = 500;
    private static final DocumentLimits LIMITS = new DocumentLimits(MAX_BYTES, 60, 200_000);

    private final SourceTree tree;
    private final List<String> parts = new ArrayList<>();

    KustomizeFiles(SourceTree tree) {
        this.tree = tree;
    }

    /** {@return the paths that the numbers of lines tell, in their order} */
    List<String> parts() {
        return parts;
    }

    /** {@return the documents of a file; empty when there is no such file} */
    Optional<List<Node>> read(String path) throws KustomizeException {
        try {
            Optional<byte[]> content = tree.read(path);
            if (content.isEmpty()) {
                return Optional.empty();
            }
            if (content.get().length > MAX_BYTES) {
                throw new KustomizeException(path + " is larger than " + MAX_BYTES + " bytes");
            }
            return Optional.of(parse(path, new String(content.get(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new KustomizeException(path + " cannot be read: " + e.getMessage());
        }
    }

    /** {@return the kustomization of a folder} */
    Optional<Kustomization> kustomization(String folder) throws KustomizeException {
        for (String name : Kustomization.NAMES) {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            Optional<List<Node>> documents = read(path);
            if (documents.isPresent()) {
                return documents.get().stream()
                        .filter(Node.Mapping.class::isInstance)
                        .findFirst()
                        .map(root -> new Kustomization(path, (Node.Mapping) root));
            }
        }
        return Optional.empty();
    }

    /** {@return a node of one of the other files, so that its places tell the file} */
    Node part(String path, Node node) throws KustomizeException {
        return moved(node, offset(path));
    }

    /** {@return the place in one of the other files} */
    Region part(String path, Region region) throws KustomizeException {
        return moved(region, offset(path));
    }

    /**
     * The documents in a text that stands in a file, as a patch in a kustomization does.
     *
     * @param path of the file
     * @param scalar the text; a block's lines keep their places
     */
    List<Node> inline(String path, Node.Scalar scalar) throws KustomizeException {
        Region at = scalar.region();
        boolean block = at.endLine() > at.startLine();
        int indent = block ? indent(path, at.startLine()) : 0;
        List<Node> found = new ArrayList<>();
        for (Node node : parse(path, String.valueOf(scalar.value()))) {
            Node placed = replaced(node, region -> block ? indented(moved(region, at.startLine()), indent) : at);
            found.add(part(path, placed));
        }
        return found;
    }

    /** The spaces before a block's first line, which are no part of its text. */
    private int indent(String path, int line) throws KustomizeException {
        try {
            String text = new String(tree.read(path).orElse(new byte[0]), StandardCharsets.UTF_8);
            String first = text.lines().skip(line).findFirst().orElse("");
            return first.length() - first.stripLeading().length();
        } catch (IOException e) {
            throw new KustomizeException(path + " cannot be read: " + e.getMessage());
        }
    }

    private static Region indented(Region region, int columns) {
        return region == null || region.startColumn() == 0 ? region : new Region(region.startLine(),
                region.startColumn() + columns, region.endLine(), region.endColumn() + columns);
    }

    private static List<Node> parse(String path, String text) throws KustomizeException {
        List<Node> found = new ArrayList<>();
        try {
            if (path.endsWith(".json")) {
                found.add(JsonDocuments.read(text, LIMITS));
            } else {
                YamlDocuments.read(text, LIMITS, found::add);
            }
        } catch (DocumentException e) {
            throw new KustomizeException(path + " cannot be read: " + e.getMessage());
        }
        return found;
    }

    private int offset(String path) throws KustomizeException {
        int index = parts.indexOf(path);
        if (index < 0) {
            if (parts.size() == MAX_PARTS) {
                throw new KustomizeException("it is put together from more than " + MAX_PARTS + " files");
            }
            index = parts.size();
            parts.add(path);
        }
        return (index + 1) * Resource.PART_LINES;
    }

    private static Region moved(Region region, int lines) {
        return region == null ? null : new Region(
                region.startLine() + lines, region.startColumn(), region.endLine() + lines, region.endColumn());
    }

    private interface Placing {
        Region at(Region region);
    }

    private static Node moved(Node node, int lines) {
        return replaced(node, region -> moved(region, lines));
    }

    private static Node replaced(Node node, Placing placing) {
        Region region = placing.at(node.region());
        if (node instanceof Node.Scalar scalar) {
            return new Node.Scalar(scalar.value(), region);
        }
        if (node instanceof Node.Unknown unknown) {
            return new Node.Unknown(unknown.why(), region);
        }
        if (node instanceof Node.Sequence sequence) {
            return new Node.Sequence(
                    sequence.items().stream().map(item -> replaced(item, placing)).toList(), region);
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        ((Node.Mapping) node).entries().forEach((key, entry) ->
                entries.put(key, new Node.Entry(placing.at(entry.key()), replaced(entry.value(), placing))));
        return new Node.Mapping(entries, region);
    }
}
