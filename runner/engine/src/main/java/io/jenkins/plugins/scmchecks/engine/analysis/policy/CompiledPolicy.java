package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Binding;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.CelConditions;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.ConditionException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Expression;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Place;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Scope;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Template;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Undetermined;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Values;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A policy ready to judge resources: its conditions are compiled once. Immutable and thread-safe.
 *
 * @param each what is judged one by one, outer lists first
 */
record CompiledPolicy(
        Policy policy, List<Binding> each, Expression failsWhen, List<Expression> at, Template message) {

    static final String TOOL = "scm-checks";

    private static final Set<String> VARIABLES = Set.of("resource", "address", "type", "path", "platform");

    /** Operations that one policy may take for one resource; far above what built-in ones take. */
    private static final int MAX_STEPS = 2_000_000;

    /** @throws ConditionException naming the field that cannot be compiled */
    static CompiledPolicy of(Policy policy) throws ConditionException {
        String field = "each";
        try {
            Set<String> variables = new HashSet<>(VARIABLES);
            List<Binding> each = new ArrayList<>();
            for (String text : policy.each()) {
                Binding binding = CelConditions.compileBinding(text, variables);
                variables.add(binding.variable());
                each.add(binding);
            }
            field = "fails_when";
            Expression failsWhen = CelConditions.compile(policy.failsWhen(), variables);
            field = "at";
            List<Expression> at = new ArrayList<>();
            for (String path : policy.at()) {
                at.add(CelConditions.compile(path, variables));
            }
            field = "message";
            return new CompiledPolicy(policy, each, failsWhen, at, Template.compile(policy.message(), variables));
        } catch (ConditionException e) {
            throw new ConditionException("'" + field + "': " + e.getMessage());
        }
    }

    /**
     * Judges one resource.
     *
     * @throws Scope.TooManySteps when that takes more steps than allowed
     */
    void judge(Resource resource, Scope.Relations relations, Consumer<Finding> findings) {
        Scope scope = Scope.create(relations, MAX_STEPS)
                .with("resource", resource.body())
                .with("address", resource.address())
                .with("type", resource.type())
                .with("path", resource.path())
                .with("platform", resource.platform());
        judge(resource, 0, scope, null, findings);
    }

    private void judge(Resource resource, int depth, Scope scope, Object element, Consumer<Finding> findings) {
        if (depth == each.size()) {
            if (failsWhen.truth(scope) == Boolean.TRUE) {
                findings.accept(finding(resource, scope, element));
            }
            return;
        }
        Binding binding = each.get(depth);
        Object range = binding.range().raw(scope);
        List<?> items = Values.unwrap(range) instanceof Undetermined ? List.of() : Values.asList(range);
        for (Object item : items) {
            judge(resource, depth + 1, scope.with(binding.variable(), item), item, findings);
        }
    }

    private Finding finding(Resource resource, Scope scope, Object element) {
        Region region = region(resource, scope, element);
        String text = message.render(scope);
        Location location = resource.locate(region);
        return Finding.of(TOOL, policy.rule(), text.isEmpty() ? policy.title() : text, location)
                .withResource(resource.address());
    }

    private Region region(Resource resource, Scope scope, Object element) {
        Region near = null;
        for (Expression path : at) {
            Place place = Place.of(path, scope);
            if (place.exact() && place.region() != null) {
                return place.region();
            }
            near = near == null ? place.region() : near;
        }
        Region head = element instanceof Node node ? Place.headOf(node) : null;
        return near != null ? near : head != null ? head : resource.region();
    }
}
