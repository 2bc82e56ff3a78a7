package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.List;

/** Reads quoted texts and heredocs, with their interpolations and directives (hclsyntax/spec.md, "Templates"). */
final class TemplateParser {

    private final Cursor cursor;
    private final ExpressionParser expressions;

    TemplateParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** What stands between {@code for} and {@code :}, which for expressions and directives have in common. */
    record Loop(String keyName, String valueName, Expression collection) {}

    /** One piece of a template before its directives are matched. */
    private sealed interface Piece {

        record Part(Expression expression) implements Piece {}

        /** @param expression of an {@code if}, or null */
        record Directive(String keyword, Expression expression, Loop loop, int start, int end) implements Piece {}
    }

    /** Reads a text in quotation marks. */
    Expression quoted() {
        int start = cursor.at++;
        List<Piece> pieces = new ArrayList<>(1);
        read(pieces, true, 0);
        return tree(pieces, start);
    }

    /** Reads everything up to the end, without escapes. */
    Expression plain() {
        List<Piece> pieces = new ArrayList<>(1);
        read(pieces, false, 0);
        return tree(pieces, 0);
    }

    /** Reads {@code <<NAME} or {@code <<-NAME}, up to the line that has the name alone. */
    Expression heredoc() {
        int start = cursor.at;
        cursor.at += 2;
        boolean indented = cursor.accept("-");
        String marker = cursor.name("after '<<'");
        if (cursor.peek() == '\r') {
            cursor.at++;
        }
        cursor.expect('\n', "after the heredoc's name");
        int bodyStart = cursor.at;
        int line = bodyStart;
        int indent = Integer.MAX_VALUE;
        while (true) {
            if (line >= cursor.limit) {
                throw new SyntaxError(start, "the heredoc is not closed: a line with " + marker + " alone is missing");
            }
            int end = cursor.text.indexOf('\n', line);
            end = end < 0 || end > cursor.limit ? cursor.limit : end;
            String content = cursor.text.substring(line, end).strip();
            if (content.equals(marker)) {
                return heredocBody(start, bodyStart, line, end, indented ? indent : 0);
            }
            if (!content.isEmpty()) {
                indent = Math.min(indent, indentOf(line, end));
            }
            line = end + 1;
        }
    }

    private int indentOf(int line, int end) {
        int at = line;
        while (at < end && (cursor.text.charAt(at) == ' ' || cursor.text.charAt(at) == '\t')) {
            at++;
        }
        return at - line;
    }

    private Expression heredocBody(int start, int bodyStart, int bodyEnd, int closeEnd, int indent) {
        int outerLimit = cursor.limit;
        boolean joined = cursor.linesJoined;
        cursor.at = bodyStart;
        cursor.limit = bodyEnd;
        List<Piece> pieces = new ArrayList<>(1);
        read(pieces, false, indent == Integer.MAX_VALUE ? 0 : indent);
        cursor.limit = outerLimit;
        cursor.linesJoined = joined;
        int end = closeEnd;
        while (end > bodyEnd && Character.isWhitespace(cursor.text.charAt(end - 1))) {
            end--;
        }
        cursor.at = end;
        return tree(pieces, start);
    }

    private void read(List<Piece> pieces, boolean quoted, int indent) {
        StringBuilder text = new StringBuilder();
        int textStart = cursor.at;
        boolean trimNext = false;
        boolean lineStart = indent > 0;
        while (true) {
            if (lineStart) {
                skipIndent(indent);
                lineStart = false;
            }
            if (cursor.atEnd()) {
                if (quoted) {
                    throw new SyntaxError(textStart, "the text is not closed: '\"' is missing");
                }
                flush(pieces, text, textStart, trimNext);
                return;
            }
            char c = cursor.peek();
            if (quoted && c == '"') {
                flush(pieces, text, textStart, trimNext);
                cursor.at++;
                return;
            }
            if (quoted && c == '\n') {
                throw cursor.error("the text is not closed on its line: '\"' is missing");
            }
            if (quoted && c == '\\') {
                escape(text);
            } else if ((c == '$' || c == '%') && cursor.peek(1) == c && cursor.peek(2) == '{') {
                text.append(c).append('{');
                cursor.at += 3;
            } else if ((c == '$' || c == '%') && cursor.peek(1) == '{') {
                boolean trimBefore = cursor.peek(2) == '~';
                flush(pieces, trimBefore ? trimEnd(text) : text, textStart, trimNext);
                cursor.at += trimBefore ? 3 : 2;
                trimNext = c == '$' ? interpolation(pieces) : directive(pieces);
                textStart = cursor.at;
            } else {
                text.append(c);
                cursor.at++;
                lineStart = indent > 0 && c == '\n';
            }
        }
    }

    private void skipIndent(int indent) {
        for (int i = 0; i < indent && (cursor.peek() == ' ' || cursor.peek() == '\t'); i++) {
            cursor.at++;
        }
    }

    private static StringBuilder trimEnd(StringBuilder text) {
        int end = text.length();
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        text.setLength(end);
        return text;
    }

    private void flush(List<Piece> pieces, StringBuilder text, int start, boolean trimStart) {
        String value = trimStart ? text.toString().stripLeading() : text.toString();
        text.setLength(0);
        if (!value.isEmpty()) {
            pieces.add(new Piece.Part(new Expression.Literal(value, start, cursor.at)));
        }
    }

    private void escape(StringBuilder text) {
        char c = cursor.peek(1);
        cursor.at += 2;
        switch (c) {
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case '"', '\\' -> text.append(c);
            case 'u' -> text.appendCodePoint(hex(4));
            case 'U' -> text.appendCodePoint(hex(8));
            default -> {
                cursor.at -= 2;
                throw cursor.error("unknown escape '\\" + (c == Cursor.END ? "" : c) + "' in a text");
            }
        }
    }

    private int hex(int digits) {
        int end = cursor.at + digits;
        try {
            if (end <= cursor.limit) {
                int value = Integer.parseUnsignedInt(cursor.text.substring(cursor.at, end), 16);
                if (Character.isValidCodePoint(value)) {
                    cursor.at = end;
                    return value;
                }
            }
        } catch (NumberFormatException e) {
            // told below, as the same mistake
        }
        throw cursor.error("expected " + digits + " hexadecimal digits of a character");
    }

    /** Reads up to the closing brace; {@return whether the text after it is to be trimmed}. */
    private boolean interpolation(List<Piece> pieces) {
        boolean joined = join();
        pieces.add(new Piece.Part(expressions.expression()));
        return close(joined);
    }

    private boolean join() {
        boolean joined = cursor.linesJoined;
        cursor.linesJoined = true;
        cursor.skipSpace();
        return joined;
    }

    private boolean close(boolean joined) {
        cursor.skipSpace();
        boolean trim = cursor.accept("~");
        cursor.expect('}', "to close the interpolation");
        cursor.linesJoined = joined;
        return trim;
    }

    private boolean directive(List<Piece> pieces) {
        int start = cursor.at;
        boolean joined = join();
        String keyword = cursor.name("of a directive");
        Expression condition = null;
        Loop loop = null;
        switch (keyword) {
            case "if" -> {
                cursor.skipSpace();
                condition = expressions.expression();
            }
            case "for" -> loop = loop();
            case "else", "endif", "endfor" -> { }
            default -> throw new SyntaxError(start, "unknown directive " + keyword);
        }
        boolean trim = close(joined);
        pieces.add(new Piece.Directive(keyword, condition, loop, start, cursor.at));
        return trim;
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

    private Expression tree(List<Piece> pieces, int start) {
        int[] next = {0};
        List<Expression> parts = parts(pieces, next, start);
        if (next[0] < pieces.size()) {
            Piece.Directive stray = (Piece.Directive) pieces.get(next[0]);
            throw new SyntaxError(stray.start(), "the directive " + stray.keyword() + " closes nothing");
        }
        if (parts.isEmpty()) {
            return new Expression.Literal("", start, cursor.at);
        }
        if (parts.size() == 1 && parts.get(0) instanceof Expression.Literal literal
                && literal.value() instanceof String) {
            return new Expression.Literal(literal.value(), start, cursor.at);
        }
        return new Expression.Template(parts, start, cursor.at);
    }

    /** Takes pieces up to a directive that closes or parts a surrounding one. */
    private List<Expression> parts(List<Piece> pieces, int[] next, int start) {
        List<Expression> parts = new ArrayList<>(pieces.size());
        cursor.descend();
        while (next[0] < pieces.size()) {
            Piece piece = pieces.get(next[0]);
            if (piece instanceof Piece.Part part) {
                parts.add(part.expression());
                next[0]++;
                continue;
            }
            Piece.Directive directive = (Piece.Directive) piece;
            if (directive.keyword().equals("if")) {
                next[0]++;
                parts.add(conditional(pieces, next, directive));
            } else if (directive.keyword().equals("for")) {
                next[0]++;
                Expression body = join(parts(pieces, next, start), directive);
                close(pieces, next, "endfor", directive);
                Loop loop = directive.loop();
                parts.add(new Expression.TemplateFor(loop.keyName(), loop.valueName(), loop.collection(), body,
                        directive.start(), directive.end()));
            } else {
                break;
            }
        }
        cursor.ascend();
        return parts;
    }

    private Expression conditional(List<Piece> pieces, int[] next, Piece.Directive directive) {
        Expression whenTrue = join(parts(pieces, next, directive.start()), directive);
        Expression whenFalse = new Expression.Literal("", directive.start(), directive.end());
        if (next[0] < pieces.size() && ((Piece.Directive) pieces.get(next[0])).keyword().equals("else")) {
            next[0]++;
            whenFalse = join(parts(pieces, next, directive.start()), directive);
        }
        close(pieces, next, "endif", directive);
        return new Expression.Conditional(
                directive.expression(), whenTrue, whenFalse, directive.start(), directive.end());
    }

    private static void close(List<Piece> pieces, int[] next, String keyword, Piece.Directive opened) {
        if (next[0] >= pieces.size() || !((Piece.Directive) pieces.get(next[0])).keyword().equals(keyword)) {
            throw new SyntaxError(opened.start(), "the directive " + opened.keyword() + " is not closed by " + keyword);
        }
        next[0]++;
    }

    private static Expression join(List<Expression> parts, Piece.Directive directive) {
        return new Expression.Template(parts, directive.start(), directive.end());
    }
}
