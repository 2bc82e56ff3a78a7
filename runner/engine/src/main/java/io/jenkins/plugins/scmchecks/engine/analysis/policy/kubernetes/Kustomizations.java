package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.YamlDocuments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the kustomizations of a tree say about its files: a patch holds a part of a resource, so what it does not say
 * means nothing. Thread-safe.
 */
final class Kustomizations {

    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final int MAX_BYTES = 1_000_000;
    private static final int MAX_PARENTS = 4;
    private static final DocumentLimits LIMITS = new DocumentLimits(MAX_BYTES, 30, 50_000);

    private final SourceTree tree;
    private final Map<String, Set<String>> patches = new ConcurrentHashMap<>();

    Kustomizations(SourceTree tree) {
        this.tree = tree;
    }

    /** {@return whether a kustomization in the file's folder, or above it, uses the file as a patch} */
    boolean isPatch(String path) {
        String folder = parent(path);
        for (int i = 0; i < MAX_PARENTS; i++) {
            if (patches.computeIfAbsent(folder, this::patchesOf).contains(path)) {
                return true;
            }
            if (folder.isEmpty()) {
                return false;
            }
            folder = parent(folder);
        }
        return false;
    }

    private Set<String> patchesOf(String folder) {
        Set<String> found = new HashSet<>();
        for (String name : NAMES) {
            try {
                Optional<byte[]> content = tree.read(resolve(folder, name));
                if (content.isPresent() && content.get().length <= MAX_BYTES) {
                    YamlDocuments.read(
                            new String(content.get(), StandardCharsets.UTF_8),
                            LIMITS,
                            document -> addPatches(folder, document, found));
                }
            } catch (IOException | DocumentException e) {
                // The kustomization itself is a file of the tree: whoever reads it tells of it.
                continue;
            }
        }
        return found;
    }

    private static void addPatches(String folder, Node document, Set<String> found) {
        if (!(document instanceof Node.Mapping kustomization)) {
            return;
        }
        for (String key : List.of("patches", "patchesStrategicMerge", "patchesJson6902")) {
            if (kustomization.get(key) instanceof Node.Sequence list) {
                for (Node item : list.items()) {
                    Node file = item instanceof Node.Mapping patch ? patch.get("path") : item;
                    if (file instanceof Node.Scalar scalar && scalar.value() instanceof String name) {
                        found.add(resolve(folder, name));
                    }
                }
            }
        }
    }

    private static String resolve(String folder, String name) {
        List<String> parts = new ArrayList<>(folder.isEmpty() ? List.of() : List.of(folder.split("/")));
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
