package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;

/**
 * Where the value of a path such as {@code resource.versioning.enabled} stands.
 *
 * @param region of the value with its key, or of the longest part of the path that exists; null when that is the
 *     variable alone
 * @param exact whether the whole path exists
 * @param node the value found there
 */
public record Place(Region region, boolean exact, Object node) {

    private static final Place NOWHERE = new Place(null, false, null);

    /** Follows a path as {@link Expression#raw} does. */
    public static Place of(Expression path, Scope scope) {
        if (path instanceof Expression.Variable variable) {
            Object value = scope.lookUp(variable.name());
            return new Place(null, value instanceof Node, value);
        }
        if (path instanceof Expression.Select select) {
            return field(of(select.target(), scope), select.field());
        }
        if (path instanceof Expression.Index index) {
            Place target = of(index.target(), scope);
            Object position = index.index().value(scope);
            if (position instanceof String field) {
                return field(target, field);
            }
            Object item = target.exact() && position instanceof Long
                    ? Values.index(Values.unwrap(target.node()), position)
                    : null;
            return item instanceof Node node ? new Place(headOf(node), true, node) : target.missing();
        }
        Object value = path.raw(scope);
        return value instanceof Node node ? new Place(headOf(node), true, node) : NOWHERE;
    }

    private static Place field(Place target, String field) {
        if (!target.exact()) {
            return target;
        }
        Object holder = target.node();
        while (holder instanceof Node.Sequence sequence && sequence.items().size() == 1) {
            holder = sequence.items().get(0);
        }
        Node.Entry entry = holder instanceof Node.Mapping mapping ? mapping.entries().get(field) : null;
        return entry == null ? target.missing() : new Place(regionOf(entry), true, entry.value());
    }

    private Place missing() {
        return new Place(region, false, null);
    }

    /** A key with its value when they fit in a line or the value is a scalar; else the key alone. */
    private static Region regionOf(Node.Entry entry) {
        Region key = entry.key();
        Region value = entry.value().region();
        if (key == null) {
            return value;
        }
        boolean together = value != null
                && value.startLine() >= key.startLine()
                && (entry.value() instanceof Node.Scalar || value.endLine() == key.startLine());
        return together ? join(key, value) : key;
    }

    /** {@return what stands for a whole element: a map's first entry, a list's first element, a scalar itself} */
    public static Region headOf(Node node) {
        if (node.region() == null || node.region().startLine() == node.region().endLine()) {
            return node.region();
        }
        if (node instanceof Node.Mapping mapping && !mapping.entries().isEmpty()) {
            return regionOf(mapping.entries().values().iterator().next());
        }
        List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : List.of();
        return items.isEmpty() ? node.region() : headOf(items.get(0));
    }

    private static Region join(Region from, Region to) {
        return from.startColumn() == 0 || to.endColumn() == 0
                ? Region.lines(from.startLine(), to.endLine())
                : new Region(from.startLine(), from.startColumn(), to.endLine(), to.endColumn());
    }
}
