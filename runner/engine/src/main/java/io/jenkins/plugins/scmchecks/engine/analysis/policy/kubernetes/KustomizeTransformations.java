package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes.KustomizeBuild.Item;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a kustomization does with its resources, in kustomize's order. What it puts in stands where it says so. */
final class KustomizeTransformations {

    private static final Set<String> NEVER_RENAMED =
            Set.of("CustomResourceDefinition", "Namespace", "APIService");

    private final Kustomization kustomization;
    private final KustomizeFiles files;
    private final List<String> problems;

    private interface Change {
        Item of(Item item) throws KustomizeException;
    }

    KustomizeTransformations(Kustomization kustomization, KustomizeFiles files, List<String> problems) {
        this.kustomization = kustomization;
        this.files = files;
        this.problems = problems;
    }

    List<Item> apply(List<Item> given) {
        List<Item> items = given;
        KustomizePatches patches = new KustomizePatches(kustomization, files, problems);
        items = patches.strategic(items);
        items = patches.either(items);
        items = each(items, "namespace", this::namespace);
        if (has("namePrefix") || has("nameSuffix")) {
            items = items.stream().map(this::renamed).toList();
        }
        items = each(items, "labels", this::labels);
        items = each(items, "commonLabels", this::commonLabels);
        items = each(items, "commonAnnotations", this::annotations);
        items = patches.json(items);
        items = each(items, "replicas", this::replicas);
        items = each(items, "images", this::images);
        return each(items, "replacements", this::replacements);
    }

    private Item replacements(Item item) throws KustomizeException {
        List<Node> all = new ArrayList<>();
        for (Node entry : kustomization.items("replacements")) {
            String file = entry instanceof Node.Mapping mapping ? Kustomization.text(mapping.get("path")) : null;
            String path = file == null ? null : Kustomization.resolve(kustomization.folder(), file).orElse(null);
            if (path == null) {
                all.add(entry);
                continue;
            }
            for (Node document : files.read(path).orElse(List.of())) {
                all.addAll(document instanceof Node.Sequence list ? list.items() : List.of(document));
            }
        }
        return KustomizeReplacements.apply(item, all);
    }

    private boolean has(String key) {
        return kustomization.root().get(key) != null;
    }

    private List<Item> each(List<Item> items, String key, Change change) {
        if (!has(key)) {
            return items;
        }
        List<Item> changed = new ArrayList<>();
        for (Item item : items) {
            try {
                changed.add(change.of(item));
            } catch (KustomizeException e) {
                problems.add(e.getMessage());
                changed.add(item);
            }
        }
        return changed;
    }

    private Node own(String key) throws KustomizeException {
        return files.part(kustomization.path(), kustomization.root().get(key));
    }

    private Item namespace(Item item) throws KustomizeException {
        String namespace = Kustomization.text(kustomization.root().get("namespace"));
        Region at = files.part(kustomization.path(), kustomization.root().entries().get("namespace").key());
        Node.Scalar value = new Node.Scalar(namespace, at);
        if ("Namespace".equals(item.kind())) {
            return put(item, "name", value);
        }
        return item.kind() == null || Manifest.isOfCluster(item.kind()) ? item : put(item, "namespace", value);
    }

    private static Item put(Item item, String field, Node value) {
        Map<String, Node.Entry> metadata = new LinkedHashMap<>();
        Node.Entry old = item.body().entries().get("metadata");
        if (old != null && old.value() instanceof Node.Mapping mapping) {
            metadata.putAll(mapping.entries());
        }
        metadata.put(field, new Node.Entry(value.region(), value));
        Region region = old == null ? value.region() : old.value().region();
        Map<String, Node.Entry> body = new LinkedHashMap<>(item.body().entries());
        body.put("metadata", new Node.Entry(old == null ? value.region() : old.key(),
                new Node.Mapping(metadata, region)));
        return item.with(new Node.Mapping(body, item.body().region()));
    }

    private Item renamed(Item item) {
        String name = item.name();
        if (name == null || NEVER_RENAMED.contains(item.kind())) {
            return item;
        }
        String prefix = Kustomization.text(kustomization.root().get("namePrefix"));
        String suffix = Kustomization.text(kustomization.root().get("nameSuffix"));
        String changed = (prefix == null ? "" : prefix) + name + (suffix == null ? "" : suffix);
        Node old = ((Node.Mapping) item.body().get("metadata")).get("name");
        List<String> names = new ArrayList<>(item.names());
        names.add(changed);
        return new Item(item.path(), put(item, "name", new Node.Scalar(changed, old.region())).body(), names);
    }

    private Item labels(Item item) throws KustomizeException {
        Item result = item;
        for (Node entry : kustomization.items("labels")) {
            if (entry instanceof Node.Mapping label && label.get("pairs") != null) {
                Node pairs = files.part(kustomization.path(), label.get("pairs"));
                result = merged(result, List.of("metadata", "labels"), pairs);
                boolean selectors = isTrue(label.get("includeSelectors"));
                if (selectors || isTrue(label.get("includeTemplates"))) {
                    result = templates(result, pairs);
                }
                result = selectors ? selectors(result, pairs) : result;
            }
        }
        return result;
    }

    private Item commonLabels(Item item) throws KustomizeException {
        Node labels = own("commonLabels");
        return selectors(templates(merged(item, List.of("metadata", "labels"), labels), labels), labels);
    }

    private Item annotations(Item item) throws KustomizeException {
        Node more = own("commonAnnotations");
        return template(merged(item, List.of("metadata", "annotations"), more), "annotations", more);
    }

    private static Item templates(Item item, Node labels) {
        return template(item, "labels", labels);
    }

    private static Item template(Item item, String field, Node more) {
        Node.Mapping pod = Manifest.podHolder(item.kind(), item.body());
        if (pod == null || "Pod".equals(item.kind())) {
            return item;
        }
        List<String> path = "CronJob".equals(item.kind())
                ? List.of("spec", "jobTemplate", "spec", "template", "metadata", field)
                : List.of("spec", "template", "metadata", field);
        return merged(item, path, more);
    }

    private static Item selectors(Item item, Node labels) {
        return switch (item.kind() == null ? "" : item.kind()) {
            case "Service", "ReplicationController" -> merged(item, List.of("spec", "selector"), labels);
            case "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet" ->
                merged(item, List.of("spec", "selector", "matchLabels"), labels);
            default -> item;
        };
    }

    /** Merges a map into the one at the path, which is made when it is not there. */
    private static Item merged(Item item, List<String> path, Node more) {
        return more instanceof Node.Mapping mapping
                ? item.with(merged(item.body(), path, mapping))
                : item;
    }

    private static Node.Mapping merged(Node.Mapping body, List<String> path, Node.Mapping more) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(body.entries());
        if (path.isEmpty()) {
            entries.putAll(more.entries());
            return new Node.Mapping(entries, body.region());
        }
        Node.Entry old = entries.get(path.get(0));
        Node.Mapping inner = old != null && old.value() instanceof Node.Mapping mapping
                ? mapping
                : new Node.Mapping(Map.of(), more.region());
        entries.put(path.get(0), new Node.Entry(
                old == null ? more.region() : old.key(), merged(inner, path.subList(1, path.size()), more)));
        return new Node.Mapping(entries, body.region());
    }

    private Item replicas(Item item) throws KustomizeException {
        for (Node entry : kustomization.items("replicas")) {
            if (entry instanceof Node.Mapping replicas
                    && item.names().contains(Kustomization.text(replicas.get("name")))
                    && replicas.get("count") != null && item.body().get("spec") instanceof Node.Mapping) {
                Node count = files.part(kustomization.path(), replicas.get("count"));
                return merged(item, List.of("spec"), new Node.Mapping(
                        Map.of("replicas", new Node.Entry(count.region(), count)), count.region()));
            }
        }
        return item;
    }

    private Item images(Item item) throws KustomizeException {
        Node.Mapping pod = Manifest.podHolder(item.kind(), item.body());
        if (pod == null) {
            return item;
        }
        List<KustomizeImage> images = new ArrayList<>();
        for (Node entry : kustomization.items("images")) {
            if (entry instanceof Node.Mapping image) {
                images.add(KustomizeImage.of((Node.Mapping) files.part(kustomization.path(), image)));
            }
        }
        return item.with((Node.Mapping) KustomizeImage.replace(item.body(), images));
    }

    private static boolean isTrue(Node node) {
        return "true".equals(Kustomization.text(node));
    }
}
