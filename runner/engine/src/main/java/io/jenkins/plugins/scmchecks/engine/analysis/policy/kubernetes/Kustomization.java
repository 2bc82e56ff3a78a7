package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One kustomization file, as kubectl.docs.kubernetes.io/references/kustomize/kustomization describes it.
 *
 * @param path of the file
 * @param root what it says
 */
record Kustomization(String path, Node.Mapping root) {

    /** The names that kustomize looks for, in its order. */
    static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    static boolean isOne(String path) {
        return NAMES.contains(path.substring(path.lastIndexOf('/') + 1));
    }

    String folder() {
        return folderOf(path);
    }

    static String folderOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** A part for others: on its own it need not make sense. */
    boolean isComponent() {
        return "Component".equals(text(root.get("kind")));
    }

    /** {@return files and folders that it takes resources from, from the tree's root; remote ones are left out} */
    List<String> resources() {
        List<String> found = new ArrayList<>(paths("resources"));
        found.addAll(paths("bases"));
        return found;
    }

    List<String> components() {
        return paths("components");
    }

    /** {@return the files that hold patches} */
    List<String> patchFiles() {
        List<String> found = new ArrayList<>();
        for (String key : List.of("patches", "patchesStrategicMerge", "patchesJson6902")) {
            for (Node item : items(key)) {
                Node file = item instanceof Node.Mapping patch ? patch.get("path") : item;
                String name = text(file);
                if (name != null && name.indexOf('\n') < 0) {
                    resolve(folder(), name).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /** {@return what it takes from elsewhere, as it is written} */
    List<String> remote() {
        List<String> found = new ArrayList<>();
        for (String key : List.of("resources", "bases", "components")) {
            for (Node item : items(key)) {
                String name = text(item);
                if (name != null && isRemote(name)) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    private List<String> paths(String key) {
        List<String> found = new ArrayList<>();
        for (Node item : items(key)) {
            String name = text(item);
            if (name != null && !isRemote(name)) {
                resolve(folder(), name).ifPresent(found::add);
            }
        }
        return found;
    }

    List<Node> items(String key) {
        return root.get(key) instanceof Node.Sequence list ? list.items() : List.of();
    }

    private static boolean isRemote(String name) {
        return name.contains("://") || name.contains("?ref=") || name.startsWith("git@")
                || name.matches("(?:[\\w-]+\\.)+(?:com|org|io|net|dev)/.*");
    }

    /** {@return the path from the tree's root, or empty when it leads out of the tree} */
    static Optional<String> resolve(String folder, String name) {
        List<String> parts = new ArrayList<>(folder.isEmpty() ? List.of() : List.of(folder.split("/")));
        for (String part : name.strip().split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.remove(parts.size() - 1);
            } else if (!part.equals(".") && !part.isEmpty()) {
                parts.add(part);
            }
        }
        return name.startsWith("/") ? Optional.empty() : Optional.of(String.join("/", parts));
    }

    static String text(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() != null ? scalar.value().toString() : null;
    }
}
