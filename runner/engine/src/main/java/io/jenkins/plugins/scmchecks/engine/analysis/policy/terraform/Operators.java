package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.function.Supplier;

/** HCL's operators on known and unknown values. */
final class Operators {

    private Operators() {}

    static Object apply(char operator, Object operand) {
        Object value = operator == '!' ? Values.toBoolean(operand) : Values.toNumber(operand);
        if (value instanceof UnknownValue) {
            return value;
        }
        if (value instanceof Boolean truth) {
            return !truth;
        }
        return value instanceof Long whole ? (Object) (-whole) : (Object) (-((Double) value));
    }

    /** @param right is worked out only when the left operand does not decide */
    static Object apply(String operator, Object left, Supplier<Object> right) {
        return switch (operator) {
            case "&&" -> logic(left, right, false);
            case "||" -> logic(left, right, true);
            case "==" -> Values.equal(left, right.get());
            case "!=" -> Values.equal(left, right.get()) instanceof Boolean equal ? (Object) !equal
                    : UnknownValue.because("what is compared is not known");
            default -> numbers(operator, Values.toNumber(left), Values.toNumber(right.get()));
        };
    }

    private static Object logic(Object left, Supplier<Object> right, boolean deciding) {
        Object first = Values.toBoolean(left);
        if (first.equals(deciding)) {
            return deciding;
        }
        Object second;
        try {
            second = Values.toBoolean(right.get());
        } catch (EvaluationError e) {
            // "a != null && a.b" is written with an unknown a too.
            if (first instanceof UnknownValue) {
                return first;
            }
            throw e;
        }
        return second.equals(deciding) || !(first instanceof UnknownValue) ? second : first;
    }

    private static Object numbers(String operator, Object left, Object right) {
        if (left instanceof UnknownValue) {
            return left;
        }
        if (right instanceof UnknownValue) {
            return right;
        }
        double a = ((Number) left).doubleValue();
        double b = ((Number) right).doubleValue();
        return switch (operator) {
            case "<" -> a < b;
            case ">" -> a > b;
            case "<=" -> a <= b;
            case ">=" -> a >= b;
            case "+" -> number(a + b);
            case "-" -> number(a - b);
            case "*" -> number(a * b);
            case "/" -> number(a / b);
            default -> number(a % b);
        };
    }

    /** {@return a Long when the number is whole and exact} */
    static Object number(double value) {
        if (!Double.isFinite(value)) {
            throw new EvaluationError("not a number that can be written");
        }
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (Object) (long) value : (Object) value;
    }
}
