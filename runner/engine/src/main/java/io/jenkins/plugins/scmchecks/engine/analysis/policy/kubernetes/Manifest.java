package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes resources of manifests. Whatever runs pods gets the entries {@code _pod} (the pod's spec),
 * {@code _pod_metadata} and {@code _containers} (all containers, those for initialization and debugging included), so
 * that one policy is enough for all kinds; everything gets {@code _namespace} when its namespace is stated.
 */
public final class Manifest {

    private static final int MAX_LIST_DEPTH = 5;

    /** Groups whose kinds are named without the group, as everybody does. */
    private static final Set<String> OWN_GROUPS = Set.of("", "apps", "batch", "extensions", "policy", "autoscaling");

    private static final Set<String> CLUSTER_KINDS = Set.of(
            "ClusterRole", "ClusterRoleBinding", "Namespace", "Node", "PersistentVolume", "StorageClass",
            "CustomResourceDefinition", "PriorityClass", "IngressClass", "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration", "PodSecurityPolicy", "APIService", "RuntimeClass", "CSIDriver");

    /** Kinds that run pods; one that says nothing of its pod is a part only. */
    private static final Set<String> WORKLOADS = Set.of(
            "Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob",
            "PodTemplate");

    private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers", "ephemeralContainers");

    private Manifest() {}

    /** {@return the resources of one document; none when it is no manifest} */
    public static List<Resource> resources(String path, Node document) {
        return resources(path, document, List.of());
    }

    /** @param parts other files that parts of it stand in, see {@link Resource#parts()} */
    static List<Resource> resources(String path, Node document, List<String> parts) {
        List<Resource> found = new ArrayList<>();
        add(path, document, 0, parts, found);
        return found;
    }

    static boolean isOfCluster(String kind) {
        return CLUSTER_KINDS.contains(kind);
    }

    private static void add(String path, Node node, int depth, List<String> parts, List<Resource> found) {
        if (!(node instanceof Node.Mapping mapping) || depth > MAX_LIST_DEPTH) {
            return;
        }
        String apiVersion = text(mapping.get("apiVersion"));
        String kind = text(mapping.get("kind"));
        if (apiVersion == null || kind == null) {
            return;
        }
        if (kind.endsWith("List") && mapping.get("items") instanceof Node.Sequence items) {
            items.items().forEach(item -> add(path, item, depth + 1, parts, found));
            return;
        }
        Node.Mapping known = (Node.Mapping) Placeholders.unknown(mapping);
        Resource resource = resource(path, apiVersion, kind, known, parts);
        if (resource != null) {
            found.add(resource);
        }
    }

    private static Resource resource(
            String path, String apiVersion, String kind, Node.Mapping body, List<String> parts) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(body.entries());
        Node.Mapping metadata = body.get("metadata") instanceof Node.Mapping mapping ? mapping : null;
        if (metadata != null && metadata.entries().get("namespace") != null) {
            entries.put("_namespace", metadata.entries().get("namespace"));
        }
        Node.Mapping holder = podHolder(kind, body);
        Node.Mapping pod = mapping(holder, "spec");
        boolean part = pod == null ? WORKLOADS.contains(kind) : isPart(pod);
        if (part) {
            return null;
        }
        if (pod != null) {
            Node.Entry spec = holder.entries().get("spec");
            entries.put("_pod", spec);
            entries.put("_containers", new Node.Entry(
                    containerKey(pod, spec.key()), new Node.Sequence(containers(pod), pod.region())));
            if (holder.entries().get("metadata") != null) {
                entries.put("_pod_metadata", holder.entries().get("metadata"));
            }
        }
        String type = type(apiVersion, kind);
        return new Resource(
                KubernetesReader.PLATFORM,
                type,
                address(type, metadata),
                path,
                head(body),
                new Node.Mapping(entries, body.region()),
                parts);
    }

    private static String type(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return OWN_GROUPS.contains(group) || group.endsWith(".k8s.io") ? kind : kind + "." + group;
    }

    private static String address(String type, Node.Mapping metadata) {
        String name = metadata == null ? null : text(metadata.get("name"));
        if (name == null && metadata != null && text(metadata.get("generateName")) != null) {
            name = text(metadata.get("generateName")) + "*";
        }
        String namespace = metadata == null ? null : text(metadata.get("namespace"));
        String last = name == null ? "(no name)" : name;
        return namespace == null || CLUSTER_KINDS.contains(type)
                ? type + "/" + last
                : type + "/" + namespace + "/" + last;
    }

    /** {@return the mapping that has the pod's {@code metadata} and {@code spec}, or null when nothing runs pods} */
    static Node.Mapping podHolder(String kind, Node.Mapping body) {
        if (kind == null) {
            return null;
        }
        if (kind.equals("Pod")) {
            return body;
        }
        if (kind.equals("PodTemplate")) {
            return mapping(body, "template");
        }
        Node.Mapping spec = mapping(body, "spec");
        if (kind.equals("CronJob")) {
            spec = mapping(mapping(spec, "jobTemplate"), "spec");
        }
        Node.Mapping template = mapping(spec, "template");
        return mapping(template, "spec") == null ? null : template;
    }

    private static List<Node> containers(Node.Mapping pod) {
        List<Node> containers = new ArrayList<>();
        for (String list : CONTAINER_LISTS) {
            if (pod.get(list) instanceof Node.Sequence sequence) {
                containers.addAll(sequence.items());
            }
        }
        return containers;
    }

    /** A pod without an image is a part that is merged into a whole one, as Kustomize's patches are. */
    private static boolean isPart(Node.Mapping pod) {
        return containers(pod).stream().noneMatch(Manifest::hasImage);
    }

    private static Region containerKey(Node.Mapping pod, Region otherwise) {
        Node.Entry entry = pod.entries().get("containers");
        return entry == null ? otherwise : entry.key();
    }

    private static boolean hasImage(Node container) {
        return container instanceof Node.Mapping mapping && mapping.get("image") != null;
    }

    /** From the first entry to the kind when they are neighbours, as they are by habit; else the first entry. */
    private static Region head(Node.Mapping body) {
        Region region = body.region();
        Region kind = body.entries().get("kind").value().region();
        boolean near = kind.startLine() - region.startLine() <= 1;
        return near
                ? new Region(region.startLine(), region.startColumn(), kind.endLine(), kind.endColumn())
                : Region.line(region.startLine());
    }

    private static Node.Mapping mapping(Node.Mapping holder, String key) {
        return holder != null && holder.get(key) instanceof Node.Mapping mapping ? mapping : null;
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() != null ? scalar.value().toString() : null;
    }
}
