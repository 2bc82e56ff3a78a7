package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Works out expressions. What the files do not tell is an {@link UnknownValue} that spreads only as far as it decides;
 * what Terraform would refuse is an {@link EvaluationError}. Used by one thread.
 */
final class Evaluator {

    /** The name under which the element of a splat is found; no file can write it. */
    private static final String ELEMENT = "*";

    private final Budget budget;
    private final Functions functions = new Functions();

    Evaluator(Budget budget) {
        this.budget = budget;
    }

    /** {@return the value, or an unknown value that says why when it cannot be worked out} */
    Object evaluateSafely(Expression expression, Scope scope) {
        try {
            return evaluate(expression, scope);
        } catch (EvaluationError e) {
            return UnknownValue.because(e.getMessage());
        }
    }

    /** @throws EvaluationError when Terraform would refuse it, or it goes past the budget */
    Object evaluate(Expression expression, Scope scope) {
        if (expression instanceof Expression.Literal literal) {
            return literal.value();
        }
        budget.enter();
        try {
            Object value = compute(expression, scope);
            if (makes(expression)) {
                budget.chargeFor(value);
            }
            return value;
        } finally {
            budget.leave();
        }
    }

    /** Whether the expression makes a value rather than passing one on. */
    private static boolean makes(Expression expression) {
        return expression instanceof Expression.Call || expression instanceof Expression.Template
                || expression instanceof Expression.TemplateFor || expression instanceof Expression.For;
    }

    Budget budget() {
        return budget;
    }

    private Object compute(Expression expression, Scope scope) {
        if (expression instanceof Expression.Name name) {
            return scope.lookup(name.name());
        } else if (expression instanceof Expression.Attribute attribute) {
            return Selection.attribute(evaluate(attribute.target(), scope), attribute.name());
        } else if (expression instanceof Expression.Template template) {
            return template(template, scope);
        } else if (expression instanceof Expression.Conditional conditional) {
            return conditional(conditional, scope);
        } else if (expression instanceof Expression.Call call) {
            return call(call, scope);
        } else if (expression instanceof Expression.Tuple tuple) {
            List<Object> items = new ArrayList<>(tuple.items().size());
            tuple.items().forEach(item -> items.add(evaluate(item, scope)));
            return items;
        } else if (expression instanceof Expression.ObjectLiteral object) {
            return object(object, scope);
        } else if (expression instanceof Expression.Index index) {
            return Selection.index(evaluate(index.target(), scope), evaluate(index.key(), scope));
        } else if (expression instanceof Expression.Binary binary) {
            return Operators.apply(binary.operator(), evaluate(binary.left(), scope),
                    () -> evaluate(binary.right(), scope));
        } else if (expression instanceof Expression.Unary unary) {
            return Operators.apply(unary.operator(), evaluate(unary.operand(), scope));
        } else if (expression instanceof Expression.Splat splat) {
            return splat(splat, scope);
        } else if (expression instanceof Expression.For loop) {
            return loop.key() == null ? tupleFor(loop, scope) : objectFor(loop, scope);
        } else if (expression instanceof Expression.TemplateFor loop) {
            return templateFor(loop, scope);
        } else if (expression instanceof Expression.Element) {
            return scope.lookup(ELEMENT);
        }
        return ((Expression.Literal) expression).value();
    }

    private Object object(Expression.ObjectLiteral object, Scope scope) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Expression.ObjectLiteral.Item item : object.items()) {
            Object key = Values.toText(evaluate(item.key(), scope));
            if (key instanceof UnknownValue) {
                return key;
            }
            map.put((String) key, evaluate(item.value(), scope));
        }
        return map;
    }

    private Object conditional(Expression.Conditional conditional, Scope scope) {
        Object condition = Values.toBoolean(evaluate(conditional.condition(), scope));
        if (condition instanceof Boolean decided) {
            return evaluate(decided ? conditional.whenTrue() : conditional.whenFalse(), scope);
        }
        try {
            Object whenTrue = evaluate(conditional.whenTrue(), scope);
            Object whenFalse = evaluate(conditional.whenFalse(), scope);
            return Boolean.TRUE.equals(Values.equal(whenTrue, whenFalse)) ? whenTrue : condition;
        } catch (EvaluationError e) {
            return condition;
        }
    }

    private Object template(Expression.Template template, Scope scope) {
        if (template.parts().size() == 1) {
            return evaluate(template.parts().get(0), scope);
        }
        StringBuilder text = new StringBuilder();
        List<UnknownValue> unknowns = new ArrayList<>(0);
        for (Expression part : template.parts()) {
            Object value = evaluate(part, scope);
            if (value instanceof JsonText json) {
                json.write(text, unknowns);
            } else if (Values.isUnknown(value)) {
                text.append(JsonText.placeholder(unknowns.size()));
                unknowns.add(Values.unknownOf(value));
            } else if (value == null) {
                throw new EvaluationError("null in a template");
            } else {
                text.append(Values.text(value));
            }
            Budget.checkText(text.length());
        }
        if (unknowns.isEmpty()) {
            return text.toString();
        }
        Object json = JsonText.read(text.toString(), unknowns).orElse(null);
        return json == null ? UnknownValue.ofText(text.toString(), unknowns) : json;
    }

    private Object templateFor(Expression.TemplateFor loop, Scope scope) {
        Object collection = evaluate(loop.collection(), scope);
        if (Values.isUnknown(collection)) {
            return Values.unknownOf(collection);
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Object, Object> entry : Selection.entries(collection)) {
            Scope inner = scope.with(loop.keyName(), entry.getKey()).with(loop.valueName(), entry.getValue());
            Object part = Values.toText(evaluate(loop.body(), inner));
            if (part instanceof UnknownValue) {
                return part;
            }
            Budget.checkText(text.append(part).length());
        }
        return text.toString();
    }

    private Object tupleFor(Expression.For loop, Scope scope) {
        Object collection = evaluate(loop.collection(), scope);
        if (Values.isUnknown(collection)) {
            return Values.unknownOf(collection);
        }
        List<Object> items = new ArrayList<>();
        for (Map.Entry<Object, Object> entry : Selection.entries(collection)) {
            Scope inner = scope.with(loop.keyName(), entry.getKey()).with(loop.valueName(), entry.getValue());
            Object wanted = wanted(loop, inner);
            if (wanted instanceof UnknownValue) {
                items.add(wanted);
            } else if (Boolean.TRUE.equals(wanted)) {
                items.add(evaluate(loop.value(), inner));
            }
        }
        Budget.checkElements(items.size());
        return items;
    }

    private Object objectFor(Expression.For loop, Scope scope) {
        Object collection = evaluate(loop.collection(), scope);
        if (Values.isUnknown(collection)) {
            return Values.unknownOf(collection);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        for (Map.Entry<Object, Object> entry : Selection.entries(collection)) {
            Scope inner = scope.with(loop.keyName(), entry.getKey()).with(loop.valueName(), entry.getValue());
            Object wanted = wanted(loop, inner);
            Object key = Boolean.FALSE.equals(wanted) ? null : Values.toText(evaluate(loop.key(), inner));
            if (wanted instanceof UnknownValue || key instanceof UnknownValue) {
                return wanted instanceof UnknownValue ? wanted : key;
            }
            if (key != null) {
                put(result, (String) key, evaluate(loop.value(), inner), loop.grouped());
            }
        }
        Budget.checkElements(result.size());
        return result;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> map, String key, Object value, boolean grouped) {
        if (grouped) {
            ((List<Object>) map.computeIfAbsent(key, k -> new ArrayList<Object>())).add(value);
        } else {
            map.put(key, value);
        }
    }

    private Object wanted(Expression.For loop, Scope scope) {
        return loop.condition() == null ? Boolean.TRUE : Values.toBoolean(evaluate(loop.condition(), scope));
    }

    private Object splat(Expression.Splat splat, Scope scope) {
        Object source = evaluate(splat.source(), scope);
        if (source instanceof UnknownValue unknown) {
            return unknown;
        }
        List<?> elements = source instanceof List<?> list ? list
                : source instanceof Values.AnyKey any ? List.of(any.instance())
                : source == null ? List.of() : List.of(source);
        List<Object> items = new ArrayList<>(elements.size());
        for (Object element : elements) {
            items.add(evaluate(splat.each(), scope.with(ELEMENT, element)));
        }
        return items;
    }

    private Object call(Expression.Call call, Scope scope) {
        switch (call.function()) {
            case "try":
                return firstThatWorks(call, scope);
            case "can":
                try {
                    Object value = call.arguments().isEmpty() ? null : evaluate(call.arguments().get(0), scope);
                    return value instanceof UnknownValue unknown && unknown.origin() == null ? value : Boolean.TRUE;
                } catch (EvaluationError e) {
                    return Boolean.FALSE;
                }
            default:
                List<Object> arguments = new ArrayList<>(call.arguments().size());
                for (Expression argument : call.arguments()) {
                    arguments.add(evaluate(argument, scope));
                }
                if (call.spread() && !arguments.isEmpty()) {
                    Object last = arguments.remove(arguments.size() - 1);
                    if (Values.isUnknown(last)) {
                        return Values.unknownOf(last);
                    }
                    arguments.addAll(Values.toList(last));
                }
                arguments.forEach(budget::chargeFor);
                return functions.call(call.function(), arguments);
        }
    }

    private Object firstThatWorks(Expression.Call call, Scope scope) {
        EvaluationError last = new EvaluationError("try without arguments");
        for (Expression argument : call.arguments()) {
            try {
                return evaluate(argument, scope);
            } catch (EvaluationError e) {
                if (budget.isSpent()) {
                    throw e;
                }
                last = e;
            }
        }
        throw last;
    }
}
