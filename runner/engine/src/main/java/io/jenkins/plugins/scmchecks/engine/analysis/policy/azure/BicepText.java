package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.TextLines;
import io.jenkins.plugins.scmchecks.engine.finding.Region;

/** A Bicep text and how far it is read: white space, comments, names, and whatever is skipped. */
final class BicepText {

    /** Texts within texts; deeper ones are taken for plain. */
    private static final int MAX_QUOTES = 50;

    private final String text;
    private final TextLines lines;
    private int at;
    private int quotes;

    BicepText(String text) {
        this.text = text;
        this.lines = new TextLines(text);
    }

    int at() {
        return at;
    }

    void moveTo(int offset) {
        at = offset;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** {@return the character here, or 0 at the end} */
    char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    char take() {
        return text.charAt(at++);
    }

    boolean startsWith(String part) {
        return text.startsWith(part, at);
    }

    boolean accept(String part) {
        boolean here = startsWith(part);
        at += here ? part.length() : 0;
        return here;
    }

    void expect(String part) throws DocumentException {
        if (!accept(part)) {
            throw problem("'" + part + "' is missing");
        }
    }

    /** Skips blanks and comments within a line. */
    void blanks() {
        while (!atEnd()) {
            if (peek() == ' ' || peek() == '\t' || peek() == '\r') {
                at++;
            } else if (startsWith("/*")) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else if (startsWith("//") || startsWith("#disable") || startsWith("#restore")) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                return;
            }
        }
    }

    /** Skips blanks, comments and line breaks. */
    void space() {
        blanks();
        while (peek() == '\n') {
            at++;
            blanks();
        }
    }

    /** {@return the name that begins here, or "" when none does} */
    String word() {
        int start = at;
        while (!atEnd() && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    String name() throws DocumentException {
        String name = word();
        if (name.isEmpty()) {
            throw problem("a name is missing");
        }
        return name;
    }

    /** Skips what stands in brackets, which begin here. */
    void brackets() {
        int open = 0;
        do {
            open += step();
        } while (open > 0 && !atEnd());
    }

    /**
     * Skips to the end of a statement, and {@return the offset of the first single {@code =} outside of brackets, or
     * -1}.
     */
    int statement() {
        int equals = -1;
        int open = 0;
        while (!atEnd() && (open > 0 || peek() != '\n')) {
            boolean sign = open == 0 && peek() == '=' && !startsWith("==") && !startsWith("=>") && !startsWith("=~");
            equals = sign && equals < 0 ? at : equals;
            open = Math.max(0, open + step());
        }
        return equals;
    }

    /** Skips one character, text or comment, and {@return how many brackets it opens} */
    private int step() {
        if (startsWith("//") || startsWith("/*")) {
            blanks();
            return 0;
        }
        if (peek() == '\'') {
            quoted();
            return 0;
        }
        char c = take();
        return c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
    }

    /** Skips a text; what is put into it may hold texts itself. */
    private void quoted() {
        if (accept("'''")) {
            int end = text.indexOf("'''", at);
            at = end < 0 ? text.length() : end + 3;
            return;
        }
        at++;
        quotes++;
        while (!atEnd() && peek() != '\n') {
            if (peek() == '\\') {
                at = Math.min(text.length(), at + 2);
            } else if (quotes < MAX_QUOTES && accept("${")) {
                at--;
                brackets();
            } else if (take() == '\'') {
                break;
            }
        }
        quotes--;
    }

    Region region(int from) {
        return lines.region(from, Math.max(from, Math.min(at, text.length())));
    }

    DocumentException problem(String what) {
        int here = Math.min(at, text.length());
        int line = lines.line(here);
        return new DocumentException("not Bicep: " + what, line, here - lines.start(line) + 1);
    }
}
