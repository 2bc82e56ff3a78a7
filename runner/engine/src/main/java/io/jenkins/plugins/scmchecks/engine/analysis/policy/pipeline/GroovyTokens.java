package io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits Groovy into names, texts and signs; comments and numbers are left out. Nothing is run, and nothing is an
 * error: what is not understood is a sign. (Groovy language documentation, "Syntax", 4: strings.)
 */
final class GroovyTokens {

    static final int MAX_TOKENS = 200_000;

    enum Kind { NAME, TEXT, SIGN, LINE }

    /**
     * One token.
     *
     * @param value a name with its dots, a text's content, or a sign
     * @param from offset of its first character; of a text, of its quote
     * @param to offset behind its last
     * @param expressions what a text puts in at run time, each as {@code {from, to}} in the file
     */
    record Token(Kind kind, String value, int from, int to, List<int[]> expressions) {

        boolean is(String sign) {
            return kind == Kind.SIGN && value.equals(sign);
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private GroovyTokens(String text) {
        this.text = text;
    }

    static List<Token> of(String text) {
        GroovyTokens reader = new GroovyTokens(text);
        while (reader.at < text.length() && reader.tokens.size() < MAX_TOKENS) {
            reader.token();
        }
        return reader.tokens;
    }

    private void token() {
        char c = text.charAt(at);
        if (c == '\n') {
            add(Kind.LINE, "\n", at, ++at);
        } else if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("//", at) || text.startsWith("#!", at) && at == 0) {
            at = behind("\n", at) - 1;
        } else if (text.startsWith("/*", at)) {
            at = behind("*/", at + 2);
        } else if (text.startsWith("'''", at) || text.startsWith("\"\"\"", at)) {
            quoted(text.substring(at, at + 3), c == '"');
        } else if (c == '\'' || c == '"') {
            quoted(String.valueOf(c), c == '"');
        } else if (text.startsWith("$/", at)) {
            int end = behind("/$", at + 2);
            add(Kind.TEXT, text.substring(at + 2, Math.max(at + 2, end - 2)), at, end);
            at = end;
        } else if (c == '/' && slashy()) {
            int end = text.indexOf('/', at + 1) + 1;
            add(Kind.TEXT, text.substring(at + 1, end - 1), at, end);
            at = end;
        } else if (Character.isJavaIdentifierStart(c)) {
            name();
        } else if (Character.isDigit(c)) {
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
        } else {
            add(Kind.SIGN, String.valueOf(c), at, ++at);
        }
    }

    private int behind(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() + (end.equals("\n") ? 1 : 0) : found + end.length();
    }

    /** A slash begins a text where no value stands before it, and another one ends it on the same line. */
    private boolean slashy() {
        Token before = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        boolean value = before != null && (before.kind() != Kind.SIGN && before.kind() != Kind.LINE
                || before.is(")") || before.is("]") || before.is("}"));
        int end = text.indexOf('/', at + 1);
        int line = text.indexOf('\n', at);
        return !value && end > at + 1 && (line < 0 || end < line);
    }

    private void name() {
        int start = at;
        while (at < text.length() && (Character.isJavaIdentifierPart(text.charAt(at)) || dot())) {
            at++;
        }
        add(Kind.NAME, text.substring(start, at), start, at);
    }

    private boolean dot() {
        return text.charAt(at) == '.' && at + 1 < text.length()
                && Character.isJavaIdentifierStart(text.charAt(at + 1));
    }

    private void quoted(String quote, boolean puts) {
        int start = at;
        at += quote.length();
        int first = at;
        List<int[]> expressions = new ArrayList<>();
        while (at < text.length() && !text.startsWith(quote, at)) {
            char c = text.charAt(at);
            if (quote.length() == 1 && c == '\n') {
                break;
            } else if (c == '\\') {
                at = Math.min(text.length(), at + 2);
            } else if (puts && c == '$') {
                expression(expressions, quote);
            } else {
                at++;
            }
        }
        String content = text.substring(first, at);
        at = Math.min(text.length(), text.startsWith(quote, at) ? at + quote.length() : at);
        tokens.add(new Token(Kind.TEXT, content, start, at, List.copyOf(expressions)));
    }

    /** {@code $name.name} or <code>${…}</code>, which ends at the latest where its text does. */
    private void expression(List<int[]> expressions, String quote) {
        int start = at++;
        if (at < text.length() && text.charAt(at) == '{') {
            int open = 0;
            do {
                char c = text.charAt(at++);
                open += c == '{' ? 1 : c == '}' ? -1 : 0;
            } while (open > 0 && at < text.length() && (quote.length() > 1 || text.charAt(at) != '\n'));
        } else {
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || dot())) {
                at++;
            }
        }
        if (at > start + 1) {
            expressions.add(new int[] {start, at});
        }
    }

    private void add(Kind kind, String value, int from, int to) {
        tokens.add(new Token(kind, value, from, Math.min(to, text.length()), List.of()));
    }
}
