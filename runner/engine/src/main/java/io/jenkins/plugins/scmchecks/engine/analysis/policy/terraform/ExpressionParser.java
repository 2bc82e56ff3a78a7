package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.List;

/** Reads HCL expressions, by recursive descent and operator precedence (hclsyntax/spec.md, "Expressions"). */
final class ExpressionParser {

    /** Operators by how tightly they bind, the loosest first. */
    private static final String[][] LEVELS = {{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"},
        {"*", "/", "%"}};

    /** What an operator begins with. */
    private static final String OPERATORS = "|&=!<>+-*/%";

    private final Cursor cursor;
    private final TemplateParser templates;
    private final CollectionParser collections;

    ExpressionParser(Cursor cursor) {
        this.cursor = cursor;
        this.templates = new TemplateParser(cursor, this);
        this.collections = new CollectionParser(cursor, this);
    }

    /** Reads the expression that stands here. */
    Expression expression() {
        cursor.descend();
        Expression condition = binary(0);
        cursor.skipSpace();
        Expression result = condition;
        if (cursor.peek() == '?') {
            cursor.at++;
            Expression whenTrue = nextOperand();
            cursor.skipSpace();
            cursor.expect(':', "of a conditional");
            Expression whenFalse = nextOperand();
            result = new Expression.Conditional(condition, whenTrue, whenFalse, condition.start(), whenFalse.end());
        }
        cursor.ascend();
        return result;
    }

    /** Reads the expression after spaces. */
    Expression nextOperand() {
        cursor.skipSpace();
        return expression();
    }

    /** Reads {@code key, value in collection} of a for. */
    CollectionParser.Loop loop() {
        return collections.loop();
    }

    /** Reads a quoted text that must have no interpolation, as a label. */
    String plainString() {
        int start = cursor.at;
        if (templates.quoted() instanceof Expression.Literal literal && literal.value() instanceof String text) {
            return text;
        }
        throw new SyntaxError(start, "a template is not allowed here");
    }

    /** Reads operands joined by operators that bind at least as tightly as {@code loosest}. */
    private Expression binary(int loosest) {
        Expression left = unary();
        while (true) {
            int before = cursor.at;
            cursor.skipSpace();
            int level = OPERATORS.indexOf(cursor.peek()) < 0 ? -1 : level();
            if (level < loosest) {
                cursor.at = before;
                return left;
            }
            String operator = operator(level);
            cursor.at += operator.length();
            cursor.skipSpace();
            Expression right = binary(level + 1);
            cursor.countElement();
            left = new Expression.Binary(operator, left, right, left.start(), right.end());
        }
    }

    /** {@return how tightly the operator that stands here binds, or -1 when there is none} */
    private int level() {
        for (int level = LEVELS.length - 1; level >= 0; level--) {
            if (operator(level) != null) {
                return level;
            }
        }
        return -1;
    }

    private String operator(int level) {
        for (String operator : LEVELS[level]) {
            if (cursor.looksAt(operator)) {
                return operator;
            }
        }
        return null;
    }

    private Expression unary() {
        char c = cursor.peek();
        if (c == '-' || c == '!') {
            int start = cursor.at++;
            cursor.descend();
            cursor.skipSpace();
            Expression operand = unary();
            cursor.ascend();
            if (c == '-' && operand instanceof Expression.Literal literal) {
                if (literal.value() instanceof Long number) {
                    return new Expression.Literal(-number, start, operand.end());
                }
                if (literal.value() instanceof Double number) {
                    return new Expression.Literal(-number, start, operand.end());
                }
            }
            return new Expression.Unary(c, operand, start, operand.end());
        }
        return postfix(primary());
    }

    private Expression primary() {
        cursor.countElement();
        char c = cursor.peek();
        if (c == '"') {
            return templates.quoted();
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        if (c == '(') {
            return parenthesized();
        }
        if (c == '[') {
            return collections.read('[', ']');
        }
        if (c == '{') {
            return collections.read('{', '}');
        }
        if (cursor.looksAt("<<")) {
            return templates.heredoc();
        }
        if (cursor.atName()) {
            return nameOrCall();
        }
        throw cursor.error("expected an expression, found " + cursor.found());
    }

    private Expression parenthesized() {
        cursor.at++;
        boolean joined = cursor.linesJoined;
        cursor.linesJoined = true;
        Expression inner = nextOperand();
        cursor.skipSpace();
        cursor.expect(')', "to close the parenthesis");
        cursor.linesJoined = joined;
        return inner;
    }

    private Expression number() {
        int start = cursor.at;
        digits();
        boolean whole = true;
        if (cursor.peek() == '.' && Character.isDigit(cursor.peek(1))) {
            whole = false;
            cursor.at++;
            digits();
        }
        if (cursor.peek() == 'e' || cursor.peek() == 'E') {
            whole = false;
            cursor.at++;
            if (cursor.peek() == '+' || cursor.peek() == '-') {
                cursor.at++;
            }
            digits();
        }
        String text = cursor.text.substring(start, cursor.at);
        try {
            Object value = whole && text.length() <= 18 ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
            return new Expression.Literal(value, start, cursor.at);
        } catch (NumberFormatException e) {
            throw new SyntaxError(start, "not a number: " + text);
        }
    }

    private void digits() {
        while (cursor.peek() >= '0' && cursor.peek() <= '9') {
            cursor.at++;
        }
    }

    private Expression nameOrCall() {
        int start = cursor.at;
        String name = cursor.name("");
        switch (name) {
            case "true":
                return new Expression.Literal(Boolean.TRUE, start, cursor.at);
            case "false":
                return new Expression.Literal(Boolean.FALSE, start, cursor.at);
            case "null":
                return new Expression.Literal(null, start, cursor.at);
            default:
                break;
        }
        while (cursor.accept("::")) {
            name = name + "::" + cursor.name("of a function");
        }
        int nameEnd = cursor.at;
        cursor.skipSpace();
        if (cursor.peek() == '(') {
            return call(name, start);
        }
        cursor.at = nameEnd;
        return new Expression.Name(name, start, nameEnd);
    }

    private Expression call(String name, int start) {
        cursor.at++;
        boolean joined = cursor.linesJoined;
        cursor.linesJoined = true;
        List<Expression> arguments = new ArrayList<>(4);
        boolean spread = false;
        cursor.skipSpace();
        while (cursor.peek() != ')') {
            arguments.add(expression());
            cursor.skipSpace();
            spread = cursor.accept("...");
            cursor.skipSpace();
            if (spread || !cursor.accept(",")) {
                break;
            }
            cursor.skipSpace();
        }
        cursor.skipSpace();
        cursor.expect(')', "to close the arguments of " + name);
        cursor.linesJoined = joined;
        return new Expression.Call(name, arguments, spread, start, cursor.at);
    }

    private Expression postfix(Expression first) {
        Expression result = first;
        while (true) {
            int before = cursor.at;
            if (cursor.linesJoined) {
                cursor.skipSpace();
            }
            char c = cursor.peek();
            if (c == '.' && cursor.peek(1) != '.') {
                cursor.at++;
                if (cursor.peek() == '*') {
                    cursor.at++;
                    return postfix(splat(result, false));
                }
                result = afterDot(result);
            } else if (c == '[') {
                if (cursor.peek(1) == '*' && cursor.peek(2) == ']') {
                    cursor.at += 3;
                    return postfix(splat(result, true));
                }
                result = index(result);
            } else {
                cursor.at = before;
                return result;
            }
            cursor.countElement();
        }
    }

    private Expression afterDot(Expression target) {
        cursor.skipSpace();
        int start = cursor.at;
        if (Character.isDigit(cursor.peek())) {
            digits();
            Expression key = new Expression.Literal(Long.valueOf(shortNumber(start)), start, cursor.at);
            return new Expression.Index(target, key, target.start(), cursor.at);
        }
        String name = cursor.name("after '.'");
        return new Expression.Attribute(target, name, target.start(), cursor.at);
    }

    private String shortNumber(int start) {
        if (cursor.at - start > 9) {
            throw new SyntaxError(start, "the index is too large");
        }
        return cursor.text.substring(start, cursor.at);
    }

    private Expression index(Expression target) {
        cursor.at++;
        boolean joined = cursor.linesJoined;
        cursor.linesJoined = true;
        Expression key = nextOperand();
        cursor.skipSpace();
        cursor.expect(']', "to close the index");
        cursor.linesJoined = joined;
        return new Expression.Index(target, key, target.start(), cursor.at);
    }

    /** After {@code [*]} indexes belong to each element; after {@code .*} only names do. */
    private Expression splat(Expression source, boolean full) {
        Expression each = new Expression.Element(cursor.at, cursor.at);
        while (true) {
            if (cursor.peek() == '.' && cursor.peek(1) != '.' && cursor.peek(1) != '*') {
                cursor.at++;
                each = afterDot(each);
            } else if (full && cursor.peek() == '[' && !cursor.looksAt("[*]")) {
                each = index(each);
            } else {
                return new Expression.Splat(source, each, source.start(), cursor.at);
            }
            cursor.countElement();
        }
    }
}
