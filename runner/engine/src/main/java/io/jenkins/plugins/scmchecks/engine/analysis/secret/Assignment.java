package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.nio.charset.StandardCharsets;

/**
 * A name that is given a literal value, as source and configuration of any language write it: {@code name = "value"},
 * {@code name: value}, {@code "name" => 'value'}, {@code <name>value<}, {@code setName("value")},
 * {@code name: X, value: y}, {@code --name value}. All offsets are into the bytes it was read from.
 *
 * @param start of the name
 * @param end one past the name
 * @param valueStart of the value without its quotes
 * @param valueEnd one past the value
 * @param quoted whether it stood in quotes
 */
record Assignment(byte[] bytes, int start, int end, int valueStart, int valueEnd, boolean quoted) {

    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_GAP = 80;
    private static final int LONGEST_VALUE = 1000;

    String name() {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    String value() {
        return new String(bytes, valueStart, valueEnd - valueStart, StandardCharsets.ISO_8859_1);
    }

    /** {@return the assignment to the name of which the given place is a part, or null when there is none} */
    static Assignment around(byte[] bytes, int partStart, int partEnd) {
        int end = partEnd;
        while (end < bytes.length && end - partEnd < LONGEST_NAME && isNamePart(bytes[end])) {
            end++;
        }
        // A name does not end with a dot or a dash; "->" and "=>" belong to what follows.
        while (end > partEnd && (bytes[end - 1] == '-' || bytes[end - 1] == '.')) {
            end--;
        }
        int value = new Reader(bytes, end).toValue(startsWithDashes(bytes, partStart));
        if (value < 0) {
            return null;
        }
        int start = nameStart(bytes, partStart);
        return literal(bytes, start, end, value);
    }

    private static int nameStart(byte[] bytes, int partStart) {
        int start = partStart;
        while (start > 0 && partStart - start < LONGEST_NAME && isNamePart(bytes[start - 1])) {
            start--;
        }
        return start;
    }

    private static boolean startsWithDashes(byte[] bytes, int partStart) {
        int start = nameStart(bytes, partStart);
        return start + 1 < bytes.length
                && bytes[start] == '-'
                && (start == 0 || bytes[start - 1] <= ' ' || bytes[start - 1] == '"' || bytes[start - 1] == '\'');
    }

    private static Assignment literal(byte[] bytes, int start, int end, int at) {
        int i = at;
        // f"…", b'…', @"…", \"…\" and the like
        for (int skip = 0; skip < 2 && i + 1 < bytes.length && isQuotePrefix(bytes[i]) && quoteFollows(bytes, i, 2); skip++) {
            i++;
        }
        if (i >= bytes.length) {
            return null;
        }
        byte quote = bytes[i];
        if (quote != '"' && quote != '\'' && quote != '`') {
            int to = i;
            boolean inUrl = start > 0 && (bytes[start - 1] == '?' || bytes[start - 1] == '&');
            while (to < bytes.length && to - i <= LONGEST_VALUE && !endsPlainValue(bytes[to]) && !isEscapedBreak(bytes, to)
                    && !(inUrl && (bytes[to] == '&' || bytes[to] == '#'))) {
                to++;
            }
            while (to > i && isClosing(bytes[to - 1]) && !contains(bytes, i, to, opening(bytes[to - 1]))) {
                to--;
            }
            return to == i || to - i > LONGEST_VALUE ? null : new Assignment(bytes, start, end, i, to, false);
        }
        boolean escapedQuote = i > 0 && bytes[i - 1] == '\\';
        int from = i + 1;
        while (from < bytes.length && bytes[from] == quote && from - i < 3) {
            from++; // """…"""
        }
        int to = from;
        while (to < bytes.length && to - from <= LONGEST_VALUE && bytes[to] != quote && bytes[to] != '\n') {
            to += bytes[to] == '\\' && !escapedQuote ? 2 : 1;
        }
        if (to >= bytes.length || to - from > LONGEST_VALUE || bytes[to] != quote || to == from) {
            return null;
        }
        int last = escapedQuote && bytes[to - 1] == '\\' ? to - 1 : to;
        return new Assignment(bytes, start, end, from, last, true);
    }

    private static boolean isQuotePrefix(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '@' || b == '$' || b == '\\';
    }

    private static boolean quoteFollows(byte[] bytes, int from, int within) {
        for (int i = from + 1; i <= from + within && i < bytes.length; i++) {
            if (bytes[i] == '"' || bytes[i] == '\'') {
                return true;
            }
            if (!isQuotePrefix(bytes[i])) {
                return false;
            }
        }
        return false;
    }

    private static boolean endsPlainValue(byte b) {
        return b >= 0 && b <= ' ' || b == '"' || b == '\'' || b == '`' || b == ';' || b == ',' || b == '<' || b == '>' || b == '|';
    }

    // Within a string of source code, "NAME=value\nOTHER=…"
    private static boolean isEscapedBreak(byte[] bytes, int at) {
        return bytes[at] == '\\' && at + 1 < bytes.length && (bytes[at + 1] == 'n' || bytes[at + 1] == 'r' || bytes[at + 1] == '"');
    }

    private static boolean isClosing(byte b) {
        return b == ')' || b == '}' || b == ']';
    }

    private static byte opening(byte closing) {
        return (byte) (closing == ')' ? '(' : closing == '}' ? '{' : '[');
    }

    private static boolean contains(byte[] bytes, int from, int to, byte wanted) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamePart(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '-' || b == '.';
    }

    /** Reads from the end of a name to the start of its value. */
    private static final class Reader {
        private final byte[] bytes;
        private final int limit;
        private int at;
        private boolean element;

        Reader(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
            this.limit = Math.min(bytes.length, at + LONGEST_GAP);
        }

        int toValue(boolean option) {
            boolean closed = skipClosing();
            int afterName = at;
            skipBlanks();
            boolean blank = at > afterName;
            if (at >= limit) {
                return -1;
            }
            if (closed && skipValueName()) {
                skipClosing();
                skipBlanks();
            } else if (!closed && isLineEnd() && skipValueName()) {
                skipBlanks();
            } else if (operator(closed)) {
                return valueAfterBlanks();
            } else if (blank && option && bytes[at] != '-' && !isLineEnd()) {
                return at;
            } else if (typeBetween()) {
                return valueAfterBlanks();
            } else {
                return -1;
            }
            return operator(false) ? valueAfterBlanks() : -1;
        }

        private int valueAfterBlanks() {
            skipBlanks();
            int line = at;
            while (at < limit && (bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == ' ' || bytes[at] == '\t')) {
                at++;
            }
            // Only a literal in quotes, or an element's text, may stand on the next line: else it is the next statement.
            if (at > line && !element && (at >= limit || bytes[at] != '"' && bytes[at] != '\'')) {
                return -1;
            }
            return at < limit ? at : -1;
        }

        // The quote, bracket or parenthesis that ends config["name"], "name" or 'name'
        private boolean skipClosing() {
            int start = at;
            while (at < limit && at - start < 3 && (is('"') || is('\'') || is('`') || is(']') || is('\\') || is(')') && at > start)) {
                at++;
            }
            return at > start;
        }

        private boolean operator(boolean closed) {
            int start = at;
            while (at < limit && at - start < 4 && (is('=') || is(':') || is('?') || is('|') || is('+') || is('!') || is('-'))) {
                at++;
            }
            if (at > start) {
                byte last = bytes[at - 1];
                if (at < limit && is('>') && (last == '=' || last == '-')) {
                    at++;
                    return true;
                }
                if (last == ':' && annotated()) {
                    return true;
                }
                if (last == ':' && at < limit && is('/')) {
                    return false; // a URL's scheme
                }
                return last == '=' || last == ':' || last == '|' && at - start == 2;
            }
            if (is('>') || closed && is(',')) {
                element = is('>');
                at++;
                return true;
            }
            if (is('(')) { // setName("value")
                at++;
                skipBlanks();
                return at < limit && (is('"') || is('\'') || is('@'));
            }
            return false;
        }

        // name: Type = "value"
        private boolean annotated() {
            int back = at;
            skipBlanks();
            int type = at;
            while (at < limit && (isNamePart(bytes[at]) || is('<') || is('>') || is('[') || is(']') || is('?') || is('&') || is('\''))) {
                at++;
            }
            if (at > type && at < limit && (is(' ') || is('\t'))) {
                skipBlanks();
                if (is('=') && at + 1 < bytes.length && bytes[at + 1] != '=') {
                    at++;
                    return true;
                }
            }
            at = back;
            return false;
        }

        // Go's name string = "value", C's name[] = "value"
        private boolean typeBetween() {
            int start = at;
            while (at < limit && at - start < 24 && (isNamePart(bytes[at]) || is('[') || is(']') || is('*'))) {
                at++;
            }
            if (at == start) {
                return false;
            }
            skipBlanks();
            if (at < limit && is('=') && at + 1 < bytes.length && bytes[at + 1] != '=') {
                at++;
                return true;
            }
            return false;
        }

        // name: X, value: … and key="X" value="…", on the same line or the next
        private boolean skipValueName() {
            int back = at;
            while (at < limit && (is(' ') || is('\t') || is('\n') || is('\r') || is(',') || is('"') || is('\'') || is('-') && at > back)) {
                at++;
            }
            String word = "value";
            boolean apart = at > back || at > 0 && bytes[at - 1] <= ' ';
            if (apart && at + word.length() < limit && new String(bytes, at, 5, StandardCharsets.ISO_8859_1).equalsIgnoreCase(word)
                    && !isNamePart(bytes[at + 5])) {
                at += word.length();
                return true;
            }
            at = back;
            return false;
        }

        private void skipBlanks() {
            while (at < limit && (bytes[at] == ' ' || bytes[at] == '\t')) {
                at++;
            }
        }

        private boolean isLineEnd() {
            return is('\n') || is('\r');
        }

        private boolean is(char c) {
            return at < bytes.length && bytes[at] == c;
        }
    }
}
