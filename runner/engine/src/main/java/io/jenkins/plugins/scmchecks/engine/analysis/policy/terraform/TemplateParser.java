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

    /** Reads a text in quotation marks. */
    Expression quoted() {
        int start = cursor.at++;
        List<TemplateTree.Piece> pieces = new ArrayList<>(1);
        read(pieces, true, 0);
        return TemplateTree.of(pieces, start, cursor.at);
    }

    /** Reads everything up to the end, without escapes. */
    Expression plain() {
        List<TemplateTree.Piece> pieces = new ArrayList<>(1);
        read(pieces, false, 0);
        return TemplateTree.of(pieces, 0, cursor.at);
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
        List<TemplateTree.Piece> pieces = new ArrayList<>(1);
        read(pieces, false, indent == Integer.MAX_VALUE ? 0 : indent);
        cursor.limit = outerLimit;
        cursor.linesJoined = joined;
        int end = closeEnd;
        while (end > bodyEnd && Character.isWhitespace(cursor.text.charAt(end - 1))) {
            end--;
        }
        cursor.at = end;
        return TemplateTree.of(pieces, start, cursor.at);
    }

    private void read(List<TemplateTree.Piece> pieces, boolean quoted, int indent) {
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
                int end = c == '\n' ? cursor.at + 1 : endOfPlainText(cursor.at + 1);
                text.append(cursor.text, cursor.at, end);
                cursor.at = end;
                lineStart = indent > 0 && c == '\n';
            }
        }
    }

    /** {@return where the next character stands that may mean something in a template} */
    private int endOfPlainText(int from) {
        int end = from;
        while (end < cursor.limit && "\"\\$%\n".indexOf(cursor.text.charAt(end)) < 0) {
            end++;
        }
        return end;
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

    private void flush(List<TemplateTree.Piece> pieces, StringBuilder text, int start, boolean trimStart) {
        String value = trimStart ? text.toString().stripLeading() : text.toString();
        text.setLength(0);
        if (!value.isEmpty()) {
            pieces.add(new TemplateTree.Piece.Part(new Expression.Literal(value, start, cursor.at)));
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
    private boolean interpolation(List<TemplateTree.Piece> pieces) {
        boolean joined = join();
        pieces.add(new TemplateTree.Piece.Part(expressions.expression()));
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

    private boolean directive(List<TemplateTree.Piece> pieces) {
        int start = cursor.at;
        boolean joined = join();
        String keyword = cursor.name("of a directive");
        Expression condition = null;
        CollectionParser.Loop loop = null;
        switch (keyword) {
            case "if" -> {
                cursor.skipSpace();
                condition = expressions.expression();
            }
            case "for" -> loop = expressions.loop();
            case "else", "endif", "endfor" -> { }
            default -> throw new SyntaxError(start, "unknown directive " + keyword);
        }
        boolean trim = close(joined);
        pieces.add(new TemplateTree.Piece.Directive(keyword, condition, loop, start, cursor.at));
        return trim;
    }
}
