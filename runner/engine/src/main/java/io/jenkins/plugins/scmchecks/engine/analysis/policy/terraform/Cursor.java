package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

/** A place in the text of one file, and what HCL takes for space, comments, names and line ends. */
final class Cursor {

    /** Deepest nesting of blocks and expressions. */
    static final int MAX_DEPTH = 100;

    /** Most attributes, blocks and expressions of one file. */
    static final int MAX_ELEMENTS = 500_000;

    static final char END = '\uFFFF';

    final String text;
    int at;
    /** Where reading stops: the text's end, or that of a heredoc. */
    int limit;
    /** Whether a line end is mere space here, as inside parentheses. */
    boolean linesJoined;

    private int depth;
    private int elements;

    Cursor(String text) {
        this.text = text;
        this.limit = text.length();
    }

    char peek() {
        return at < limit ? text.charAt(at) : END;
    }

    char peek(int ahead) {
        return at + ahead < limit ? text.charAt(at + ahead) : END;
    }

    boolean looksAt(String token) {
        return at + token.length() <= limit && text.startsWith(token, at);
    }

    /** Goes past the token when it stands here. */
    boolean accept(String token) {
        if (looksAt(token)) {
            at += token.length();
            return true;
        }
        return false;
    }

    void expect(char token, String where) {
        if (peek() != token) {
            throw error("expected '" + token + "' " + where + ", found " + found());
        }
        at++;
    }

    boolean atEnd() {
        return at >= limit;
    }

    /** Goes past spaces and comments; past line ends only where they join, see {@link #linesJoined}. */
    void skipSpace() {
        skip(linesJoined);
    }

    /** Goes past spaces, comments and line ends. */
    void skipLines() {
        skip(true);
    }

    private void skip(boolean lines) {
        while (at < limit) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n' && lines) {
                at++;
            } else if (c == '#' || c == '/' && peek(1) == '/') {
                int end = text.indexOf('\n', at);
                at = end < 0 || end > limit ? limit : end;
            } else if (c == '/' && peek(1) == '*') {
                int end = text.indexOf("*/", at + 2);
                if (end < 0 || end + 2 > limit) {
                    throw error("the comment is not closed: '*/' is missing");
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    boolean atName() {
        int c = at < limit ? text.codePointAt(at) : -1;
        return c >= 0 && (Character.isUnicodeIdentifierStart(c) || c == '_');
    }

    /** {@return the name that stands here} */
    String name(String where) {
        if (!atName()) {
            throw error("expected a name " + where + ", found " + found());
        }
        int start = at;
        while (at < limit) {
            char plain = text.charAt(at);
            if (plain >= 'a' && plain <= 'z' || plain == '_') {
                at++;
                continue;
            }
            int c = text.codePointAt(at);
            if (c != '-' && (!Character.isUnicodeIdentifierPart(c) || Character.isIdentifierIgnorable(c))) {
                break;
            }
            at += Character.charCount(c);
        }
        return text.substring(start, at);
    }

    /** Whether the keyword stands here, and no longer name. */
    boolean looksAtKeyword(String keyword) {
        if (!looksAt(keyword)) {
            return false;
        }
        char next = peek(keyword.length());
        return next == END || next != '-' && !Character.isUnicodeIdentifierPart(next);
    }

    boolean acceptKeyword(String keyword) {
        if (looksAtKeyword(keyword)) {
            at += keyword.length();
            return true;
        }
        return false;
    }

    void descend() {
        if (++depth > MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    void ascend() {
        depth--;
    }

    int depth() {
        return depth;
    }

    /** Goes back, as to where a block began that could not be read. */
    void restore(int offset, int toDepth) {
        at = offset;
        depth = toDepth;
        limit = text.length();
        linesJoined = false;
    }

    void countElement() {
        if (++elements > MAX_ELEMENTS) {
            throw error("more than " + MAX_ELEMENTS + " attributes, blocks and expressions");
        }
    }

    boolean isFull() {
        return elements > MAX_ELEMENTS;
    }

    SyntaxError error(String message) {
        return new SyntaxError(Math.min(at, text.length()), message);
    }

    String found() {
        if (at >= limit) {
            return limit == text.length() ? "the end of the file" : "the end of the text";
        }
        int c = text.codePointAt(at);
        if (c == '\n' || c == '\r') {
            return "the end of the line";
        }
        return Character.isISOControl(c) ? String.format("U+%04X", c) : "'" + Character.toString(c) + "'";
    }
}
