package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.ConditionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Policies by the types of resources that they judge. Packs are loaded when the first resource of their platform
 * occurs, conditions compiled when the first of their type does. Thread-safe.
 */
final class PolicySet {

    private final Function<String, List<PolicyPack>> packs;
    private final Consumer<String> mistakes;
    private final Map<String, List<Lazy>> platforms = new ConcurrentHashMap<>();
    private final Map<Type, List<CompiledPolicy>> types = new ConcurrentHashMap<>();

    private record Type(String platform, String name) {}

    /** A policy that compiles itself when it is first needed, once. */
    private static final class Lazy {
        private final Policy policy;
        private final Consumer<String> mistakes;
        private Optional<CompiledPolicy> compiled;

        private Lazy(Policy policy, Consumer<String> mistakes) {
            this.policy = policy;
            this.mistakes = mistakes;
        }

        private synchronized Optional<CompiledPolicy> compiled() {
            if (compiled == null) {
                try {
                    compiled = Optional.of(CompiledPolicy.of(policy));
                } catch (ConditionException e) {
                    mistakes.accept("line " + policy.line() + ": policy " + policy.id() + " is left out: " + e.getMessage());
                    compiled = Optional.empty();
                }
            }
            return compiled;
        }
    }

    /**
     * @param packs gives the packs of a platform
     * @param mistakes is told of each policy that cannot be compiled
     */
    PolicySet(Function<String, List<PolicyPack>> packs, Consumer<String> mistakes) {
        this.packs = packs;
        this.mistakes = mistakes;
    }

    /** {@return the policies that judge resources of a type} */
    List<CompiledPolicy> judging(String platform, String type) {
        Type key = new Type(platform, type);
        List<CompiledPolicy> found = types.get(key);
        return found != null ? found : types.computeIfAbsent(key, this::compile);
    }

    /** {@return whether a policy looks at resources of a type while it judges another} */
    boolean isRelated(String platform, String type) {
        return platform(platform).stream().anyMatch(lazy -> lazy.policy.with().contains(type));
    }

    private List<CompiledPolicy> compile(Type type) {
        List<CompiledPolicy> result = new ArrayList<>();
        for (Lazy lazy : platform(type.platform())) {
            if (lazy.policy.resources().stream().anyMatch(pattern -> matches(pattern, type.name()))) {
                lazy.compiled().ifPresent(result::add);
            }
        }
        return List.copyOf(result);
    }

    private List<Lazy> platform(String platform) {
        return platforms.computeIfAbsent(platform, name -> packs.apply(name).stream()
                .flatMap(pack -> pack.policies().stream().map(policy -> new Lazy(policy, mistake ->
                        mistakes.accept(pack.path() + ", " + mistake))))
                .toList());
    }

    static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(type);
    }
}
