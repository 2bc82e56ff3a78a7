package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.nio.charset.StandardCharsets;

/** Reads from the end of a name to the start of its value. */
final class AssignmentReader {
    private static final int LONGEST_GAP = 80;

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
        while (at < limit && isOneOf(" \t\r\n")) {
            at++;
        }
        // Only a literal in quotes, or an element's text, may stand on the next line: else it is the next statement.
        if (at > line && !element && (argument || at >= limit || bytes[at] != '"' && bytes[at] != '\'')) {
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
            return last == '=' || last == ':' || last == '|' && at - start == 2;
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
            return at < limit && (is('"') || is('\'') || is('@'));
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
