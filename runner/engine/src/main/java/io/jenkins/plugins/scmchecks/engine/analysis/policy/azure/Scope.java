package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The names of one template: each computed once, when it is first asked for. */
final class Scope {

    private final Map<String, Expr> parameters = new HashMap<>();
    private final Map<String, Expr> variables = new HashMap<>();
    private final Map<String, String> resources = new HashMap<>();
    private final Map<String, Node> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    void parameter(String name, Expr value) {
        parameters.put(name, value);
    }

    void variable(String name, Expr value) {
        variables.put(name, value);
    }

    /** Tells of a resource's symbolic name and its address. */
    void resource(String name, String address) {
        resources.put(name, address);
    }

    /** {@return the address of the resource with the symbolic name, or null} */
    String address(String name) {
        return resources.get(name);
    }

    /** {@return the value, or null when there is no parameter of the name or nothing is known of it} */
    Node parameter(String name, Evaluation evaluation) {
        return value("p:" + name, parameters.get(name), evaluation);
    }

    /** {@return the value, or null when there is no variable of the name} */
    Node variable(String name, Evaluation evaluation) {
        return value("v:" + name, variables.get(name), evaluation);
    }

    private Node value(String key, Expr expression, Evaluation evaluation) {
        Node before = known.get(key);
        boolean computable = before == null && expression != null && open.size() < 50 && open.add(key);
        if (!computable) {
            return before;
        }
        Node value = evaluation.of(expression);
        open.remove(key);
        known.put(key, value);
        return value;
    }
}
