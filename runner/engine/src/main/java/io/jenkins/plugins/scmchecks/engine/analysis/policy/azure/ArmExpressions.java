package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.List;

/** Reads the values of an ARM template: texts such as {@code [concat(parameters('a'), 'b')]} are expressions. */
final class ArmExpressions {

    private static final int MAX_DEPTH = 60;

    private final String text;
    private final Region region;
    private int at;
    private int depth;

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    private ArmExpressions(String text, Region region) {
        this.text = text;
        this.region = region;
    }

    static Expr of(Node node) {
        if (node instanceof Node.Sequence sequence) {
            return new Expr.Array(sequence.items().stream().map(ArmExpressions::of).toList(), sequence.region());
        }
        if (node instanceof Node.Mapping mapping) {
            List<Expr.Field> fields = new ArrayList<>();
            mapping.entries().forEach((name, entry) -> {
                List<Expr.Field> loops = name.equals("copy") ? ArmLoops.fields(entry.value()) : null;
                fields.addAll(loops != null ? loops : List.of(new Expr.Field(
                        new Expr.Literal(new Node.Scalar(name, entry.key())), entry.key(), of(entry.value()))));
            });
            return new Expr.Obj(fields, mapping.region());
        }
        String text = String.valueOf(Functions.text(node));
        if (!isExpression(node)) {
            boolean escaped = node instanceof Node.Scalar && text.startsWith("[[") && text.endsWith("]");
            return new Expr.Literal(escaped ? new Node.Scalar(text.substring(1), node.region()) : node);
        }
        ArmExpressions reader = new ArmExpressions(text.substring(1, text.length() - 1), node.region());
        try {
            Expr result = reader.expression();
            return reader.next() == 0 ? result : reader.unknown("more text after the expression");
        } catch (Unreadable e) {
            return reader.unknown(e.getMessage());
        }
    }

    /** {@return whether a value is a text such as {@code [concat('a', 'b')]}} */
    static boolean isExpression(Node node) {
        return node instanceof Node.Scalar scalar
                && scalar.value() instanceof String text
                && text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
    }

    private Expr unknown(String why) {
        return new Expr.Literal(new Node.Unknown("not an expression: " + why, region));
    }

    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private Expr expression() {
        if (++depth > MAX_DEPTH) {
            throw new Unreadable("nested too deeply");
        }
        Expr result = primary();
        while (next() == '.' || next() == '[') {
            if (text.charAt(at++) == '.') {
                result = new Expr.Member(result, word(), region);
            } else {
                Expr index = expression();
                expect(']');
                result = new Expr.Index(result, index, region);
            }
        }
        depth--;
        return result;
    }

    private Expr primary() {
        char c = next();
        if (c == '\'') {
            return new Expr.Literal(new Node.Scalar(quoted(), region));
        }
        if (c == '-' || Character.isDigit(c)) {
            int start = at++;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            String number = text.substring(start, at);
            return new Expr.Literal(number.matches("-?[0-9]{1,17}")
                    ? new Node.Scalar(Long.parseLong(number), region)
                    : new Node.Unknown("no number: " + number, region));
        }
        String name = word();
        List<Expr> arguments = new ArrayList<>();
        expect('(');
        while (next() != ')') {
            arguments.add(expression());
            if (next() != ')') {
                expect(',');
            }
        }
        at++;
        return new Expr.Call(name, arguments, region);
    }

    private String quoted() {
        StringBuilder result = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\'' && at < text.length() && text.charAt(at) == '\'') {
                at++;
            } else if (c == '\'') {
                return result.toString();
            }
            result.append(c);
        }
        throw new Unreadable("a text has no end");
    }

    private String word() {
        next();
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        // A user's own function is called namespace.name.
        if (start == at) {
            throw new Unreadable("a name is missing");
        }
        return text.substring(start, at);
    }

    private void expect(char c) {
        if (next() != c) {
            throw new Unreadable("'" + c + "' is missing");
        }
        at++;
    }
}
