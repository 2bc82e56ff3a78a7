package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.List;

/** Reads what stands in brackets and braces: lists, objects, and for expressions (hclsyntax/spec.md, "Collections"). */
final class CollectionParser {

    private final Cursor cursor;
    private final ExpressionParser expressions;

    CollectionParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** What stands between {@code for} and {@code :}, which for expressions and directives have in common. */
    record Loop(String keyName, String valueName, Expression collection) {}

    /** Reads up to and with the closing bracket. */
    Expression read(char open, char close) {
        int start = cursor.at++;
        boolean joined = cursor.linesJoined;
        cursor.linesJoined = true;
        cursor.skipSpace();
        Expression result;
        if (cursor.looksAtKeyword("for") && !isKeyNamedFor()) {
            result = forExpression(start, close);
        } else if (open == '[') {
            result = tuple(start);
        } else {
            cursor.linesJoined = false;
            result = object(start);
        }
        cursor.linesJoined = joined;
        return result;
    }

    private boolean isKeyNamedFor() {
        int i = 3;
        while (cursor.peek(i) == ' ') {
            i++;
        }
        return cursor.peek(i) == '=' || cursor.peek(i) == ':' || cursor.peek(i) == ',' || cursor.peek(i) == ']';
    }

    private Expression tuple(int start) {
        List<Expression> items = new ArrayList<>();
        while (cursor.peek() != ']') {
            items.add(expressions.expression());
            cursor.skipSpace();
            if (!cursor.accept(",")) {
                break;
            }
            cursor.skipSpace();
        }
        cursor.expect(']', "or ',' in a list");
        return new Expression.Tuple(items, start, cursor.at);
    }

    private Expression object(int start) {
        List<Expression.ObjectLiteral.Item> items = new ArrayList<>();
        while (true) {
            cursor.skipLines();
            if (cursor.peek() == '}') {
                cursor.at++;
                return new Expression.ObjectLiteral(items, start, cursor.at);
            }
            Expression key = key();
            cursor.skipLines();
            if (!cursor.accept("=") && !cursor.accept(":")) {
                throw cursor.error("expected '=' or ':' after the key, found " + cursor.found());
            }
            cursor.skipLines();
            items.add(new Expression.ObjectLiteral.Item(key, expressions.expression()));
            cursor.skipSpace();
            if (!cursor.accept(",") && cursor.peek() != '\n' && cursor.peek() != '}') {
                throw cursor.error("expected ',' or the end of the line after the value, found " + cursor.found());
            }
        }
    }

    private Expression key() {
        int start = cursor.at;
        boolean inParentheses = cursor.peek() == '(';
        Expression key = expressions.expression();
        return !inParentheses && key instanceof Expression.Name name
                ? new Expression.Literal(name.name(), start, key.end())
                : key;
    }

    private Expression forExpression(int start, char close) {
        cursor.at += 3;
        Loop loop = loop();
        cursor.skipSpace();
        cursor.expect(':', "in a for expression");
        Expression key = null;
        Expression value = expressions.nextOperand();
        cursor.skipSpace();
        boolean grouped = false;
        if (close == '}') {
            if (!cursor.accept("=>")) {
                throw cursor.error("expected '=>' in a for expression that makes an object, found " + cursor.found());
            }
            key = value;
            value = expressions.nextOperand();
            cursor.skipSpace();
            grouped = cursor.accept("...");
            cursor.skipSpace();
        }
        Expression condition = null;
        if (cursor.acceptKeyword("if")) {
            condition = expressions.nextOperand();
            cursor.skipSpace();
        }
        cursor.expect(close, "to close the for expression");
        return new Expression.For(
                loop.keyName(), loop.valueName(), loop.collection(), key, value, condition, grouped, start, cursor.at);
    }

    /** Reads {@code key, value in collection}; {@code for} is read already. */
    Loop loop() {
        cursor.skipSpace();
        String keyName = null;
        String valueName = cursor.name("of a for's variable");
        cursor.skipSpace();
        if (cursor.accept(",")) {
            cursor.skipSpace();
            keyName = valueName;
            valueName = cursor.name("of a for's variable");
            cursor.skipSpace();
        }
        if (!cursor.acceptKeyword("in")) {
            throw cursor.error("expected 'in', found " + cursor.found());
        }
        cursor.skipSpace();
        return new Loop(keyName, valueName, expressions.expression());
    }
}
