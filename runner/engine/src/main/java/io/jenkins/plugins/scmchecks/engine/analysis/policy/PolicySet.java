package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.ConditionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Policies by the types of resources that they judge. The built-in ones of a platform are loaded when its first
 * resource occurs; others are compiled when the first resource of their type does. Thread-safe.
 */
final class PolicySet {

    private final boolean builtIn;
    private final List<PolicyPack> packs;
    private final Consumer<String> mistakes;
    private final Map<String, List<Lazy>> platforms = new ConcurrentHashMap<>();
    private final Map<Type, List<CompiledPolicy>> types = new ConcurrentHashMap<>();
    private final Map<Type, Boolean> related = new ConcurrentHashMap<>();

    private record Type(String platform, String name) {}

    /** A policy that compiles itself when it is first needed, once. */
    private static final class Lazy {
        private final Policy policy;
        private final String path;
        private final Consumer<String> mistakes;
        private Optional<CompiledPolicy> compiled;

        private Lazy(CompiledPolicy policy) {
            this(policy.policy(), "", mistake -> {});
            this.compiled = Optional.of(policy);
        }

        private Lazy(Policy policy, String path, Consumer<String> mistakes) {
            this.policy = policy;
            this.path = path;
            this.mistakes = mistakes;
        }

        private synchronized Optional<CompiledPolicy> compiled() {
            if (compiled == null) {
                try {
                    compiled = Optional.of(CompiledPolicy.of(policy));
                } catch (ConditionException e) {
                    mistakes.accept(path + ":" + policy.line() + ": policy " + policy.id() + " is left out: "
                            + e.getMessage());
                    compiled = Optional.empty();
                }
            }
            return compiled;
        }
    }

    /**
     * @param builtIn whether the built-in policies are among them
     * @param packs the others
     * @param mistakes is told of each policy that cannot be compiled
     */
    PolicySet(boolean builtIn, List<PolicyPack> packs, Consumer<String> mistakes) {
        this.builtIn = builtIn;
        this.packs = List.copyOf(packs);
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
        return related.computeIfAbsent(new Type(platform, type), key ->
                platform(platform).stream().anyMatch(lazy -> lazy.policy.with().stream().anyMatch(type::equalsIgnoreCase)));
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
        List<Lazy> found = platforms.get(platform);
        return found != null ? found : platforms.computeIfAbsent(platform, this::load);
    }

    private List<Lazy> load(String platform) {
        List<Lazy> policies = new ArrayList<>();
        if (builtIn) {
            Packs.compiled(platform).ifPresentOrElse(
                    compiled -> compiled.forEach(policy -> policies.add(new Lazy(policy))),
                    () -> Packs.builtIn(platform).forEach(pack -> add(pack, policies)));
        }
        packs.stream().filter(pack -> pack.platform().equals(platform)).forEach(pack -> add(pack, policies));
        return policies;
    }

    private void add(PolicyPack pack, List<Lazy> policies) {
        pack.policies().forEach(policy -> policies.add(new Lazy(policy, pack.path(), mistakes)));
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.regionMatches(true, 0, pattern, 0, pattern.length() - 1)
                : pattern.equalsIgnoreCase(type);
    }
}
