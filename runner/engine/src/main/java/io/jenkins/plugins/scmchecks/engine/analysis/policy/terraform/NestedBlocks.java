package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The blocks inside a block, with {@code dynamic} ones made into what they stand for. */
final class NestedBlocks {

    /**
     * A nested block as it will be.
     *
     * @param type its name, also of a dynamic one
     * @param source where it stands
     * @param body its content
     * @param scope what names mean in it
     */
    record Nested(String type, Body.Block source, Body body, Scope scope) {}

    private NestedBlocks() {}

    static List<Nested> of(Body body, Scope scope, Evaluator evaluator) {
        List<Nested> result = new ArrayList<>(body.blocks().size());
        for (Body.Block block : body.blocks()) {
            if (block.type().equals("dynamic")) {
                dynamic(block, scope, evaluator, result);
            } else {
                result.add(new Nested(block.type(), block, block.body(), scope));
            }
        }
        return result;
    }

    private static void dynamic(Body.Block block, Scope scope, Evaluator evaluator, List<Nested> into) {
        Body.Block content = block.body().blocks().stream()
                .filter(inner -> inner.type().equals("content"))
                .findFirst()
                .orElse(null);
        Expression forEach = block.body().value("for_each");
        if (content == null || forEach == null) {
            return;
        }
        String iterator = block.body().value("iterator") instanceof Expression.Name name ? name.name() : block.label(0);
        Object collection = evaluator.evaluateSafely(forEach, scope);
        if (!(collection instanceof Map) && !(collection instanceof List)) {
            UnknownValue unknown = Values.isUnknown(collection)
                    ? UnknownValue.because(Values.unknownOf(collection).why())
                    : UnknownValue.because("what the dynamic block goes through is not known");
            Scope inner = scope.with(iterator, Map.of("key", unknown, "value", unknown));
            into.add(new Nested(block.label(0), block, content.body(), inner));
            return;
        }
        for (Map.Entry<Object, Object> entry : Selection.entries(collection)) {
            if (into.size() >= Expansion.MAX_INSTANCES) {
                return;
            }
            Map<String, Object> current = new java.util.LinkedHashMap<>();
            current.put("key", entry.getKey());
            current.put("value", entry.getValue());
            into.add(new Nested(block.label(0), block, content.body(), scope.with(iterator, current)));
        }
    }
}
