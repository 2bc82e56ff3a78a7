package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads HCL's native syntax (hclsyntax/spec.md): attributes and blocks. Only the text is looked at; nothing is opened
 * or called. An error costs the top-level block it stands in, and no other.
 */
final class HclParser {

    /** What a top-level block begins with; where reading goes on after an error. */
    private static final Set<String> TOP_LEVEL = Set.of(
            "resource", "data", "variable", "locals", "module", "output", "provider", "terraform", "moved", "import",
            "check", "removed", "ephemeral");

    /** Errors told of one file. */
    private static final int MAX_ERRORS = 20;

    private final Cursor cursor;
    private final ExpressionParser expressions;

    private HclParser(String text) {
        this.cursor = new Cursor(text);
        this.expressions = new ExpressionParser(cursor);
    }

    /**
     * Reads a whole file.
     *
     * @param errors takes what could not be read; never thrown
     * @return what could be read
     */
    static Body parse(String text, Consumer<SyntaxError> errors) {
        return new HclParser(text).file(errors);
    }

    /** Reads one expression that is the whole text, as a string of JSON syntax may hold. */
    static Expression parseExpression(String text) {
        HclParser parser = new HclParser(text);
        parser.cursor.linesJoined = true;
        Expression result = parser.expressions.expression();
        parser.cursor.skipSpace();
        if (!parser.cursor.atEnd()) {
            throw parser.cursor.error("expected the end of the expression, found " + parser.cursor.found());
        }
        return result;
    }

    /** Reads a text that may have interpolations, without quotes and escapes, as JSON syntax has it. */
    static Expression parseTemplate(String text) {
        HclParser parser = new HclParser(text);
        return new TemplateParser(parser.cursor, parser.expressions).plain();
    }

    private Body file(Consumer<SyntaxError> errors) {
        Map<String, Body.Attribute> attributes = new LinkedHashMap<>();
        List<Body.Block> blocks = new ArrayList<>();
        int count = 0;
        while (true) {
            int start = cursor.at;
            try {
                cursor.skipLines();
                start = cursor.at;
                if (cursor.atEnd()) {
                    break;
                }
                item(attributes, blocks);
            } catch (SyntaxError e) {
                errors.accept(e);
                if (++count >= MAX_ERRORS || cursor.isFull()) {
                    errors.accept(new SyntaxError(e.offset(), "the rest of the file is skipped"));
                    break;
                }
                cursor.restore(nextTopLevel(start), 0);
            }
        }
        return new Body(attributes, blocks);
    }

    /** {@return where the next line begins that looks like a top-level block, after {@code from}} */
    private int nextTopLevel(int from) {
        String text = cursor.text;
        int line = text.indexOf('\n', from);
        while (line >= 0) {
            int at = line + 1;
            int end = at;
            while (end < text.length() && text.charAt(end) >= 'a' && text.charAt(end) <= 'z') {
                end++;
            }
            if (end > at && TOP_LEVEL.contains(text.substring(at, end)) && opensBlock(text, end)) {
                return at;
            }
            line = text.indexOf('\n', at);
        }
        return text.length();
    }

    private static boolean opensBlock(String text, int at) {
        int i = at;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i < text.length() && (text.charAt(i) == '{' || text.charAt(i) == '"');
    }

    private void item(Map<String, Body.Attribute> attributes, List<Body.Block> blocks) {
        cursor.countElement();
        int start = cursor.at;
        // JSON habits: a quoted attribute name is not HCL, but its meaning is plain.
        String name = cursor.peek() == '"' ? expressions.plainString() : cursor.name("of an attribute or block");
        int nameEnd = cursor.at;
        cursor.skipSpace();
        if (cursor.peek() == '=' && cursor.peek(1) != '=') {
            cursor.at++;
            cursor.skipSpace();
            Expression value = expressions.expression();
            if (attributes.putIfAbsent(name, new Body.Attribute(name, start, nameEnd, value)) != null) {
                throw new SyntaxError(start, "the attribute " + name + " is set a second time");
            }
            return;
        }
        blocks.add(block(name, start, nameEnd));
    }

    private Body.Block block(String type, int start, int typeEnd) {
        List<String> labels = new ArrayList<>(2);
        int headEnd = typeEnd;
        while (cursor.peek() != '{') {
            if (cursor.peek() == '"') {
                labels.add(expressions.plainString());
            } else if (cursor.atName()) {
                labels.add(cursor.name("as a label"));
            } else {
                throw cursor.error("expected '=' or '{' after " + type + ", found " + cursor.found());
            }
            headEnd = cursor.at;
            cursor.skipSpace();
        }
        cursor.at++;
        cursor.descend();
        Body body = body(type, start);
        cursor.ascend();
        return new Body.Block(type, List.copyOf(labels), body, start, headEnd, cursor.at);
    }

    /** Reads up to and with the closing brace. */
    private Body body(String type, int start) {
        Map<String, Body.Attribute> attributes = new LinkedHashMap<>();
        List<Body.Block> blocks = new ArrayList<>(2);
        while (true) {
            cursor.skipLines();
            if (cursor.peek() == '}') {
                cursor.at++;
                return new Body(attributes, blocks);
            }
            if (cursor.atEnd()) {
                throw new SyntaxError(start, "the block " + type + " is not closed: '}' is missing");
            }
            item(attributes, blocks);
            endOfItem();
        }
    }

    private void endOfItem() {
        cursor.skipSpace();
        char c = cursor.peek();
        if (c == ',' || c == ';') {
            throw cursor.error("attributes of a block are separated by line ends, not by '" + c + "'");
        }
        if (c != '\n' && c != '}' && !cursor.atEnd()) {
            throw cursor.error("expected the end of the line, found " + cursor.found());
        }
    }
}
