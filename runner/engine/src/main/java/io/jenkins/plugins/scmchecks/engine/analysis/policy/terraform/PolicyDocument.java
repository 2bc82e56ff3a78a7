package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the data source {@code aws_iam_policy_document} gives: an IAM policy in JSON. */
final class PolicyDocument {

    private final ResourceInstance source;
    private final Evaluator evaluator;

    private PolicyDocument(ResourceInstance source) {
        this.source = source;
        this.evaluator = source.evaluator();
    }

    static JsonText of(ResourceInstance source) {
        return new PolicyDocument(source).render();
    }

    private JsonText render() {
        List<Object> statements = new ArrayList<>();
        include("source_policy_documents", statements);
        include("source_json", statements);
        for (NestedBlocks.Nested nested : NestedBlocks.of(source.body(), source.scope(), evaluator)) {
            if (nested.type().equals("statement")) {
                statements.add(statement(nested));
            }
        }
        include("override_policy_documents", statements);
        include("override_json", statements);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Version", value(source.body(), "version", source.scope(), "2012-10-17"));
        document.put("Statement", statements);
        return new JsonText(document);
    }

    /** Adds the statements of documents that this one takes in. */
    private void include(String attribute, List<Object> statements) {
        Object documents = value(source.body(), attribute, source.scope(), null);
        for (Object document : documents instanceof List<?> list ? list : documents == null ? List.of()
                : List.of(documents)) {
            Object content = document instanceof JsonText json ? json.value()
                    : document instanceof String text ? JsonText.read(text, List.of()).map(JsonText::value).orElse(null)
                    : Values.isUnknown(document) ? Values.unknownOf(document) : null;
            if (content instanceof UnknownValue) {
                statements.add(content);
            } else if (content instanceof Map<?, ?> map && map.get("Statement") != null) {
                Object inner = map.get("Statement");
                statements.addAll(inner instanceof List<?> list ? list : List.of(inner));
            }
        }
    }

    private Map<String, Object> statement(NestedBlocks.Nested nested) {
        Map<String, Object> result = new LinkedHashMap<>();
        put(result, "Sid", nested, "sid");
        result.put("Effect", value(nested.body(), "effect", nested.scope(), "Allow"));
        put(result, "Action", nested, "actions");
        put(result, "NotAction", nested, "not_actions");
        put(result, "Resource", nested, "resources");
        put(result, "NotResource", nested, "not_resources");
        for (NestedBlocks.Nested inner : NestedBlocks.of(nested.body(), nested.scope(), evaluator)) {
            switch (inner.type()) {
                case "principals" -> principals(result, "Principal", inner);
                case "not_principals" -> principals(result, "NotPrincipal", inner);
                case "condition" -> condition(result, inner);
                default -> { }
            }
        }
        return result;
    }

    private void put(Map<String, Object> into, String key, NestedBlocks.Nested nested, String attribute) {
        Object value = value(nested.body(), attribute, nested.scope(), null);
        if (value != null) {
            into.put(key, value);
        }
    }

    @SuppressWarnings("unchecked")
    private void principals(Map<String, Object> statement, String key, NestedBlocks.Nested nested) {
        Object type = value(nested.body(), "type", nested.scope(), null);
        Object identifiers = value(nested.body(), "identifiers", nested.scope(), null);
        if (!(type instanceof String name)) {
            statement.put(key, type instanceof UnknownValue ? type : UnknownValue.because("the principal has no type"));
            return;
        }
        if (name.equals("*") && identifiers instanceof List<?> list && list.contains("*")) {
            statement.put(key, "*");
            return;
        }
        if (!(statement.get(key) instanceof Map)) {
            if (statement.containsKey(key)) {
                return;
            }
            statement.put(key, new LinkedHashMap<String, Object>());
        }
        ((Map<String, Object>) statement.get(key)).merge(name, identifiers == null ? List.of() : identifiers,
                (a, b) -> a instanceof List<?> x && b instanceof List<?> y ? concat(x, y) : a);
    }

    private static List<Object> concat(List<?> left, List<?> right) {
        List<Object> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }

    @SuppressWarnings("unchecked")
    private void condition(Map<String, Object> statement, NestedBlocks.Nested nested) {
        Object test = value(nested.body(), "test", nested.scope(), null);
        Object variable = value(nested.body(), "variable", nested.scope(), null);
        Object values = value(nested.body(), "values", nested.scope(), null);
        if (!(test instanceof String testName) || !(variable instanceof String variableName)) {
            statement.put("Condition", UnknownValue.because("the condition is not known"));
        } else if (!(statement.get("Condition") instanceof UnknownValue)) {
            Map<String, Object> conditions = (Map<String, Object>) statement.computeIfAbsent(
                    "Condition", key -> new LinkedHashMap<String, Object>());
            ((Map<String, Object>) conditions.computeIfAbsent(testName, key -> new LinkedHashMap<String, Object>()))
                    .put(variableName, values);
        }
    }

    private Object value(Body body, String attribute, Scope scope, Object otherwise) {
        Expression expression = body.value(attribute);
        if (expression == null) {
            return otherwise;
        }
        Object value = evaluator.evaluateSafely(expression, scope);
        return value == null ? otherwise : Values.isUnknown(value) ? Values.unknownOf(value) : value;
    }
}
