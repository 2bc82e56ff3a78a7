package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a block into the nodes that policies look at. Attributes that are null are left out, as Terraform takes them
 * for not set. Nested blocks are lists of maps, whether there is one or more. A text in JSON, as policies are, becomes
 * its structure. Everything has the place where it stands in the block's own file.
 */
final class BodyNodes {

    /** What Terraform itself takes, and no provider sees. */
    private static final Set<String> META = Set.of("count", "for_each", "provider", "depends_on", "providers");

    /** Most nodes of one body; parts may be shared, so that a short text stands for endlessly many. */
    static final int MAX_NODES = 100_000;

    private final TerraformFile file;
    private final Evaluator evaluator;
    private int nodes;

    BodyNodes(TerraformFile file, Evaluator evaluator) {
        this.file = file;
        this.evaluator = evaluator;
    }

    /** {@return the block's content as nodes} */
    Map<String, Node.Entry> entries(Body body, Scope scope) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Body.Attribute attribute : body.attributes().values()) {
            if (META.contains(attribute.name())) {
                continue;
            }
            Node value = node(attribute.value(), scope);
            if (!(value instanceof Node.Scalar scalar) || scalar.value() != null) {
                entries.put(attribute.name(), new Node.Entry(region(attribute.start(), attribute.end()), value));
            }
        }
        Map<String, List<Node>> byType = new LinkedHashMap<>();
        Map<String, Region> heads = new LinkedHashMap<>();
        for (NestedBlocks.Nested nested : NestedBlocks.of(body, scope, evaluator)) {
            Body.Block source = nested.source();
            heads.putIfAbsent(nested.type(), region(source.start(), source.headEnd()));
            byType.computeIfAbsent(nested.type(), type -> new ArrayList<>(1))
                    .add(new Node.Mapping(entries(nested.body(), nested.scope()),
                            // A block's place is its head: that is where something missing in it is shown.
                            region(source.start(), source.headEnd())));
        }
        byType.forEach((type, items) -> {
            Region first = items.get(0).region();
            Region last = items.get(items.size() - 1).region();
            Region all = new Region(first.startLine(), first.startColumn(), last.endLine(), last.endColumn());
            entries.put(type, new Node.Entry(heads.get(type), new Node.Sequence(items, all)));
        });
        return entries;
    }

    private Region region(int start, int end) {
        return file.region(start, end);
    }

    /** {@return the node of an expression; its parts have their own places as far as they stand there} */
    Node node(Expression expression, Scope scope) {
        if (expression instanceof Expression.ObjectLiteral object) {
            return object(object, scope);
        }
        if (expression instanceof Expression.Tuple tuple) {
            List<Node> items = new ArrayList<>(tuple.items().size());
            tuple.items().forEach(item -> items.add(node(item, scope)));
            return new Node.Sequence(items, region(tuple.start(), tuple.end()));
        }
        if (expression instanceof Expression.Call call && call.arguments().size() == 1
                && call.function().equals("jsonencode")) {
            return node(call.arguments().get(0), scope);
        }
        if (expression instanceof Expression.Conditional conditional
                && evaluator.evaluateSafely(conditional.condition(), scope) instanceof Boolean decided) {
            return node(decided ? conditional.whenTrue() : conditional.whenFalse(), scope);
        }
        return node(evaluator.evaluateSafely(expression, scope), region(expression.start(), expression.end()));
    }

    private Node object(Expression.ObjectLiteral object, Scope scope) {
        Region region = region(object.start(), object.end());
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Expression.ObjectLiteral.Item item : object.items()) {
            if (!(evaluator.evaluateSafely(item.key(), scope) instanceof String key)) {
                return new Node.Unknown("a key is not known", region);
            }
            entries.put(key, new Node.Entry(
                    region(item.key().start(), item.key().end()), node(item.value(), scope)));
        }
        return new Node.Mapping(entries, region);
    }

    /** {@return the node of a value that stands elsewhere, all of it at the place that refers to it} */
    Node node(Object value, Region region) {
        if (++nodes > MAX_NODES) {
            return new Node.Unknown("the resource has more than " + MAX_NODES + " values", region);
        }
        if (value instanceof List<?> list) {
            List<Node> items = new ArrayList<>(list.size());
            for (Object item : list) {
                if (nodes > MAX_NODES) {
                    break;
                }
                items.add(node(item, region));
            }
            return new Node.Sequence(items, region);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (nodes > MAX_NODES) {
                    break;
                }
                entries.put((String) entry.getKey(), new Node.Entry(region, node(entry.getValue(), region)));
            }
            return new Node.Mapping(entries, region);
        }
        if (value instanceof JsonText json) {
            return node(json.value(), region);
        }
        if (Values.isUnknown(value)) {
            return new Node.Unknown(Values.unknownOf(value).why(), region);
        }
        if (value instanceof String text && JsonText.maybe(text)) {
            Object content = JsonText.read(text, List.of()).map(JsonText::value).orElse(null);
            return content == null ? new Node.Scalar(text, region) : node(content, region);
        }
        return new Node.Scalar(value, region);
    }
}
