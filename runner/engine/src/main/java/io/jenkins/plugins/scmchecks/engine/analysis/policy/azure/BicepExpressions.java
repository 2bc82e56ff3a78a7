package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;

/** Reads Bicep's expressions, by recursive descent from the weakest operator to the strongest. */
final class BicepExpressions {

    static final int MAX_DEPTH = 60;

    /** Weakest first; a longer sign before one that it begins with. */
    private static final List<List<String>> OPERATORS = List.of(
            List.of("??"), List.of("||"), List.of("&&"), List.of("==", "!=", "=~", "!~"),
            List.of("<=", ">=", "<", ">"), List.of("+", "-"), List.of("*", "/", "%"));

    private final BicepText in;
    private final BicepValues values;
    private int depth;

    BicepExpressions(BicepText in, BicepValues.NestedResource nestedResource) {
        this.in = in;
        this.values = new BicepValues(in, this::expression, nestedResource);
    }

    /** {@return the reader of what stands between operators} */
    BicepValues values() {
        return values;
    }

    Expr expression() throws DocumentException {
        if (++depth > MAX_DEPTH) {
            throw in.problem("nested too deeply");
        }
        int start = in.at();
        Expr condition = operation(0);
        int end = in.at();
        in.space();
        boolean choice = in.peek() == '?' && !in.startsWith("??") && !in.startsWith("?.");
        if (!choice) {
            in.moveTo(end);
            depth--;
            return condition;
        }
        in.take();
        in.space();
        Expr then = expression();
        in.space();
        in.expect(":");
        in.space();
        Expr otherwise = expression();
        depth--;
        return new Expr.Choice(condition, then, otherwise, in.region(start));
    }

    private Expr operation(int level) throws DocumentException {
        if (level == OPERATORS.size()) {
            return unary();
        }
        int start = in.at();
        Expr left = operation(level + 1);
        while (true) {
            int end = in.at();
            in.blanks();
            String sign = OPERATORS.get(level).stream().filter(in::startsWith).findFirst().orElse(null);
            if (sign == null) {
                in.moveTo(end);
                return left;
            }
            in.accept(sign);
            in.space();
            left = binary(sign, left, operation(level + 1), in.region(start));
        }
    }

    private static Expr binary(String sign, Expr left, Expr right, Region region) {
        List<Expr> both = List.of(left, right);
        return switch (sign) {
            case "??" -> new Expr.Call("coalesce", both, region);
            case "||" -> new Expr.Call("or", both, region);
            case "&&" -> new Expr.Call("and", both, region);
            case "==" -> new Expr.Call("equals", both, region);
            case "!=" -> new Expr.Call("not", List.of(new Expr.Call("equals", both, region)), region);
            default -> new Expr.Opaque("'" + sign + "' is not computed", both, region);
        };
    }

    private Expr unary() throws DocumentException {
        int start = in.at();
        int signs = 0;
        boolean not = false;
        while (in.peek() == '!' || in.peek() == '-') {
            not = in.take() == '!';
            signs++;
            in.blanks();
        }
        Expr operand = postfix();
        if (signs == 0) {
            return operand;
        }
        boolean negative = signs == 1 && !not
                && operand instanceof Expr.Literal literal
                && literal.value() instanceof Node.Scalar scalar
                && scalar.value() instanceof Long;
        if (negative) {
            Long value = (Long) ((Node.Scalar) ((Expr.Literal) operand).value()).value();
            return new Expr.Literal(new Node.Scalar(-value, in.region(start)));
        }
        return signs == 1 && not
                ? new Expr.Call("not", List.of(operand), in.region(start))
                : new Expr.Opaque("a sign is not computed", List.of(operand), in.region(start));
    }

    private Expr postfix() throws DocumentException {
        int start = in.at();
        Expr result = values.primary();
        while (true) {
            if (in.accept(".?") || in.accept("::") || in.accept(".")) {
                String field = in.name();
                result = in.peek() == '('
                        ? new Expr.Call(field, values.arguments(), in.region(start))
                        : new Expr.Member(result, field, in.region(start));
            } else if (in.peek() == '[') {
                in.take();
                in.accept("?");
                in.space();
                boolean fromEnd = in.accept("^");
                Expr index = expression();
                in.space();
                in.expect("]");
                result = fromEnd
                        ? new Expr.Opaque("an index from the end", List.of(result, index), in.region(start))
                        : new Expr.Index(result, index, in.region(start));
            } else if (in.peek() == '!' && !in.startsWith("!=") && !in.startsWith("!~")) {
                in.take();
            } else {
                return result;
            }
        }
    }
}
