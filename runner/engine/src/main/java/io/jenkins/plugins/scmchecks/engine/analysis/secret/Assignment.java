package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

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
    private static final int LONGEST_VALUE = 1000;
    private static final Pattern WRAPPER = Pattern.compile("(?i)(?:.*[. ])?(?:b64|base64)?_?decode(?:Base64)?"
            + "|Buffer\\.from|\\[]byte|bytes(?:\\.fromhex)?|new String|SecretStr|SecureString|strdup|aws\\.String");
    private static final List<String> DIRECTIVES =
            List.of("#define", "%define", "%global", "\\set", "ENV", "setenv", "set -x", "set -gx", "set -Ux");

    String name() {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    String value() {
        return new String(bytes, valueStart, valueEnd - valueStart, StandardCharsets.ISO_8859_1);
    }

    /** {@return whether its line begins as comments do} */
    boolean isComment() {
        int line = start;
        while (line > 0 && bytes[line - 1] != '\n') {
            line--;
        }
        while (line < start && (bytes[line] == ' ' || bytes[line] == '\t')) {
            line++;
        }
        byte first = bytes[line];
        byte second = bytes[line + 1];
        return first == '#' && second != 'd' || first == ';' || first == '*' || first == '/' && second == '/';
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
        int start = nameStart(bytes, partStart);
        boolean spaced = startsWithDashes(bytes, start) || followsDirective(bytes, start);
        int value = new AssignmentReader(bytes, end).toValue(spaced, start == 0 || bytes[start - 1] != '<');
        if (value < 0) {
            return null;
        }
        return literal(bytes, start, end, value);
    }

    private static int nameStart(byte[] bytes, int partStart) {
        int start = partStart;
        while (start > 0 && partStart - start < LONGEST_NAME && isNamePart(bytes[start - 1])) {
            start--;
        }
        return start;
    }

    // "#define NAME value", "ENV NAME value": nothing but a space stands between the two.
    private static boolean followsDirective(byte[] bytes, int start) {
        int end = start;
        while (end > 0 && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        for (String directive : DIRECTIVES) {
            int from = end - directive.length();
            if (end < start
                    && from >= 0
                    && (from == 0 || bytes[from - 1] <= ' ' || bytes[from - 1] == '"')
                    && new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).equals(directive)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWithDashes(byte[] bytes, int start) {
        return start + 1 < bytes.length
                && bytes[start] == '-'
                && (start == 0 || bytes[start - 1] <= ' ' || bytes[start - 1] == '"' || bytes[start - 1] == '\'');
    }

    private static Assignment literal(byte[] bytes, int start, int end, int at) {
        int i = afterWrapper(bytes, at);
        // f"…", b'…', @"…", \"…\" and the like
        while (i - at < 2 && i < bytes.length && isQuotePrefix(bytes[i]) && quoteFollows(bytes, i, 2)) {
            i++;
        }
        if (i >= bytes.length) {
            return null;
        }
        byte quote = bytes[i];
        if (quote != '"' && quote != '\'' && quote != '`') {
            int to = i;
            boolean inUrl = start > 0 && (bytes[start - 1] == '?' || bytes[start - 1] == '&');
            while (to < bytes.length
                    && to - i <= LONGEST_VALUE
                    && !endsPlainValue(bytes[to])
                    && !isEscapedBreak(bytes, to)
                    && !(inUrl && (bytes[to] == '&' || bytes[to] == '#'))) {
                to++;
            }
            while (to > i && isClosing(bytes[to - 1]) && !contains(bytes, i, to, opening(bytes[to - 1]))) {
                to--;
            }
            return to == i || to - i > LONGEST_VALUE ? null : new Assignment(bytes, start, end, i, to, inUrl);
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

    // Base64.decode("…"), []byte("…"), new String("…"): the call changes the form of a literal, and nothing else.
    static int afterWrapper(byte[] bytes, int at) {
        int i = at;
        while (i < bytes.length && i - at < 40 && (isNamePart(bytes[i]) || "[]: ".indexOf(bytes[i]) >= 0)) {
            i++;
        }
        if (i == at || i + 1 >= bytes.length || bytes[i] != '(' || bytes[i + 1] != '"' && bytes[i + 1] != '\'') {
            return at;
        }
        String call = new String(bytes, at, i - at, StandardCharsets.ISO_8859_1);
        return WRAPPER.matcher(call).matches() ? i + 1 : at;
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
        return b >= 0 && b <= ' ' || "\"'`;,<>|".indexOf(b) >= 0;
    }

    // Within a string of source code, "NAME=value\nOTHER=…"
    private static boolean isEscapedBreak(byte[] bytes, int at) {
        return bytes[at] == '\\' && at + 1 < bytes.length && "nr\"".indexOf(bytes[at + 1]) >= 0;
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

    static boolean isNamePart(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '-' || b == '.';
    }
}
