package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes.KustomizeBuild.Item;
import java.util.ArrayList;
import java.util.List;

/** The patches of one kustomization: in files or written into it, strategic merges or JSON patches. */
final class KustomizePatches {

    private static final int MAX_SELECTOR = 500;

    private final Kustomization kustomization;
    private final KustomizeFiles files;
    private final List<String> problems;

    KustomizePatches(Kustomization kustomization, KustomizeFiles files, List<String> problems) {
        this.kustomization = kustomization;
        this.files = files;
        this.problems = problems;
    }

    /** {@code patchesStrategicMerge}: files, or the patches themselves. */
    List<Item> strategic(List<Item> given) {
        List<Item> items = given;
        for (Node entry : kustomization.items("patchesStrategicMerge")) {
            try {
                items = patched(items, content(entry, entry), null);
            } catch (KustomizeException e) {
                problems.add(kustomization.path() + ": " + e.getMessage());
            }
        }
        return items;
    }

    /** {@code patches}: either kind, with or without a target. */
    List<Item> either(List<Item> items) {
        return targeted(items, "patches");
    }

    /** {@code patchesJson6902}. */
    List<Item> json(List<Item> items) {
        return targeted(items, "patchesJson6902");
    }

    private List<Item> targeted(List<Item> given, String key) {
        List<Item> items = given;
        for (Node entry : kustomization.items(key)) {
            if (entry instanceof Node.Mapping patch) {
                try {
                    Node.Mapping target = patch.get("target") instanceof Node.Mapping mapping ? mapping : null;
                    items = patched(items, content(patch.get("path"), patch.get("patch")), target);
                } catch (KustomizeException e) {
                    problems.add(kustomization.path() + ": " + e.getMessage());
                }
            }
        }
        return items;
    }

    /** The documents of a file, or else of a text. */
    private List<Node> content(Node file, Node text) throws KustomizeException {
        String name = Kustomization.text(file);
        if (name != null && name.indexOf('\n') < 0 && !name.contains(": ")) {
            String path = Kustomization.resolve(kustomization.folder(), name).orElseThrow(
                    () -> new KustomizeException("the patch " + name + " is outside of the tree"));
            List<Node> documents = files.read(path).orElseThrow(
                    () -> new KustomizeException("there is no patch " + name));
            List<Node> placed = new ArrayList<>();
            for (Node document : documents) {
                placed.add(files.part(path, document));
            }
            return placed;
        }
        if (text instanceof Node.Scalar scalar && scalar.value() != null) {
            return files.inline(kustomization.path(), scalar);
        }
        throw new KustomizeException("a patch has neither a path nor a text");
    }

    private List<Item> patched(List<Item> given, List<Node> documents, Node.Mapping target)
            throws KustomizeException {
        List<Item> items = given;
        for (Node document : documents) {
            List<Item> changed = new ArrayList<>();
            for (Item item : items) {
                boolean meant = target != null ? isTarget(item, target)
                        : document instanceof Node.Mapping patch && isSame(item, patch);
                Item result = meant ? patched(item, document) : item;
                if (result != null) {
                    changed.add(result);
                }
            }
            items = changed;
        }
        return items;
    }

    private static Item patched(Item item, Node document) throws KustomizeException {
        if (document instanceof Node.Sequence operations) {
            return item.with(JsonPatch.apply(item.body(), operations));
        }
        if (!(document instanceof Node.Mapping patch)) {
            throw new KustomizeException("a patch is neither a map nor a list");
        }
        Node.Mapping body = StrategicMerge.apply(item.body(), KustomizePatch.withoutIdentity(patch));
        return body == null ? null : item.with(body);
    }

    /** Without a target a patch says itself whom it means. */
    private static boolean isSame(Item item, Node.Mapping patch) {
        Node.Mapping metadata = patch.get("metadata") instanceof Node.Mapping mapping ? mapping : null;
        String name = metadata == null ? null : Kustomization.text(metadata.get("name"));
        String namespace = metadata == null ? null : Kustomization.text(metadata.get("namespace"));
        return item.names().contains(name)
                && equal(item.kind(), Kustomization.text(patch.get("kind")))
                && equal(group(item.body()), group(patch))
                && (namespace == null || item.namespace() == null || namespace.equals(item.namespace()));
    }

    private static boolean isTarget(Item item, Node.Mapping target) throws KustomizeException {
        String apiVersion = Kustomization.text(item.body().get("apiVersion"));
        String version = apiVersion == null ? "" : apiVersion.substring(apiVersion.indexOf('/') + 1);
        boolean named = target.get("name") == null;
        for (String name : item.names()) {
            named |= matches(target, "name", name);
        }
        return named
                && matches(target, "kind", item.kind())
                && matches(target, "group", group(item.body()))
                && matches(target, "version", version)
                && matches(target, "namespace", item.namespace() == null ? "default" : item.namespace())
                && KustomizePatch.selects(target.get("labelSelector"), item, "labels")
                && KustomizePatch.selects(target.get("annotationSelector"), item, "annotations");
    }

    /** The fields of a target are regular expressions for the whole value. */
    private static boolean matches(Node.Mapping target, String field, String value) throws KustomizeException {
        String wanted = Kustomization.text(target.get(field));
        if (wanted == null || wanted.isEmpty() || wanted.equals(value)) {
            return true;
        }
        boolean plain = wanted.matches("[\\w./-]*") || wanted.length() > MAX_SELECTOR;
        if (plain || value == null) {
            return false;
        }
        try {
            return com.google.re2j.Pattern.matches(wanted, value);
        } catch (com.google.re2j.PatternSyntaxException e) {
            throw new KustomizeException("the target's " + field + " is no pattern: " + e.getMessage());
        }
    }

    private static String group(Node.Mapping body) {
        String apiVersion = Kustomization.text(body.get("apiVersion"));
        int slash = apiVersion == null ? -1 : apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static boolean equal(String a, String b) {
        return a != null && a.equals(b);
    }
}
