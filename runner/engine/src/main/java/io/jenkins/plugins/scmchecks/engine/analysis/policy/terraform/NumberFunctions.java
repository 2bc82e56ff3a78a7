package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers. */
final class NumberFunctions {

    private NumberFunctions() {}

    static void addTo(Map<String, Functions.Function> functions) {
        functions.put("abs", one(Math::abs));
        functions.put("ceil", one(Math::ceil));
        functions.put("floor", one(Math::floor));
        functions.put("signum", one(Math::signum));
        functions.put("log", two((value, base) -> Math.log(value) / Math.log(base)));
        functions.put("pow", two(Math::pow));
        functions.put("max", arguments -> fold(arguments, Math::max));
        functions.put("min", arguments -> fold(arguments, Math::min));
        functions.put("sum", arguments -> fold(Values.toList(arguments.get(0)), Double::sum));
        functions.put("parseint", NumberFunctions::parseInt);
    }

    private static Functions.Function one(DoubleUnaryOperator operator) {
        return arguments -> Operators.number(operator.applyAsDouble(Values.toDouble(arguments.get(0))));
    }

    private static Functions.Function two(DoubleBinaryOperator operator) {
        return arguments -> Operators.number(
                operator.applyAsDouble(Values.toDouble(arguments.get(0)), Values.toDouble(arguments.get(1))));
    }

    private static Object fold(List<?> numbers, DoubleBinaryOperator operator) {
        double result = Values.toDouble(numbers.get(0));
        for (Object number : numbers.subList(1, numbers.size())) {
            result = operator.applyAsDouble(result, Values.toDouble(number));
        }
        return Operators.number(result);
    }

    private static Object parseInt(List<Object> arguments) {
        try {
            return Long.parseLong(Values.text(arguments.get(0)), (int) Values.toLong(arguments.get(1)));
        } catch (NumberFormatException e) {
            throw new EvaluationError("not a whole number: " + arguments.get(0));
        }
    }
}
