package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Works out one root module and all that it calls, and gives its resources.
 *
 * <p>A resource's body has, beside what its block says, two entries of ours: {@code _related}, a map from a type to the
 * list of the resources of that type that belong to this one (a bucket's public access block; unknown when that cannot
 * be told), and {@code _references}, the addresses of the resources that it belongs to itself.
 */
final class RootEvaluation {

    /** Most instances of resources of one root module. */
    static final int MAX_RESOURCES = 20_000;

    private final ModuleTree tree;
    private final Module root;
    private final Budget budget;
    private final Evaluator evaluator;
    private final List<ResourceInstance> instances = new ArrayList<>();
    private final Map<ResourceInstance, Map<String, Node.Entry>> bodies = new HashMap<>();
    private final Set<Resource> given;
    private boolean full;

    /**
     * @param budget of the work
     * @param given resources given before: one that stands in the same place and says the same is given once
     */
    RootEvaluation(ModuleTree tree, Module root, Budget budget, Set<Resource> given) {
        this.budget = budget;
        this.evaluator = new Evaluator(budget);
        this.tree = tree;
        this.root = root;
        this.given = given;
    }

    void run(Consumer<Resource> resources, FindingSink notices) {
        ModuleInstance instance = new ModuleInstance(root, "", 0, values(), tree::module, evaluator);
        collect(instance, resources);
        Relations relations = new Relations(instances);
        for (ResourceInstance resource : instances) {
            give(resource, relations, resources);
        }
        if (full || budget.isSpent()) {
            String folder = root.folder().isEmpty() ? "." : root.folder();
            notices.notice(Notice.error(null, "The Terraform module in " + folder
                    + " is larger than what is worked out ("
                    + MAX_RESOURCES + " resources, " + Budget.MAX_STEPS
                    + " expressions); the rest was not checked"));
        }
    }

    private Map<String, Supplier<Object>> values() {
        Map<String, Supplier<Object>> result = new LinkedHashMap<>();
        Scope noNames = name -> {
            throw new EvaluationError("values of variables are literals");
        };
        for (TerraformFile file : tree.values(root)) {
            file.body().attributes().forEach((name, attribute) ->
                    result.put(name, () -> evaluator.evaluateSafely(attribute.value(), noNames)));
        }
        return result;
    }

    private void collect(ModuleInstance module, Consumer<Resource> resources) {
        Module declared = module.module();
        for (Map<String, Module.Declared> named : declared.resources().values()) {
            named.values().forEach(one -> add(module.instances(one).instances()));
        }
        for (Map<String, Module.Declared> named : declared.dataSources().values()) {
            named.values().forEach(one -> add(module.instances(one).instances()));
        }
        declared.calls().forEach((name, call) ->
                give(call, "module", module.prefix() + "module." + name, module, resources));
        for (Module.Declared setting : declared.settings()) {
            String label = setting.block().label(0);
            String type = setting.block().type() + (label.isEmpty() ? "" : "." + label);
            give(setting, type, module.prefix() + type, module, resources);
        }
        if (!full) {
            module.children().forEach(child -> collect(child, resources));
        }
    }

    private void add(List<ResourceInstance> more) {
        if (instances.size() + more.size() > MAX_RESOURCES) {
            full = true;
            return;
        }
        instances.addAll(more);
    }

    private void give(
            Module.Declared declared, String type, String address, Scope scope, Consumer<Resource> resources) {
        Map<String, Node.Entry> entries =
                new BodyNodes(declared.file(), evaluator).entries(declared.block().body(), scope);
        give(declared, type, address, entries, resources);
    }

    private void give(
            Module.Declared declared, String type, String address, Map<String, Node.Entry> entries,
            Consumer<Resource> resources) {
        Body.Block block = declared.block();
        TerraformFile file = declared.file();
        Region head = file.region(block.start(), block.headEnd());
        Node.Mapping body = new Node.Mapping(entries, file.region(block.start(), block.end()));
        String path = file.source().path();
        // Instances of one block that say the same are one resource to policies: equal but for the address.
        if (given.add(new Resource(TerraformReader.PLATFORM, type, "", path, head, body))) {
            Resource resource = new Resource(TerraformReader.PLATFORM, type, address, path, head, body);
            resources.accept(resource);
            KubernetesProvider.resources(resource).forEach(resources);
        }
    }

    private void give(ResourceInstance resource, Relations relations, Consumer<Resource> resources) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(entries(resource));
        Module.Declared declared = resource.declared();
        Region head = declared.file().region(declared.block().start(), declared.block().headEnd());
        Relations.Companions companions = relations.companions(resource);
        if (!companions.known().isEmpty() || !companions.maybe().isEmpty()) {
            entries.put("_related", new Node.Entry(head, related(companions, head)));
        }
        Set<ResourceInstance> owners = relations.owners(resource);
        if (!owners.isEmpty() || relations.ownerUnknown(resource)) {
            List<Node> addresses = new ArrayList<>();
            owners.forEach(owner -> addresses.add(new Node.Scalar(owner.address(), head)));
            if (relations.ownerUnknown(resource)) {
                addresses.add(new Node.Unknown("what it belongs to is not known", head));
            }
            entries.put("_references", new Node.Entry(head, new Node.Sequence(addresses, head)));
        }
        String type = resource.isData() ? "data." + resource.type() : resource.type();
        give(declared, type, resource.address(), entries, resources);
    }

    private Node related(Relations.Companions companions, Region head) {
        Map<String, Node.Entry> byType = new LinkedHashMap<>();
        companions.maybe().forEach(type -> byType.put(type, new Node.Entry(
                head, new Node.Unknown("which resource a " + type + " belongs to is not known", head))));
        companions.known().forEach((type, all) -> {
            List<Node> items = new ArrayList<>(all.size());
            all.forEach(one -> items.add(new Node.Mapping(entries(one), head)));
            byType.put(type, new Node.Entry(head, new Node.Sequence(items, head)));
        });
        return new Node.Mapping(byType, head);
    }

    private Map<String, Node.Entry> entries(ResourceInstance resource) {
        Map<String, Node.Entry> known = bodies.get(resource);
        if (known == null) {
            known = new BodyNodes(resource.declared().file(), evaluator).entries(resource.body(), resource.scope());
            bodies.put(resource, known);
        }
        return known;
    }
}
