package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Builds one kustomization as {@code kustomize build} does: resources, components, patches and the transformations that
 * policies see. Generators, plug-ins, remote resources and replacements are left out.
 */
final class KustomizeBuild {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_RESOURCES = 5_000;

    private final KustomizeFiles files;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> remote = new TreeSet<>();
    private final Set<String> used = new HashSet<>();

    /**
     * A resource while it is built.
     *
     * @param path of the file that it comes from
     * @param names that it has had: patches may use the old ones
     */
    record Item(String path, Node.Mapping body, List<String> names) {

        Item with(Node.Mapping changed) {
            return new Item(path, changed, names);
        }

        String kind() {
            return Kustomization.text(body.get("kind"));
        }

        String field(String name) {
            return body.get("metadata") instanceof Node.Mapping metadata
                    ? Kustomization.text(metadata.get(name))
                    : null;
        }

        String name() {
            return field("name");
        }

        String namespace() {
            return field("namespace");
        }
    }

    KustomizeBuild(SourceTree tree) {
        this.files = new KustomizeFiles(tree);
    }

    List<Item> build(Kustomization kustomization) {
        return build(kustomization, new ArrayList<>(), List.of());
    }

    /** {@return what could not be done, for people} */
    List<String> problems() {
        return problems;
    }

    /** {@return the resources from elsewhere that were not followed} */
    Set<String> remote() {
        return remote;
    }

    /** {@return the files whose resources were taken in} */
    Set<String> used() {
        return used;
    }

    List<String> parts() {
        return files.parts();
    }

    private List<Item> build(Kustomization kustomization, List<Item> given, List<String> above) {
        if (above.contains(kustomization.path()) || above.size() == MAX_DEPTH) {
            problems.add(kustomization.path() + " is built from itself, or too deeply");
            return given;
        }
        List<String> here = new ArrayList<>(above);
        here.add(kustomization.path());
        remote.addAll(kustomization.remote());
        List<Item> items = new ArrayList<>(given);
        kustomization.resources().forEach(path -> items.addAll(resources(path, here)));
        List<Item> all = items;
        for (String path : kustomization.components()) {
            try {
                Optional<Kustomization> component = files.kustomization(path);
                all = component.isPresent() ? build(component.get(), all, here) : all;
            } catch (KustomizeException e) {
                problems.add(e.getMessage());
            }
        }
        return new KustomizeTransformations(kustomization, files, problems).apply(all);
    }

    private List<Item> resources(String path, List<String> above) {
        List<Item> found = new ArrayList<>();
        try {
            Optional<Kustomization> base = files.kustomization(path);
            if (base.isPresent()) {
                return build(base.get(), List.of(), above);
            }
            for (Node document : files.read(path).orElse(List.of())) {
                add(path, document, found);
            }
            used.add(path);
        } catch (KustomizeException e) {
            problems.add(e.getMessage());
        }
        return found;
    }

    private void add(String path, Node document, List<Item> found) throws KustomizeException {
        if (!(document instanceof Node.Mapping body)) {
            return;
        }
        String kind = Kustomization.text(body.get("kind"));
        if (kind != null && kind.endsWith("List") && body.get("items") instanceof Node.Sequence items) {
            for (Node item : items.items()) {
                add(path, item, found);
            }
        } else if (found.size() == MAX_RESOURCES) {
            throw new KustomizeException(path + " has more than " + MAX_RESOURCES + " resources");
        } else {
            Item item = new Item(path, body, List.of());
            found.add(new Item(path, body, item.name() == null ? List.of() : List.of(item.name())));
        }
    }
}
