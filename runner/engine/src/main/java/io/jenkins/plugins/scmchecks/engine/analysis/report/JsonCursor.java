package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks a JSON document (RFC 8259) in UTF-8 by streaming. It is our own because most of a report is passed over, and
 * passing over is what a general parser does no faster than reading: it costs twice what all the rest does.
 *
 * <p>The cursor stands on a value. Whoever wants it reads it once; whatever nobody reads is passed over by the next call
 * of {@link #nextField} or {@link #nextElement}. Memory is bounded by the longest text that somebody reads.
 */
final class JsonCursor {

    /** A document that is not JSON, or too much of it. */
    static final class SyntaxException extends IOException {
        private static final long serialVersionUID = 1L;
        private final long offset;

        SyntaxException(String message, long offset) {
            super(message);
            this.offset = offset;
        }

        /** {@return the number of bytes before the place} */
        long offset() {
            return offset;
        }
    }

    /** How deep objects and arrays may be nested. */
    static final int MAX_DEPTH = 200;

    /** The longest text that is read, in bytes; longer ones can only be passed over. */
    static final int MAX_TEXT = 4 << 20;

    private final InputStream in;
    private final SymbolCache symbols = new SymbolCache();
    private final byte[] closers = new byte[MAX_DEPTH];
    private byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private int kept = -1;
    private long before;
    private int depth;
    private boolean first;
    private boolean unread = true;
    private boolean escaped;
    private boolean ascii;
    private SymbolCache.Symbol latest = new SymbolCache.Symbol("", new byte[0]);

    JsonCursor(InputStream in) throws IOException {
        this.in = in;
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
            depth--;
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

    private void skipStructure() throws IOException {
        int outside = depth;
        do {
            peek();
            byte[] bytes = buffer;
            int limit = end;
            int i = at;
            byte c = bytes[i++];
            while (c != '"' && (c | 0x20) != '{' && (c | 0x20) != '}' && i < limit) {
                c = bytes[i++];
            }
            at = i;
            switch (c) {
                case '"' -> skipString();
                case '{' -> push((byte) '}');
                case '[' -> push((byte) ']');
                case '}', ']' -> {
                    if (closers[depth - 1] != c) {
                        at--;
                        throw broken("'" + (char) closers[depth - 1] + "' is missing");
                    }
                    depth--;
                }
                default -> {}
            }
        } while (depth > outside);
    }

    /** Stands after the opening quote, and goes behind the closing one. */
    private void skipString() throws IOException {
        while (true) {
            byte[] bytes = buffer;
            int limit = end;
            int i = at;
            while (i < limit) {
                byte c = bytes[i++];
                if (c == '"') {
                    at = i;
                    return;
                }
                if (c == '\\') {
                    i++;
                }
            }
            // An escape may reach one byte past what is here.
            int over = i - limit;
            at = limit;
            peek();
            at += over;
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

    /** Goes from behind the opening quote to the closing one, and keeps all between in the buffer, from {@link #kept}. */
    private void scanString() throws IOException {
        kept = at;
        escaped = false;
        ascii = true;
        while (peek() != '"') {
            if (buffer[at] == '\\') {
                escaped = true;
                at++;
                peek();
                at++;
            }
            byte[] bytes = buffer;
            int limit = end;
            int i = at;
            byte c = 0;
            int all = 0;
            while (i < limit && (c = bytes[i]) != '"' && c != '\\') {
                all |= c;
                i++;
            }
            at = i;
            ascii &= all >= 0;
        }
    }

    private String unescape(int start, int length) throws SyntaxException {
        String raw = new String(buffer, start, length, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(raw.length());
        int from = 0;
        for (int i = raw.indexOf('\\'); i >= 0; i = raw.indexOf('\\', from)) {
            text.append(raw, from, i);
            char c = raw.charAt(i + 1);
            from = i + 2;
            switch (c) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case '"', '\\', '/' -> text.append(c);
                case 'u' -> {
                    from += 4;
                    try {
                        text.append((char) Integer.parseUnsignedInt(raw, i + 2, from, 16));
                    } catch (NumberFormatException | IndexOutOfBoundsException e) {
                        throw broken("\\u needs four hexadecimal digits");
                    }
                }
                default -> throw broken("'\\" + c + "' is no escape");
            }
        }
        return text.append(raw, from, raw.length()).toString();
    }

    private void passLiteral() throws IOException {
        if (!isLiteral((byte) peek())) {
            throw broken("a value is missing");
        }
        passRest();
    }

    private void passRest() throws IOException {
        while ((at < end || fill()) && isLiteral(buffer[at])) {
            at++;
        }
    }

    private static boolean isLiteral(byte c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '+' || c == '.';
    }

    private void push(byte closer) throws SyntaxException {
        if (depth == MAX_DEPTH) {
            throw broken("the depth of nesting exceeds " + MAX_DEPTH);
        }
        closers[depth++] = closer;
    }

    private void space() throws IOException {
        while ((at < end || fill()) && buffer[at] <= ' ' && buffer[at] >= 0) {
            at++;
        }
    }

    private int peek() throws IOException {
        if (at >= end && !fill()) {
            throw broken("the report ends too early");
        }
        return buffer[at];
    }

    private boolean fill() throws IOException {
        int from = kept >= 0 ? kept : at;
        int rest = end - from;
        if (from == 0 && rest == buffer.length) {
            if (rest >= MAX_TEXT) {
                throw broken("a text is longer than " + (MAX_TEXT >> 20) + " MB");
            }
            buffer = Arrays.copyOf(buffer, rest * 2);
        } else {
            System.arraycopy(buffer, from, buffer, 0, rest);
        }
        before += from;
        at -= from;
        kept = kept >= 0 ? 0 : -1;
        end = rest;
        int count = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, count);
        return count > 0;
    }

    private SyntaxException broken(String reason) {
        return new SyntaxException(reason, before + at);
    }
}
