package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes.Manifest;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resources of Terraform's provider {@code hashicorp/kubernetes} as the Kubernetes objects that they make, so that the
 * policies of Kubernetes judge them too. The provider writes a manifest's {@code containers[].imagePullPolicy} as
 * {@code image_pull_policy} in a block {@code container}; {@code kubernetes_manifest} has the manifest as it is.
 */
final class KubernetesProvider {

    private static final String PREFIX = "kubernetes_";

    /** Blocks that stand for an element of a list, and the list's name in a manifest. */
    private static final Map<String, String> LISTS = Map.ofEntries(
            Map.entry("container", "containers"), Map.entry("init_container", "initContainers"),
            Map.entry("port", "ports"), Map.entry("ports", "ports"), Map.entry("env", "env"),
            Map.entry("env_from", "envFrom"), Map.entry("volume", "volumes"),
            Map.entry("volume_mount", "volumeMounts"), Map.entry("volume_device", "volumeDevices"),
            Map.entry("toleration", "tolerations"), Map.entry("host_aliases", "hostAliases"),
            Map.entry("image_pull_secrets", "imagePullSecrets"), Map.entry("image_pull_secret", "imagePullSecrets"),
            Map.entry("rule", "rules"), Map.entry("subject", "subjects"), Map.entry("ingress", "ingress"),
            Map.entry("egress", "egress"), Map.entry("from", "from"), Map.entry("to", "to"),
            Map.entry("items", "items"), Map.entry("match_expressions", "matchExpressions"),
            Map.entry("volume_claim_template", "volumeClaimTemplates"), Map.entry("tls", "tls"),
            Map.entry("topology_spread_constraint", "topologySpreadConstraints"),
            Map.entry("http_header", "httpHeaders"), Map.entry("webhook", "webhooks"), Map.entry("sysctl", "sysctls"));

    /** Attributes whose keys are the user's own. */
    private static final Set<String> MAPS = Set.of(
            "labels", "annotations", "match_labels", "node_selector", "limits", "requests", "data", "binary_data",
            "string_data", "selector", "parameters", "volume_attributes");

    private static final Map<String, String> NAMES = Map.of(
            "host_pid", "hostPID", "host_ipc", "hostIPC", "cluster_ip", "clusterIP", "external_ips", "externalIPs",
            "non_resource_urls", "nonResourceURLs", "tls_bootstrap_server_name", "tlsBootstrapServerName");

    private static final Map<String, String> KINDS = Map.of("daemonset", "DaemonSet", "default_service_account",
            "ServiceAccount");

    /** Kinds outside of the core and {@code apps} whose group tells nothing more than they do. */
    private static final Map<String, String> GROUPS = Map.of("Role", "rbac.authorization.k8s.io/v1",
            "ClusterRole", "rbac.authorization.k8s.io/v1", "RoleBinding", "rbac.authorization.k8s.io/v1",
            "ClusterRoleBinding", "rbac.authorization.k8s.io/v1", "NetworkPolicy", "networking.k8s.io/v1",
            "Ingress", "networking.k8s.io/v1");

    private static final Set<String> CLUSTER_KINDS = Set.of(
            "ClusterRole", "ClusterRoleBinding", "Namespace", "PersistentVolume", "StorageClass", "PriorityClass",
            "IngressClass", "PodSecurityPolicy", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

    private KubernetesProvider() {}

    /** {@return the Kubernetes objects of a resource of Terraform, with its address; none when it makes none} */
    static List<Resource> resources(Resource resource) {
        String type = resource.type();
        if (!type.startsWith(PREFIX)) {
            return List.of();
        }
        Node manifest = type.equals("kubernetes_manifest")
                ? resource.body().get("manifest")
                : manifest(type, resource.body(), resource.region());
        List<Resource> result = new ArrayList<>();
        for (Resource made : Manifest.resources(resource.path(), manifest)) {
            result.add(new Resource(made.platform(), made.type(), resource.address(), made.path(),
                    resource.region(), made.body()));
        }
        return result;
    }

    private static Node.Mapping manifest(String type, Node.Mapping body, Region head) {
        String kind = kind(type);
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        entries.put("apiVersion", new Node.Entry(head, new Node.Scalar(GROUPS.getOrDefault(kind, "v1"), head)));
        entries.put("kind", new Node.Entry(head, new Node.Scalar(kind, head)));
        entries.putAll(converted(body).entries());
        if (!CLUSTER_KINDS.contains(kind)) {
            entries.computeIfPresent("metadata", (name, metadata) -> inNamespace(metadata));
        }
        return new Node.Mapping(entries, body.region());
    }

    /** The provider takes the namespace {@code default} when none is stated, whatever kubectl is set to. */
    private static Node.Entry inNamespace(Node.Entry metadata) {
        if (!(metadata.value() instanceof Node.Mapping stated) || stated.entries().containsKey("namespace")) {
            return metadata;
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>(stated.entries());
        entries.put("namespace", new Node.Entry(metadata.key(), new Node.Scalar("default", metadata.key())));
        return new Node.Entry(metadata.key(), new Node.Mapping(entries, stated.region()));
    }

    /** {@return such as {@code StatefulSet} of {@code kubernetes_stateful_set_v1}} */
    private static String kind(String type) {
        String name = type.substring(PREFIX.length()).replaceFirst("_v[0-9]+(beta[0-9]+)?$", "");
        String known = KINDS.get(name);
        String camel = camel(name);
        return known != null ? known : Character.toUpperCase(camel.charAt(0)) + camel.substring(1);
    }

    private static String camel(String name) {
        String known = NAMES.get(name);
        if (known != null) {
            return known;
        }
        StringBuilder result = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            boolean joint = name.charAt(i) == '_' && i + 1 < name.length() && result.length() > 0;
            result.append(joint ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return result.toString();
    }

    private static Node.Mapping converted(Node.Mapping mapping) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            String list = LISTS.get(name);
            boolean ownKeys = entry.value() instanceof Node.Mapping && MAPS.contains(name);
            Node value = ownKeys ? entry.value() : list != null ? list(entry.value()) : single(entry.value());
            entries.put(list != null ? list : camel(name), new Node.Entry(entry.key(), value));
        });
        return new Node.Mapping(entries, mapping.region());
    }

    private static Node list(Node value) {
        if (value instanceof Node.Mapping one) {
            return new Node.Sequence(List.of(converted(one)), one.region());
        }
        return value instanceof Node.Sequence sequence ? elements(sequence) : value;
    }

    /** A block that a manifest has once is a list of one here. */
    private static Node single(Node value) {
        if (value instanceof Node.Mapping one) {
            return converted(one);
        }
        if (!(value instanceof Node.Sequence sequence)) {
            return value;
        }
        boolean block = sequence.items().size() == 1 && sequence.items().get(0) instanceof Node.Mapping;
        return block ? converted((Node.Mapping) sequence.items().get(0)) : elements(sequence);
    }

    private static Node elements(Node.Sequence sequence) {
        List<Node> items = new ArrayList<>(sequence.items().size());
        for (Node item : sequence.items()) {
            items.add(item instanceof Node.Mapping mapping ? converted(mapping) : item);
        }
        return new Node.Sequence(items, sequence.region());
    }
}
