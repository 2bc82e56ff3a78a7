package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks a JSON document by streaming. It stands on a value. Whoever wants it reads it once; whatever nobody reads is
 * passed over by the next call of {@link #nextField} or {@link #nextElement}.
 */
final class JsonCursor extends JsonBytes {

    private final SymbolCache symbols = new SymbolCache();
    private boolean first;
    private boolean unread = true;
    private SymbolCache.Symbol latest = new SymbolCache.Symbol("", new byte[0]);

    JsonCursor(InputStream in) throws IOException {
        super(in);
        space();
    }

    /** Enters the object that the cursor stands on; {@return false, having passed over it, for anything else} */
    boolean enterObject() throws IOException {
        return enter('{', '}');
    }

    /** Enters the array that the cursor stands on; {@return false, having passed over it, for anything else} */
    boolean enterArray() throws IOException {
        return enter('[', ']');
    }

    private boolean enter(char opener, char closer) throws IOException {
        if (peek() != opener) {
            skip();
            return false;
        }
        at++;
        push((byte) closer);
        first = true;
        unread = false;
        return true;
    }

    /** Goes to the next field of the object; {@return its name, or null having left the object after the last one} */
    String nextField() throws IOException {
        if (!next((byte) '}')) {
            return null;
        }
        if (peek() != '"') {
            throw broken("a field's name is missing");
        }
        at++;
        // Objects of one kind have their fields in one order, so the guess is mostly right.
        SymbolCache.Symbol name = latest.next;
        if (name != null && name.standsAt(buffer, at, end)) {
            at += name.length() + 1;
        } else {
            name = symbolHere();
            latest.next = name;
        }
        latest = name;
        space();
        if (peek() != ':') {
            throw broken("':' is missing after \"" + latest.text + "\"");
        }
        at++;
        space();
        unread = true;
        return latest.text;
    }

    /** Goes to the next element of the array; {@return false, having left the array, after the last one} */
    boolean nextElement() throws IOException {
        boolean more = next((byte) ']');
        unread = more;
        return more;
    }

    private boolean next(byte closer) throws IOException {
        if (unread) {
            skip();
        }
        space();
        int c = peek();
        if (c == closer) {
            at++;
            pop();
            first = false;
            return false;
        }
        if (first) {
            first = false;
        } else if (c == ',') {
            at++;
            space();
        } else {
            throw broken("',' or '" + (char) closer + "' is missing");
        }
        return true;
    }

    /** {@return the text of a scalar, or null for null, an object or an array} */
    String text() throws IOException {
        switch (peek()) {
            case '"' -> {
                unread = false;
                at++;
                return stringHere();
            }
            case '{', '[' -> {
                skip();
                return null;
            }
            default -> {
                unread = false;
                return literalHere();
            }
        }
    }

    /** {@return what {@link #text} does, for values that come again and again: the same one is the same object} */
    String symbol() throws IOException {
        if (peek() != '"') {
            return text();
        }
        unread = false;
        at++;
        SymbolCache.Symbol value = latest.value;
        if (value != null && value.standsAt(buffer, at, end)) {
            at += value.length() + 1;
        } else {
            value = symbolHere();
            latest.value = value;
        }
        return value.text;
    }

    private String literalHere() throws IOException {
        kept = at;
        passLiteral();
        String literal = new String(buffer, kept, at - kept, StandardCharsets.ISO_8859_1);
        kept = -1;
        return literal.equals("null") ? null : literal;
    }

    /** {@return a whole number, written as one or as text, or {@code otherwise} for anything that is none} */
    int number(int otherwise) throws IOException {
        int c = peek();
        if (c < '0' || c > '9' || end - at < 12) {
            double value = decimal(otherwise);
            return value == (int) value ? (int) value : otherwise;
        }
        unread = false;
        int from = at;
        long value = 0;
        while (at < end && at - from < 11 && buffer[at] >= '0' && buffer[at] <= '9') {
            value = value * 10 + buffer[at++] - '0';
        }
        boolean whole = value <= Integer.MAX_VALUE && !isLiteral(buffer[at]);
        if (!whole) {
            passRest();
        }
        return whole ? (int) value : otherwise;
    }

    /** {@return a number, written as one or as text, or {@code otherwise} for anything that is none} */
    double decimal(double otherwise) throws IOException {
        String text = text();
        try {
            return text == null ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    boolean truth() throws IOException {
        return "true".equals(text());
    }

    /** Passes over the value that the cursor stands on. */
    void skip() throws IOException {
        unread = false;
        switch (peek()) {
            case '"' -> {
                at++;
                skipString();
            }
            case '{', '[' -> skipStructure();
            default -> passLiteral();
        }
    }

    private SymbolCache.Symbol symbolHere() throws IOException {
        scanString();
        int from = kept;
        kept = -1;
        int length = at++ - from;
        return escaped
                ? new SymbolCache.Symbol(unescape(from, length), Arrays.copyOfRange(buffer, from, from + length))
                : symbols.get(buffer, from, length);
    }

    private String stringHere() throws IOException {
        scanString();
        int from = kept;
        kept = -1;
        int length = at++ - from;
        return escaped
                ? unescape(from, length)
                : new String(buffer, from, length, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
