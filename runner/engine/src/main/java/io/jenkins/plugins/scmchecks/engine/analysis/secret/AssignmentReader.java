package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from the end of a name to the start of its value. */
final class AssignmentReader {
    private static final int LONGEST_GAP = 80;
    private static final int LONGEST_BLOCK = 400;
    // variable "name" { … default = "value" }, "name": { "value": "value" }
    private static final Pattern BLOCK = Pattern.compile(
            "[\"'`]?[ \\t]{0,4}:?[ \\t]{0,4}\\{[^{}]{0,300}?(?<![\\w.-])(?:default|defaultValue|value)[\"']?"
                    + "\\s{0,8}[:=][ \\t]{0,8}(?=[\"'])");

    private final byte[] bytes;
    private final int limit;
    private int at;
    private boolean element;
    private boolean argument;

    AssignmentReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
        this.limit = Math.min(bytes.length, at + LONGEST_GAP);
    }

    /**
     * {@return where the value starts, or -1}
     *
     * @param option whether a blank alone may stand between the name and its value
     * @param typed whether a type may
     */
    int toValue(boolean option, boolean typed) {
        int inBlock = valueOfBlock();
        if (inBlock >= 0) {
            return inBlock;
        }
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
            skipBlanks();
            // name:, and on the next line, value: …
            return at < limit && isLineEnd() && skipValueName() && !operator(false) ? -1 : valueAfterBlanks();
        } else if (blank && option && bytes[at] != '-' && !isLineEnd()) {
            return at;
        } else if (typed && typeBetween()) {
            return valueAfterBlanks();
        } else {
            return -1;
        }
        return operator(false) ? valueAfterBlanks() : -1;
    }

    private int valueOfBlock() {
        int brace = at;
        while (brace < limit && brace - at < 10 && bytes[brace] != '{' && bytes[brace] != '\n') {
            brace++;
        }
        if (brace >= limit || bytes[brace] != '{') {
            return -1;
        }
        int end = Math.min(bytes.length, at + LONGEST_BLOCK);
        Matcher block = BLOCK.matcher(new String(bytes, at, end - at, StandardCharsets.ISO_8859_1));
        return block.lookingAt() ? at + block.end() : -1;
    }

    private int valueAfterBlanks() {
        skipBlanks();
        int line = at;
        while (at < limit && isOneOf(" \t\r\n")) {
            at++;
        }
        boolean literal = at < limit
                && (isOneOf("\"'`@\\") || at + 1 < limit && (bytes[at + 1] == '"' || bytes[at + 1] == '\''));
        // What follows a comma, or stands on the next line, is a literal in quotes, or else an expression or the next
        // statement; only an element's text is neither.
        if (!literal && (argument || at > line && !element) || at > line && argument) {
            return -1;
        }
        return at < limit ? at : -1;
    }

    // The quote, bracket or parenthesis that ends config["name"], "name" or 'name'
    private boolean skipClosing() {
        int start = at;
        while (at < limit && at - start < 3 && (isOneOf("\"'`]\\") || is(')') && at > start)) {
            at++;
        }
        return at > start;
    }

    private boolean operator(boolean closed) {
        int start = at;
        while (at < limit && at - start < 4 && isOneOf("=:?|+!-")) {
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
            // In notes: token - 'value'
            boolean dash = last == '-'
                    && at - start == 1
                    && is(' ')
                    && at + 1 < limit
                    && "\"'`".indexOf(bytes[at + 1]) >= 0;
            boolean assigns = dash || last == '=' || last == ':' || (last == '|' || last == '?') && at - start == 2;
            at = assigns ? at : start;
            return assigns;
        }
        if (closed && (is('o') || is('O')) && at + 3 < limit && bytes[at + 2] == ' ' && (bytes[at + 1] | 32) == 'r') {
            at += 2; // os.environ.get("NAME") or "value"
            argument = true;
            return true;
        }
        if (is('>') || closed && is(',')) {
            element = is('>');
            argument = !element;
            at++;
            return true;
        }
        if (is('(')) { // setName("value")
            at++;
            skipBlanks();
            return at < limit && (isOneOf("\"'@") || Assignment.afterWrapper(bytes, at) > at);
        }
        return false;
    }

    // name: Type = "value"
    private boolean annotated() {
        int back = at;
        skipBlanks();
        int type = at;
        while (at < limit && (Assignment.isNamePart(bytes[at]) || isOneOf("<>[]?&'"))) {
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
        while (at < limit && at - start < 24 && (Assignment.isNamePart(bytes[at]) || isOneOf("[]*"))) {
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
        while (at < limit && (isOneOf(" \t\n\r,\"'") || is('-') && at > back)) {
            at++;
        }
        String word = "value";
        int end = at + word.length();
        boolean apart = at > back || at > 0 && bytes[at - 1] <= ' ';
        if (apart
                && end < limit
                && new String(bytes, at, word.length(), StandardCharsets.ISO_8859_1).equalsIgnoreCase(word)
                && !Assignment.isNamePart(bytes[end])) {
            at = end;
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

    private boolean isOneOf(String characters) {
        return at < bytes.length && characters.indexOf(bytes[at]) >= 0;
    }

    private boolean is(char c) {
        return at < bytes.length && bytes[at] == c;
    }
}
