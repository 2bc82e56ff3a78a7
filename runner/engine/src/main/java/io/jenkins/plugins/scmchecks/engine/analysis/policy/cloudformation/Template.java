package io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One template: its parameters and resources, with what SAM's {@code Globals} add to them. */
final class Template {

    static final String PARAMETER = "Parameter";

    private static final String SAM = "AWS::Serverless::";

    /** What a resource says beside its properties, and the name of the entry that tells it. */
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "DeletionPolicy", "_deletion_policy",
            "UpdateReplacePolicy", "_update_replace_policy",
            "Metadata", "_metadata",
            "DependsOn", "_depends_on");

    private final String path;
    private final Node.Mapping root;
    private final Values values;

    /** @param given parameters that another template gives, by their names */
    Template(String path, Node.Mapping root, Map<String, Node> given) {
        this.path = path;
        this.root = root;
        this.values = new Values(root, given);
    }

    /** {@return whether a document describes at least one resource of AWS, or says that it is a template} */
    static boolean isTemplate(Node document) {
        if (!(document instanceof Node.Mapping root) || !(root.get("Resources") instanceof Node.Mapping resources)) {
            return false;
        }
        return root.get("AWSTemplateFormatVersion") != null || root.get("Transform") != null
                || resources.entries().values().stream().anyMatch(entry -> {
                    String type = type(entry.value());
                    return type != null && (type.startsWith("AWS::") || type.startsWith("Alexa::"));
                });
    }

    List<Resource> resources() {
        List<Resource> found = new ArrayList<>();
        if (root.get("Parameters") instanceof Node.Mapping parameters) {
            parameters.entries().forEach((name, entry) -> {
                if (entry.value() instanceof Node.Mapping body) {
                    found.add(resource(PARAMETER, name, entry.key(), body));
                }
            });
        }
        resources((Node.Mapping) root.get("Resources"), found);
        return found;
    }

    private void resources(Node.Mapping resources, List<Resource> found) {
        resources.entries().forEach((id, entry) -> {
            ForEach loop = ForEach.of(id, entry.value(), values);
            String type = type(entry.value());
            if (loop != null) {
                loop.rounds(values, round -> resources(round, found));
            } else if (type != null) {
                Node.Mapping body = body((Node.Mapping) entry.value(), type, entry.key());
                found.add(resource(type, id, entry.key(), body));
            }
        });
    }

    private Resource resource(String type, String id, Region head, Node.Mapping body) {
        return new Resource(CloudFormationReader.PLATFORM, type, id, path, head, body);
    }

    private Node.Mapping body(Node.Mapping resource, String type, Region head) {
        List<Node> references = new ArrayList<>();
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        Node properties = withGlobals(resource.get("Properties"), type);
        Node known = properties == null ? null : values.of(properties, references);
        boolean unclear = false;
        if (known instanceof Node.Mapping mapping) {
            entries.putAll(mapping.entries());
        } else {
            unclear = known instanceof Node.Unknown;
        }
        ATTRIBUTES.forEach((attribute, name) -> {
            Node.Entry entry = resource.entries().get(attribute);
            if (entry != null) {
                entries.put(name, entry);
            }
        });
        if (unclear) {
            references.add(known);
        }
        entries.put("_references", new Node.Entry(head, new Node.Sequence(references, head)));
        return new Node.Mapping(entries, resource.region());
    }

    /** SAM: maps are merged, lists joined, and what the resource says itself wins. */
    private Node withGlobals(Node properties, String type) {
        Node globals = type.startsWith(SAM) && root.get("Globals") instanceof Node.Mapping all
                ? all.get(type.substring(SAM.length()))
                : null;
        return globals == null ? properties : properties == null ? globals : merged(globals, properties);
    }

    private static Node merged(Node globals, Node own) {
        if (globals instanceof Node.Sequence first && own instanceof Node.Sequence second) {
            List<Node> items = new ArrayList<>(first.items());
            items.addAll(second.items());
            return new Node.Sequence(items, own.region());
        }
        boolean maps = globals instanceof Node.Mapping && own instanceof Node.Mapping;
        if (!maps || Values.isFunction(globals) || Values.isFunction(own)) {
            return own;
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>(((Node.Mapping) globals).entries());
        ((Node.Mapping) own).entries().forEach((key, entry) -> {
            Node.Entry other = entries.get(key);
            entries.put(key, other == null
                    ? entry
                    : new Node.Entry(entry.key(), merged(other.value(), entry.value())));
        });
        return new Node.Mapping(entries, own.region());
    }

    private static String type(Node resource) {
        return resource instanceof Node.Mapping mapping
                        && mapping.get("Type") instanceof Node.Scalar scalar
                        && scalar.value() instanceof String text
                ? text
                : null;
    }
}
