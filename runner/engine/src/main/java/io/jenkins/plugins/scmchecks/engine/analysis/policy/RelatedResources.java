package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Scope;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Undetermined;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The resources that policies look at while they judge others. Thread-safe; complete when all files are read. */
final class RelatedResources {

    private static final String REFERENCES = "_references";

    /** Platforms whose addresses mean nothing outside of their file: a template's logical ids. */
    private static final Set<String> BY_FILE = Set.of("cloudformation");

    /** Azure's types are the same in any case. */
    private record Type(String platform, String name) {

        static Type of(String platform, String name) {
            return new Type(platform, name.toLowerCase(Locale.ROOT));
        }
    }

    private final Map<Type, Queue<Resource>> types = new ConcurrentHashMap<>();

    void add(Resource resource) {
        types.computeIfAbsent(Type.of(resource.platform(), resource.type()), type -> new ConcurrentLinkedQueue<>())
                .add(resource);
    }

    /** {@return the relations as one resource sees them} */
    Scope.Relations to(Resource resource) {
        return new Scope.Relations(
                type -> of(resource.platform(), type).stream().map(Resource::body).toList(),
                type -> referring(resource, type));
    }

    private Collection<Resource> of(String platform, String type) {
        return types.getOrDefault(Type.of(platform, type), new ConcurrentLinkedQueue<>());
    }

    private List<Object> referring(Resource target, String type) {
        List<Object> found = new ArrayList<>();
        boolean byFile = BY_FILE.contains(target.platform());
        for (Resource resource : of(target.platform(), type)) {
            if (byFile && !resource.path().equals(target.path())) {
                continue;
            }
            Object refers = refers(resource, target.address());
            if (refers == Boolean.TRUE) {
                found.add(resource.body());
            } else if (refers instanceof Undetermined) {
                found.add(refers);
            }
        }
        return found;
    }

    private static Object refers(Resource resource, String address) {
        String whole = withoutIndex(address);
        Object result = false;
        for (Object raw : Values.asList(resource.body().get(REFERENCES))) {
            Object reference = Values.unwrap(raw);
            if (address.equals(reference) || whole.equals(reference)) {
                return true;
            }
            boolean eachOfThem = reference instanceof String text && withoutIndex(text).equals(whole);
            if (eachOfThem && whole.equals(address)) {
                return true;
            }
            result = reference instanceof Undetermined ? reference : result;
        }
        return result;
    }

    /** Only the last index goes: {@code module.a[0].b.c[1]} becomes {@code module.a[0].b.c}. */
    private static String withoutIndex(String address) {
        int bracket = address.endsWith("]") ? address.lastIndexOf('[') : -1;
        return bracket > 0 ? address.substring(0, bracket) : address;
    }
}
