package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A module as one caller, or nobody, calls it: what its names mean. As a value it has its outputs. */
final class ModuleInstance implements Scope, Scope.Named {

    /** Deepest nesting of modules. */
    static final int MAX_DEPTH = 10;

    private final Module module;
    private final String prefix;
    private final int depth;
    private final Map<String, Supplier<Object>> inputs;
    private final Function<String, Module> modules;
    private final Evaluator evaluator;
    private final Memo<Object> values = new Memo<>();
    private final Memo<Expansion<ResourceInstance>> resources = new Memo<>();
    private final Memo<Expansion<Scope.Named>> calls = new Memo<>();

    /**
     * @param prefix of addresses inside it: empty, or such as {@code module.web.}
     * @param inputs values given to its variables
     * @param modules the tree's modules by folder; null for a folder that has none
     */
    ModuleInstance(
            Module module, String prefix, int depth, Map<String, Supplier<Object>> inputs,
            Function<String, Module> modules, Evaluator evaluator) {
        this.module = module;
        this.prefix = prefix;
        this.depth = depth;
        this.inputs = inputs;
        this.modules = modules;
        this.evaluator = evaluator;
    }

    Module module() {
        return module;
    }

    String prefix() {
        return prefix;
    }

    Evaluator evaluator() {
        return evaluator;
    }

    @Override
    public Object lookup(String name) {
        switch (name) {
            case "var":
                return (Scope.Named) this::variable;
            case "local":
                return (Scope.Named) this::local;
            case "module":
                return (Scope.Named) called -> call(called).value();
            case "data":
                return (Scope.Named) type -> (Scope.Named) of -> data(type, of);
            case "path", "terraform":
                return UnknownValue.because(name + " depends on where Terraform runs");
            case "each", "count", "self":
                throw new EvaluationError(name + " means nothing here");
            case "True", "False":
                // Not Terraform's, but written by those who come from Python, and what is meant is plain.
                return name.equals("True");
            default:
                return (Scope.Named) of -> resource(name, of);
        }
    }

    /** {@return an output's value, as callers of the module see it} */
    @Override
    public Object get(String output) {
        Module.Declared declared = module.outputs().get(output);
        Expression value = declared == null ? null : declared.block().body().value("value");
        if (value == null) {
            throw new EvaluationError("the module has no output " + output);
        }
        return values.get("output." + output, () -> evaluator.evaluateSafely(value, this));
    }

    private Object variable(String name) {
        Module.Declared declared = module.variables().get(name);
        if (declared == null) {
            return missing("var." + name);
        }
        return values.get("var." + name, () -> {
            Body body = declared.block().body();
            Supplier<Object> input = inputs.get(name);
            Object given = input == null ? null : input.get();
            if (given == null && body.value("default") != null && (input == null || !nullable(body))) {
                given = evaluator.evaluateSafely(body.value("default"), this);
            } else if (input == null && given == null) {
                return new UnknownValue("var." + name + " has no value here", prefix + "var." + name, null);
            }
            return new TypeConstraint(evaluator).convert(body.value("type"), given);
        });
    }

    /** What is not declared is unknown rather than an error: it may stand where this repository does not reach. */
    private UnknownValue missing(String name) {
        return new UnknownValue("there is no " + name + " here", prefix + name, null);
    }

    private static boolean nullable(Body variable) {
        return !(variable.value("nullable") instanceof Expression.Literal literal)
                || !Boolean.FALSE.equals(literal.value());
    }

    private Object local(String name) {
        Module.Local local = module.locals().get(name);
        if (local == null) {
            return missing("local." + name);
        }
        return values.get("local." + name, () -> evaluator.evaluateSafely(local.attribute().value(), this));
    }

    private Object resource(String type, String name) {
        Module.Declared declared = module.resources().getOrDefault(type, Map.of()).get(name);
        if (declared == null) {
            return missing(type + "." + name);
        }
        return instances(declared).value();
    }

    private Object data(String type, String name) {
        Module.Declared declared = module.dataSources().getOrDefault(type, Map.of()).get(name);
        if (declared == null) {
            return missing("data." + type + "." + name);
        }
        return instances(declared).value();
    }

    /** {@return the instances of a resource or data source of this module} */
    Expansion<ResourceInstance> instances(Module.Declared declared) {
        Body.Block block = declared.block();
        String name = (block.type().equals("data") ? "data." : "") + block.label(0) + "." + block.label(1);
        return resources.get(name, () -> Expansion.of(block.body(), this, evaluator,
                (scope, key) -> new ResourceInstance(this, declared, prefix + name + key, scope)));
    }

    /** {@return the instances of a module that this one calls} */
    Expansion<Scope.Named> call(String name) {
        Module.Declared declared = module.calls().get(name);
        if (declared == null) {
            throw new EvaluationError("there is no module " + name);
        }
        return calls.get(name, () -> {
            Optional<Module> called = Module.localSource(declared).map(modules);
            return Expansion.of(declared.block().body(), this, evaluator, (scope, key) -> {
                String address = prefix + "module." + name + key;
                return called.isEmpty() || depth >= MAX_DEPTH
                        ? new Elsewhere(address)
                        : new ModuleInstance(called.get(), address + ".", depth + 1, inputs(declared, scope), modules,
                                evaluator);
            });
        });
    }

    private Map<String, Supplier<Object>> inputs(Module.Declared call, Scope scope) {
        Map<String, Supplier<Object>> result = new LinkedHashMap<>();
        call.block().body().attributes().forEach((name, attribute) ->
                result.put(name, () -> evaluator.evaluateSafely(attribute.value(), scope)));
        return result;
    }

    /** {@return the modules in the tree that this one calls} */
    List<ModuleInstance> children() {
        List<ModuleInstance> result = new ArrayList<>();
        for (String name : module.calls().keySet()) {
            for (Scope.Named instance : call(name).instances()) {
                if (instance instanceof ModuleInstance child) {
                    result.add(child);
                }
            }
        }
        return result;
    }

    /** A module that is not in the tree: nothing is known of its outputs. */
    private record Elsewhere(String address) implements Scope.Named {

        @Override
        public Object get(String name) {
            return new UnknownValue("the module " + address + " is not in this repository", address + "." + name, null);
        }
    }
}
