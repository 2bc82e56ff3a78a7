package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The resources of an ARM template, with those that are nested in others and in nested deployments. */
final class ArmTemplate {

    private static final int MAX_DEPTH = 10;

    private final String path;
    private final List<Resource> found = new ArrayList<>();
    private final List<Deployment> deployments = new ArrayList<>();
    private final int[] steps = {Evaluation.MAX_STEPS};

    ArmTemplate(String path) {
        this.path = path;
    }

    /** @param given parameters that another file gives, by their names */
    List<Resource> resources(Node root, Map<String, Node> given) {
        Node.Mapping template = template(root);
        if (template != null) {
            entries(template, "parameters").forEach(this::parameter);
            Scope scope = scope(template);
            given.forEach((name, value) -> scope.parameter(name, new Expr.Literal(value)));
            template(template, scope, 0);
        }
        return found;
    }

    /** {@return the files of the tree that were used by the resources read, with what is given to them} */
    List<Deployment> deployments() {
        return deployments;
    }

    /** The template itself, or the one in an artifact of a blueprint or a template spec; null when there is none. */
    private static Node.Mapping template(Node root) {
        if (!(root instanceof Node.Mapping mapping)) {
            return null;
        }
        boolean whole = String.valueOf(Functions.text(mapping.get("$schema"))).contains("eploymentTemplate.json");
        if (whole) {
            return mapping;
        }
        Node.Mapping properties = mapping.get("properties") instanceof Node.Mapping inner ? inner : mapping;
        for (String name : List.of("template", "mainTemplate")) {
            if (properties.get(name) instanceof Node.Mapping wrapped && wrapped.get("resources") != null) {
                return wrapped;
            }
        }
        return null;
    }

    private void parameter(String name, Node.Entry entry) {
        if (entry.value() instanceof Node.Mapping parameter) {
            String type = String.valueOf(Functions.text(parameter.get("type")));
            boolean secure = type.toLowerCase(Locale.ROOT).startsWith("secure");
            Node value = parameter.get("defaultValue");
            found.add(Parameters.resource(
                    path, name, type, secure, ArmExpressions.isExpression(value) ? null : value, entry.key()));
        }
    }

    private void template(Node.Mapping template, Scope scope, int depth) {
        for (Node resource : items(template.get("resources"))) {
            if (resource instanceof Node.Mapping mapping) {
                resource(mapping, null, null, scope, depth);
            }
        }
    }

    /** A list, or since language version 2.0 a map by symbolic names. */
    private static Collection<Node> items(Node resources) {
        if (resources instanceof Node.Mapping mapping) {
            return mapping.entries().values().stream().map(Node.Entry::value).toList();
        }
        return resources instanceof Node.Sequence sequence ? sequence.items() : List.of();
    }

    private static Scope scope(Node.Mapping template) {
        Scope scope = new Scope();
        entries(template, "parameters").forEach((name, entry) -> {
            if (entry.value() instanceof Node.Mapping parameter && parameter.get("defaultValue") != null) {
                String type = String.valueOf(Functions.text(parameter.get("type"))).toLowerCase(Locale.ROOT);
                if (!type.startsWith("secure")) {
                    scope.parameter(name, ArmExpressions.of(parameter.get("defaultValue")));
                }
            }
        });
        if (template.get("variables") instanceof Node.Mapping variables) {
            for (Expr.Field field : ((Expr.Obj) ArmExpressions.of(variables)).fields()) {
                scope.variable(Functions.text(((Expr.Literal) field.name()).value()), field.value());
            }
        }
        return scope;
    }

    private static Map<String, Node.Entry> entries(Node.Mapping template, String key) {
        return template.get(key) instanceof Node.Mapping mapping ? mapping.entries() : Map.of();
    }

    private void resource(Node.Mapping resource, String parentType, String parentName, Scope scope, int depth) {
        String written = Functions.text(resource.get("type"));
        if (written == null || depth > MAX_DEPTH) {
            return;
        }
        String own = written.endsWith("/") ? written.substring(0, written.length() - 1) : written;
        Evaluation outside = new Evaluation(scope, new ArrayList<>(), steps);
        for (Map<String, Node> round : outside.rounds(ArmLoops.ofResource(resource))) {
            instance(resource, round, parentType == null ? own : parentType + "/" + own, parentType, parentName, scope,
                    depth);
        }
    }

    private void instance(Node.Mapping resource, Map<String, Node> round, String type, String parentType,
            String parentName, Scope scope, int depth) {
        List<Node> references = new ArrayList<>();
        Evaluation evaluation = new Evaluation(scope, references, steps);
        Node name = resource.get("name") == null ? null
                : evaluation.of(ArmExpressions.of(resource.get("name")), round);
        String shown = Functions.text(name) != null ? Functions.text(name)
                : String.valueOf(Functions.text(resource.get("name")));
        String fullName = parentName == null ? shown : parentName + "/" + shown;
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        resource.entries().forEach((key, entry) -> {
            boolean body = !key.equals("resources") && !isNested(type, key);
            if (body) {
                entries.put(key, new Node.Entry(entry.key(), evaluation.of(ArmExpressions.of(entry.value()), round)));
            }
        });
        if (parentName != null) {
            references.add(new Node.Scalar(parentType + "/" + parentName, resource.region()));
        } else if (fullName.contains("/") && type.indexOf('/') != type.lastIndexOf('/')) {
            references.add(new Node.Scalar(
                    type.substring(0, type.lastIndexOf('/')) + "/" + fullName.substring(0, fullName.lastIndexOf('/')),
                    resource.region()));
        }
        Region head = resource.entries().get("type").key();
        entries.put("_references", new Node.Entry(head, new Node.Sequence(references, head)));
        found.add(new Resource(ArmReader.PLATFORM, type, type + "/" + fullName, path,
                Region.line(head.startLine()), new Node.Mapping(entries, resource.region())));
        for (Node child : items(resource.get("resources"))) {
            if (child instanceof Node.Mapping mapping) {
                boolean whole = String.valueOf(Functions.text(mapping.get("type"))).contains(".");
                resource(mapping, whole ? null : type, whole ? null : fullName, scope, depth + 1);
            }
        }
        if (isNested(type, "properties") && resource.get("properties") instanceof Node.Mapping properties
                && properties.get("template") instanceof Node.Mapping inner) {
            boolean scoped = String.valueOf(properties.get("expressionEvaluationOptions")).toLowerCase(Locale.ROOT)
                    .contains("value=inner");
            template(inner, scoped ? innerScope(inner, properties, evaluation) : scope, depth + 1);
        } else if (isNested(type, "properties") && resource.get("properties") instanceof Node.Mapping properties
                && properties.get("templateLink") instanceof Node.Mapping link && link.get("relativePath") != null) {
            String linked = Functions.text(evaluation.of(ArmExpressions.of(link.get("relativePath")), round));
            Node parameters = properties.get("parameters") == null ? null
                    : evaluation.of(ArmExpressions.of(properties.get("parameters")), round);
            Deployment.of(path, String.valueOf(linked), Deployment.given(parameters)).ifPresent(deployments::add);
        }
    }

    /** A nested template with a scope of its own gets its parameters from outside. */
    private static Scope innerScope(Node.Mapping inner, Node.Mapping properties, Evaluation outside) {
        Scope scope = scope(inner);
        entries(properties, "parameters").forEach((name, entry) -> {
            Node value = entry.value() instanceof Node.Mapping mapping ? mapping.get("value") : null;
            scope.parameter(name, new Expr.Literal(value == null
                    ? new Node.Unknown("given from outside", entry.key())
                    : outside.of(ArmExpressions.of(value))));
        });
        return scope;
    }

    private static boolean isNested(String type, String key) {
        return type.equalsIgnoreCase("Microsoft.Resources/deployments") && key.equals("properties");
    }
}
