package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which resources of a plan complete which, by the references that the plan's configuration lists. */
final class PlanRelations {

    /** Farthest that a reference is followed through the inputs of modules. */
    private static final int MAX_DEPTH = ModuleInstance.MAX_DEPTH;

    private final Expression configuration;
    private final Map<String, List<PlanReader.Planned>> byConfiguredAddress = new HashMap<>();
    private final Map<PlanReader.Planned, Map<String, List<Node>>> related = new IdentityHashMap<>();
    private final Map<PlanReader.Planned, List<String>> references = new IdentityHashMap<>();

    PlanRelations(Expression configuration, List<PlanReader.Planned> planned) {
        this.configuration = PlanReader.field(configuration, "root_module");
        planned.forEach(one -> byConfiguredAddress
                .computeIfAbsent(configured(one.module()) + "|" + one.type() + "." + one.name(), k -> new ArrayList<>())
                .add(one));
        planned.forEach(this::relate);
    }

    /** Adds {@code _related} and {@code _references}, as {@link RootEvaluation} has them. */
    void addTo(PlanReader.Planned one, Map<String, Node.Entry> entries) {
        Map<String, List<Node>> byType = related.getOrDefault(one, Map.of());
        if (!byType.isEmpty()) {
            Map<String, Node.Entry> types = new LinkedHashMap<>();
            byType.forEach((type, all) ->
                    types.put(type, new Node.Entry(one.head(), new Node.Sequence(all, one.head()))));
            entries.put("_related", new Node.Entry(one.head(), new Node.Mapping(types, one.head())));
        }
        List<Node> addresses = new ArrayList<>();
        references.getOrDefault(one, List.of()).forEach(a -> addresses.add(new Node.Scalar(a, one.head())));
        if (!addresses.isEmpty()) {
            entries.put("_references", new Node.Entry(one.head(), new Node.Sequence(addresses, one.head())));
        }
    }

    private void relate(PlanReader.Planned one) {
        String module = configured(one.module());
        Expression resource = PlanReader.items(PlanReader.field(module(module), "resources")).stream()
                .filter(r -> PlanReader.text(PlanReader.field(r, "address")).equals(one.type() + "." + one.name()))
                .findFirst()
                .orElse(null);
        if (!(PlanReader.field(resource, "expressions") instanceof Expression.ObjectLiteral expressions)) {
            return;
        }
        for (Expression.ObjectLiteral.Item item : expressions.items()) {
            if (Relations.OWNER_ATTRIBUTES.contains(PlanReader.text(item.key()))) {
                owners(item.value(), module, 0).stream()
                        .filter(owner -> owner != one && sameInstance(owner, one))
                        .forEach(owner -> {
                            references.computeIfAbsent(one, k -> new ArrayList<>()).add(owner.address());
                            related.computeIfAbsent(owner, k -> new LinkedHashMap<>())
                                    .computeIfAbsent(one.type(), k -> new ArrayList<>())
                                    .add(new Node.Mapping(one.body(), owner.head()));
                        });
            }
        }
    }

    /** Where both have an index, the same one; where one has none, all go together. */
    private static boolean sameInstance(PlanReader.Planned owner, PlanReader.Planned one) {
        String a = index(owner.address());
        String b = index(one.address());
        return a.isEmpty() || b.isEmpty() || a.equals(b);
    }

    private static String index(String address) {
        int open = address.lastIndexOf('[');
        return open >= 0 && address.endsWith("]") ? address.substring(open) : "";
    }

    private List<PlanReader.Planned> owners(Expression expression, String module, int depth) {
        for (Expression reference : PlanReader.items(PlanReader.field(expression, "references"))) {
            String[] parts = PlanReader.text(reference).replaceAll("\\[[^]]*]", "").split("\\.");
            if (parts.length < 2) {
                continue;
            }
            if (parts[0].equals("var") && !module.isEmpty() && depth < MAX_DEPTH) {
                int dot = module.lastIndexOf('.');
                String parent = dot < 0 ? "" : module.substring(0, dot);
                Expression call = PlanReader.field(
                        PlanReader.field(module(parent), "module_calls"), module.substring(dot + 1));
                return owners(PlanReader.field(PlanReader.field(call, "expressions"), parts[1]), parent, depth + 1);
            }
            List<PlanReader.Planned> found = byConfiguredAddress.get(module + "|" + parts[0] + "." + parts[1]);
            if (found != null) {
                return found;
            }
        }
        return List.of();
    }

    /** {@return the configuration of a module by the names of the calls that lead to it} */
    private Expression module(String names) {
        Expression module = configuration;
        if (!names.isEmpty()) {
            for (String name : names.split("\\.")) {
                module = PlanReader.field(PlanReader.field(PlanReader.field(module, "module_calls"), name), "module");
            }
        }
        return module;
    }

    /** {@return {@code a.b} of {@code module.a["x"].module.b}} */
    private static String configured(String address) {
        return address.replaceAll("\\[[^]]*]", "").replaceAll("(^|\\.)module\\.", "$1");
    }
}
