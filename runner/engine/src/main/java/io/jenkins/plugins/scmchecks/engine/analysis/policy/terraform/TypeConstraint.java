package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code type} of a variable: what a value given to it becomes. A value that does not fit stays as it is. */
final class TypeConstraint {

    private static final Scope NO_NAMES = name -> {
        throw new EvaluationError("no names are allowed here");
    };

    private final Evaluator evaluator;

    TypeConstraint(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** {@return the value as the type has it, with the defaults of optional attributes} */
    Object convert(Expression type, Object value) {
        if (value == null || Values.isUnknown(value) || type == null) {
            return value;
        }
        try {
            evaluator.budget().charge(1);
            if (type instanceof Expression.Name name) {
                return simple(name.name(), value);
            }
            if (type instanceof Expression.Literal literal && literal.value() instanceof String name) {
                return simple(name, value);
            }
            if (type instanceof Expression.Call call && !call.arguments().isEmpty()) {
                return complex(call.function(), call.arguments().get(0), value);
            }
            return value;
        } catch (EvaluationError e) {
            return value;
        }
    }

    private static Object simple(String type, Object value) {
        return switch (type) {
            case "string" -> value instanceof JsonText ? value : Values.toText(value);
            case "number" -> Values.toNumber(value);
            case "bool" -> Values.toBoolean(value);
            default -> value;
        };
    }

    private Object complex(String type, Expression argument, Object value) {
        switch (type) {
            case "list", "set": {
                List<Object> items = new ArrayList<>();
                Values.toList(value).forEach(item -> items.add(convert(argument, item)));
                return type.equals("set") ? SetFunctions.distinct(items) : items;
            }
            case "map": {
                Map<String, Object> result = new LinkedHashMap<>();
                Values.toMap(value).forEach((key, item) -> result.put(key, convert(argument, item)));
                return result;
            }
            case "object":
                return argument instanceof Expression.ObjectLiteral object
                        ? object(object, Values.toMap(value))
                        : value;
            default:
                return value;
        }
    }

    private Object object(Expression.ObjectLiteral type, Map<String, Object> value) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (Expression.ObjectLiteral.Item item : type.items()) {
            if (!(item.key() instanceof Expression.Literal literal) || !(literal.value() instanceof String name)) {
                return value;
            }
            Expression inner = item.value();
            Object given = value.get(name);
            if (inner instanceof Expression.Call call && call.function().equals("optional")
                    && !call.arguments().isEmpty()) {
                inner = call.arguments().get(0);
                if (given == null && call.arguments().size() > 1) {
                    given = evaluator.evaluateSafely(call.arguments().get(1), NO_NAMES);
                }
            }
            result.put(name, convert(inner, given));
        }
        return result;
    }
}
