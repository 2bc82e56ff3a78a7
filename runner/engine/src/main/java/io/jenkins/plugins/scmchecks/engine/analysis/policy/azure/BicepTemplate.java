package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The resources of a Bicep file; those of a loop over what is not known are there once, with what differs unknown. */
final class BicepTemplate {

    private final String path;
    private final Scope scope = new Scope();
    private final List<Resource> parameters = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();
    private final List<BicepStatement.Module> modules = new ArrayList<>();
    private String using;
    private final int[] steps = {Evaluation.MAX_STEPS};

    /** A declaration with its whole type and name. */
    private record Placed(BicepStatement.Declaration declaration, String type, String name, Placed parent) {

        String address() {
            return type + "/" + name;
        }
    }

    /** @param given parameters that another file gives, by their names */
    BicepTemplate(String path, List<BicepStatement> statements, Map<String, Node> given) {
        this.path = path;
        for (BicepStatement statement : statements) {
            if (statement instanceof BicepStatement.Parameter parameter) {
                boolean known = !parameter.secure() && parameter.value() != null;
                if (given.containsKey(parameter.name())) {
                    scope.parameter(parameter.name(), new Expr.Literal(given.get(parameter.name())));
                } else if (known) {
                    scope.parameter(parameter.name(), parameter.value());
                }
                Node value = parameter.value() instanceof Expr.Literal literal ? literal.value() : null;
                parameters.add(Parameters.resource(
                        path, parameter.name(), parameter.type(), parameter.secure(), value, parameter.head()));
            } else if (statement instanceof BicepStatement.Variable variable) {
                scope.variable(variable.name(), variable.value());
            } else if (statement instanceof BicepStatement.Module module) {
                modules.add(module);
            } else if (statement instanceof BicepStatement.Using template) {
                using = template.path();
            }
        }
        for (BicepStatement statement : statements) {
            if (statement instanceof BicepStatement.Declaration declaration) {
                place(declaration, null);
            }
        }
    }

    private void place(BicepStatement.Declaration declaration, Placed parent) {
        Placed outer = parent != null ? parent : parentByName(declaration);
        boolean partOnly = parent != null && !declaration.type().contains(".");
        String type = partOnly ? parent.type() + "/" + declaration.type() : declaration.type();
        String own = Functions.text(value(declaration, "name"));
        String shown = own != null ? own : declaration.name();
        Placed here = new Placed(
                declaration, type, outer == null ? shown : outer.name() + "/" + shown, outer);
        placed.add(here);
        scope.resource(declaration.name(), here.address());
        declaration.nested().forEach(child -> place(child, here));
    }

    private Placed parentByName(BicepStatement.Declaration declaration) {
        for (Expr.Field field : declaration.body().fields()) {
            if (field.value() instanceof Expr.Name name && isNamed(field, "parent")) {
                return placed.stream()
                        .filter(other -> other.declaration().name().equals(name.name()))
                        .findFirst()
                        .orElse(null);
            }
        }
        return null;
    }

    private static boolean isNamed(Expr.Field field, String name) {
        return field.name() instanceof Expr.Literal literal && name.equals(Functions.text(literal.value()));
    }

    private Node value(BicepStatement.Declaration declaration, String name) {
        for (Expr.Field field : declaration.body().fields()) {
            if (isNamed(field, name)) {
                return new Evaluation(scope, new ArrayList<>(), steps).of(field.value());
            }
        }
        return null;
    }

    /** {@return the files of the tree that are used, with what is given to them} */
    List<Deployment> deployments() {
        List<Deployment> found = new ArrayList<>();
        if (using != null) {
            Map<String, Node> given = new HashMap<>();
            Evaluation evaluation = new Evaluation(scope, new ArrayList<>(), steps);
            parameters.forEach(parameter -> {
                String name = Functions.text(parameter.body().get("name"));
                Region at = parameter.region();
                given.put(name, evaluation.of(new Expr.Name(name, at)));
            });
            Deployment.of(path, using, given).ifPresent(found::add);
        }
        for (BicepStatement.Module module : modules) {
            Evaluation evaluation = new Evaluation(scope, new ArrayList<>(), steps);
            for (Map<String, Node> round : evaluation.rounds(module.loop())) {
                Map<String, Node> given = new HashMap<>();
                if (evaluation.of(module.body(), round) instanceof Node.Mapping body
                        && body.get("params") instanceof Node.Mapping params) {
                    params.entries().forEach((name, entry) -> given.put(name, entry.value()));
                }
                Deployment.of(path, module.path(), given).ifPresent(found::add);
            }
        }
        return found;
    }

    List<Resource> resources() {
        List<Resource> found = new ArrayList<>(parameters);
        for (Placed resource : placed) {
            BicepStatement.Declaration declaration = resource.declaration();
            if (!declaration.existing()) {
                List<Node> references = new ArrayList<>();
                Evaluation evaluation = new Evaluation(scope, references, steps);
                for (Map<String, Node> round : evaluation.rounds(declaration.loop())) {
                    found.add(resource(resource, evaluation.of(declaration.body(), round), references));
                }
            }
        }
        return found;
    }

    private Resource resource(Placed resource, Node body, List<Node> references) {
        BicepStatement.Declaration declaration = resource.declaration();
        Region head = declaration.head();
        if (resource.parent() != null) {
            references.add(new Node.Scalar(resource.parent().address(), head));
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        if (!declaration.version().isEmpty()) {
            entries.put("apiVersion", new Node.Entry(head, new Node.Scalar(declaration.version(), head)));
        }
        if (body instanceof Node.Mapping mapping) {
            entries.putAll(mapping.entries());
        }
        entries.put("_references", new Node.Entry(head, new Node.Sequence(references, head)));
        return new Resource(ArmReader.PLATFORM, resource.type(), resource.address(), path,
                head, new Node.Mapping(entries, declaration.body().region()));
    }
}
