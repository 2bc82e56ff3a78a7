package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.LocalPath;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A template of the tree that another file uses, with the parameters that it gives: a module of Bicep, a linked
 * template, or what a file of parameters is for.
 *
 * @param paths of the template: the first that exists
 * @param parameters by their names; those that are not given have their defaults
 */
record Deployment(List<String> paths, Map<String, Node> parameters) {

    /** {@return what a module of Bicep or a linked template names, or empty when that is no file of the tree} */
    static Optional<Deployment> of(String from, String written, Map<String, Node> parameters) {
        return LocalPath.resolve(from, written).map(path -> new Deployment(List.of(path), parameters));
    }

    /** {@return the template that a file of parameters is for by its name, {@code main.parameters.json}, or empty} */
    static Optional<Deployment> ofParameters(String path, Node root) {
        int end = path.toLowerCase(Locale.ROOT).indexOf(".parameters", path.lastIndexOf('/') + 1);
        boolean named = end > 0 && root instanceof Node.Mapping file && file.get("parameters") instanceof Node.Mapping;
        if (!named) {
            return Optional.empty();
        }
        String name = path.substring(0, end);
        return Optional.of(new Deployment(
                List.of(name + ".json", name + ".bicep"), given(((Node.Mapping) root).get("parameters"))));
    }

    /** {@return the values of {@code {"name": {"value": …}}}; what refers to a key vault is unknown} */
    static Map<String, Node> given(Node parameters) {
        Map<String, Node> given = new HashMap<>();
        if (parameters instanceof Node.Mapping mapping) {
            mapping.entries().forEach((name, entry) -> {
                Node value = entry.value() instanceof Node.Mapping parameter ? parameter.get("value") : null;
                given.put(name, value == null ? new Node.Unknown("given at deployment", entry.key()) : value);
            });
        }
        return given;
    }
}
