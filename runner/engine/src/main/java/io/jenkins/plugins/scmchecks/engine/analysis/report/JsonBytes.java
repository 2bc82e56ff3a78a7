package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a JSON document (RFC 8259) in UTF-8, of which only a window is in memory, and the ways to pass over them.
 * It is our own because most of a report is passed over, and a general parser does that no faster than reading. Memory is
 * bounded by the longest text that somebody reads.
 */
abstract class JsonBytes {

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
    private final byte[] closers = new byte[MAX_DEPTH];
    private long before;
    private int depth;

    /** The window. */
    byte[] buffer = new byte[1 << 16];

    /** Where the document is being read. */
    int at;

    /** Behind the last byte of the window. */
    int end;

    /** From where on the window must not be moved, or -1. */
    int kept = -1;

    /** What {@link #scanString} saw. */
    boolean escaped;

    boolean ascii;

    JsonBytes(InputStream in) {
        this.in = in;
    }

    /** Passes over the object or array that begins here. */
    final void skipStructure() throws IOException {
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
    final void skipString() throws IOException {
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

    /** Goes from behind the opening quote to the closing one, and keeps all between in the buffer, from {@link #kept}. */
    final void scanString() throws IOException {
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

    final String unescape(int start, int length) throws SyntaxException {
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

    final void passLiteral() throws IOException {
        if (!isLiteral((byte) peek())) {
            throw broken("a value is missing");
        }
        passRest();
    }

    final void passRest() throws IOException {
        while ((at < end || fill()) && isLiteral(buffer[at])) {
            at++;
        }
    }

    static boolean isLiteral(byte c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '+' || c == '.';
    }

    final void push(byte closer) throws SyntaxException {
        if (depth == MAX_DEPTH) {
            throw broken("the depth of nesting exceeds " + MAX_DEPTH);
        }
        closers[depth++] = closer;
    }

    final void pop() {
        depth--;
    }

    final void space() throws IOException {
        while ((at < end || fill()) && buffer[at] <= ' ' && buffer[at] >= 0) {
            at++;
        }
    }

    /** {@return the byte that stands here} */
    final int peek() throws IOException {
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

    final SyntaxException broken(String reason) {
        return new SyntaxException(reason, before + at);
    }
}
