package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which resources complete which: providers split one thing into several resources, such as a bucket and its public
 * access block. One resource belongs to another when an attribute that names an owner refers to it, or has the same
 * name as it.
 */
final class Relations {

    /** Attributes by which a resource names the one that it belongs to. */
    static final Set<String> OWNER_ATTRIBUTES = Set.of(
            "bucket", "repository", "security_group_id", "vpc_id", "role", "arn", "queue_url", "load_balancer_arn",
            "resource_arn", "secret_id", "secret_arn", "file_system_id", "key_id", "domain_name", "domain",
            "function_name", "cluster_identifier", "network_acl_id", "rest_api_id", "stage_name", "api_id", "topic_arn",
            "storage_account_id", "storage_account_name", "subnet_id", "network_security_group_id",
            "network_security_group_name", "server_id", "mssql_server_id", "server_name", "key_vault_id",
            "target_resource_id", "network_interface_id", "database_id", "registry_id", "cosmosdb_account_id",
            "cluster", "cluster_name", "crypto_key_id", "network", "instance", "topic", "subscription", "dataset_id",
            "service_account_id", "user", "group", "web_acl_arn", "firewall_arn", "hosted_zone_id", "zone_id",
            "resource_id", "virtual_machine_id", "managed_disk_id", "synapse_workspace_id", "sql_pool_id",
            "workspace_id", "instance_id", "source_vm_id", "name");

    /** Attributes in a nested block by which a resource names the one that it belongs to. */
    private static final Set<String> NESTED_OWNER_ATTRIBUTES = Set.of("private_connection_resource_id");

    /** Attributes that are a resource's name, by which others may name it without a reference. */
    private static final List<String> NAMES = List.of("bucket", "name");

    /** What is known of one owner: the resources that complete it, by type, and types of which more may do so. */
    record Companions(Map<String, List<ResourceInstance>> known, Set<String> maybe) {}

    private final Map<String, List<ResourceInstance>> byType = new HashMap<>();
    private final Map<ResourceInstance, Companions> companions = new HashMap<>();
    private final Map<ResourceInstance, Set<ResourceInstance>> owners = new HashMap<>();
    private final Set<ResourceInstance> ownerUnknown = new HashSet<>();

    /** @param resources all of one root module and the modules it calls */
    Relations(List<ResourceInstance> resources) {
        for (ResourceInstance resource : resources) {
            if (!resource.isData()) {
                byType.computeIfAbsent(resource.type(), type -> new ArrayList<>()).add(resource);
            }
        }
        byType.values().forEach(all -> all.forEach(this::relate));
    }

    /** {@return what completes a resource} */
    Companions companions(ResourceInstance owner) {
        return companions.getOrDefault(owner, new Companions(Map.of(), Set.of()));
    }

    /** {@return the resources that one belongs to} */
    Set<ResourceInstance> owners(ResourceInstance resource) {
        return owners.getOrDefault(resource, Set.of());
    }

    /** {@return whether a resource may belong to one that is not known} */
    boolean ownerUnknown(ResourceInstance resource) {
        return ownerUnknown.contains(resource);
    }

    private void relate(ResourceInstance resource) {
        for (Body.Attribute attribute : resource.body().attributes().values()) {
            if (OWNER_ATTRIBUTES.contains(attribute.name())) {
                relate(resource, attribute);
            }
        }
        for (Body.Block block : resource.body().blocks()) {
            for (Body.Attribute attribute : block.body().attributes().values()) {
                if (NESTED_OWNER_ATTRIBUTES.contains(attribute.name())) {
                    relate(resource, attribute);
                }
            }
        }
    }

    private void relate(ResourceInstance resource, Body.Attribute attribute) {
        ResourceInstance referred = referred(attribute.value(), resource);
        if (referred != null) {
            if (!referred.isData() && referred != resource) {
                add(referred, resource);
            }
            return;
        }
        Object value = resource.evaluator().evaluateSafely(attribute.value(), resource.scope());
        List<ResourceInstance> candidates = candidates(resource.type());
        boolean found = false;
        for (ResourceInstance candidate : candidates) {
            for (String name : NAMES) {
                if (candidate.body().value(name) != null && sameName(candidate.get(name), value)) {
                    add(candidate, resource);
                    found = true;
                }
            }
        }
        if (!found && Values.isUnknown(value) && !attribute.name().equals("name")) {
            ownerUnknown.add(resource);
            candidates.forEach(c -> of(c).maybe().add(resource.type()));
        }
    }

    private static boolean sameName(Object name, Object other) {
        return name != null && Boolean.TRUE.equals(Values.equal(name, other));
    }

    /** {@return the resource of which the expression is an attribute, through variables and locals too, or null} */
    private static ResourceInstance referred(Expression expression, ResourceInstance from) {
        Expression target = expression instanceof Expression.Template template && template.parts().size() == 1
                ? template.parts().get(0)
                : expression;
        if (target instanceof Expression.Attribute attribute) {
            Object of = from.evaluator().evaluateSafely(attribute.target(), from.scope());
            Object single = of instanceof Values.AnyKey any ? any.instance() : of;
            if (single instanceof ResourceInstance resource) {
                return resource;
            }
        }
        Object value = from.evaluator().evaluateSafely(target, from.scope());
        return value instanceof ResourceInstance resource ? resource
                : value instanceof UnknownValue unknown ? unknown.origin() : null;
    }

    /** {@return resources whose type is a beginning of this one, as aws_s3_bucket is of aws_s3_bucket_policy} */
    private List<ResourceInstance> candidates(String type) {
        List<ResourceInstance> result = new ArrayList<>();
        for (int end = type.lastIndexOf('_'); end > 0; end = type.lastIndexOf('_', end - 1)) {
            result.addAll(byType.getOrDefault(type.substring(0, end), List.of()));
        }
        return result;
    }

    private void add(ResourceInstance owner, ResourceInstance companion) {
        if (owners.computeIfAbsent(companion, c -> new LinkedHashSet<>()).add(owner)) {
            of(owner).known().computeIfAbsent(companion.type(), type -> new ArrayList<>(1)).add(companion);
        }
    }

    private Companions of(ResourceInstance owner) {
        return companions.computeIfAbsent(
                owner, o -> new Companions(new LinkedHashMap<>(), new LinkedHashSet<>()));
    }
}
