package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.List;

/** Reads Bicep's expressions, by recursive descent from the weakest operator to the strongest. */
final class BicepExpressions {

    private static final int MAX_DEPTH = 60;

    /** Weakest first; a longer sign before one that it begins with. */
    private static final List<List<String>> OPERATORS = List.of(
            List.of("??"), List.of("||"), List.of("&&"), List.of("==", "!=", "=~", "!~"),
            List.of("<=", ">=", "<", ">"), List.of("+", "-"), List.of("*", "/", "%"));

    private final BicepText in;
    private final BicepTexts texts;
    private final NestedResource nestedResource;
    private int depth;

    /** Reads a resource that is declared within an object, when one begins here. */
    interface NestedResource {
        BicepStatement.Declaration read() throws DocumentException;
    }

    BicepExpressions(BicepText in, NestedResource nestedResource) {
        this.in = in;
        this.texts = new BicepTexts(in, this::expression);
        this.nestedResource = nestedResource;
    }

    /** {@return the object of a resource; of a loop, or of what has a condition, that of one instance} */
    Expr.Obj resourceBody(List<BicepStatement.Declaration> nested) throws DocumentException {
        boolean loop = in.accept("[");
        if (loop) {
            in.space();
            loopHead();
        }
        if (in.startsWith("if")) {
            in.word();
            in.blanks();
            in.brackets();
            in.space();
        }
        if (in.peek() != '{') {
            throw in.problem("a resource's body begins with '{'");
        }
        Expr.Obj body = object(nested);
        if (loop) {
            in.space();
            in.expect("]");
        }
        return body;
    }

    /** {@code for x in list:} or {@code for (x, i) in list:}. */
    private Expr loopHead() throws DocumentException {
        in.expect("for");
        in.blanks();
        if (in.peek() == '(') {
            in.brackets();
        } else {
            in.name();
        }
        in.blanks();
        in.expect("in");
        in.blanks();
        Expr list = expression();
        in.blanks();
        in.expect(":");
        in.space();
        return list;
    }

    /** {@return a text into which nothing is put, or null} */
    Node plainText() throws DocumentException {
        return texts.text() instanceof Expr.Literal literal ? literal.value() : null;
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
        Expr result = primary();
        while (true) {
            if (in.accept(".?") || in.accept("::") || in.accept(".")) {
                String field = in.name();
                result = in.peek() == '('
                        ? new Expr.Call(field, arguments(), in.region(start))
                        : new Expr.Member(result, field, in.region(start));
            } else if (in.peek() == '[') {
                in.take();
                in.accept("?");
                in.space();
                Expr index = expression();
                in.space();
                in.expect("]");
                result = new Expr.Index(result, index, in.region(start));
            } else if (in.peek() == '!' && !in.startsWith("!=") && !in.startsWith("!~")) {
                in.take();
            } else {
                return result;
            }
        }
    }

    private Expr primary() throws DocumentException {
        int start = in.at();
        char c = in.peek();
        if (c == '\'') {
            return texts.text();
        } else if (c == '[') {
            return array();
        } else if (c == '{') {
            return object(new ArrayList<>());
        } else if (c == '(') {
            in.take();
            in.space();
            Expr inner = expression();
            in.space();
            in.expect(")");
            return inner;
        }
        String word = in.name();
        Region region = in.region(start);
        if (Character.isDigit(c)) {
            boolean number = word.matches("[0-9]{1,17}");
            return new Expr.Literal(number
                    ? new Node.Scalar(Long.parseLong(word), region)
                    : new Node.Unknown("no number: " + word, region));
        }
        return switch (word) {
            case "true", "false" -> new Expr.Literal(new Node.Scalar(word.equals("true"), region));
            case "null" -> new Expr.Literal(new Node.Scalar(null, region));
            default -> in.peek() == '('
                    ? new Expr.Call(word, arguments(), in.region(start))
                    : new Expr.Name(word, region);
        };
    }

    private List<Expr> arguments() throws DocumentException {
        List<Expr> arguments = new ArrayList<>();
        in.expect("(");
        in.space();
        while (!in.accept(")")) {
            arguments.add(argument());
            in.space();
            in.accept(",");
            in.space();
            if (in.atEnd()) {
                throw in.problem("')' is missing");
            }
        }
        return arguments;
    }

    /** An expression, or a function {@code x => …}, {@code (x, y) => …}. */
    private Expr argument() throws DocumentException {
        int start = in.at();
        if (in.peek() == '(') {
            in.brackets();
        } else {
            in.word();
        }
        in.blanks();
        if (in.accept("=>")) {
            in.space();
            expression();
            return new Expr.Opaque("a function", List.of(), in.region(start));
        }
        in.moveTo(start);
        return expression();
    }

    private Expr array() throws DocumentException {
        int start = in.at();
        in.expect("[");
        in.space();
        if (in.startsWith("for ")) {
            Expr list = loopHead();
            if (in.startsWith("if")) {
                in.word();
                in.blanks();
                in.brackets();
                in.space();
            }
            Expr item = expression();
            in.space();
            in.expect("]");
            return new Expr.Opaque("a loop's elements", List.of(list, item), in.region(start));
        }
        List<Expr> items = new ArrayList<>();
        boolean spread = false;
        while (!in.accept("]")) {
            spread |= in.accept("...");
            items.add(expression());
            in.space();
            in.accept(",");
            in.space();
            if (in.atEnd()) {
                throw in.problem("']' is missing");
            }
        }
        return spread
                ? new Expr.Opaque("a list that another is put into", items, in.region(start))
                : new Expr.Array(items, in.region(start));
    }

    private Expr.Obj object(List<BicepStatement.Declaration> nested) throws DocumentException {
        if (++depth > MAX_DEPTH) {
            throw in.problem("nested too deeply");
        }
        int start = in.at();
        List<Expr.Field> fields = new ArrayList<>();
        in.expect("{");
        in.space();
        while (!in.accept("}")) {
            BicepStatement.Declaration child = nestedResource.read();
            if (child != null) {
                nested.add(child);
            } else {
                field(fields);
            }
            in.space();
            in.accept(",");
            in.space();
            if (in.atEnd()) {
                throw in.problem("'}' is missing");
            }
        }
        depth--;
        return new Expr.Obj(fields, in.region(start));
    }

    private void field(List<Expr.Field> fields) throws DocumentException {
        if (in.accept("...")) {
            expression();
            return;
        }
        int start = in.at();
        Expr name;
        if (in.peek() == '\'') {
            name = texts.text();
        } else {
            String word = in.name();
            name = new Expr.Literal(new Node.Scalar(word, in.region(start)));
        }
        Region key = in.region(start);
        in.blanks();
        in.expect(":");
        in.space();
        fields.add(new Expr.Field(name, key, expression()));
    }
}
