package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives the same string for the same bytes where it can: names of fields, rules and files come a hundred thousand times.
 * Of two that fall on one place the later stays, so it never grows.
 */
final class SymbolCache {

    /** A text with its bytes in UTF-8, and with guesses, made from what came last time, at what comes after it. */
    static final class Symbol {
        final String text;
        Symbol next;
        Symbol value;
        private final byte[] bytes;

        Symbol(String text, byte[] bytes) {
            this.text = text;
            this.bytes = bytes;
        }

        int length() {
            return bytes.length;
        }

        /** {@return whether exactly this text stands in the buffer, with its closing quote} */
        boolean standsAt(byte[] buffer, int from, int end) {
            int length = bytes.length;
            return end - from > length && buffer[from + length] == '"' && isAt(buffer, from);
        }

        private boolean isAt(byte[] buffer, int from) {
            return Arrays.equals(bytes, 0, bytes.length, buffer, from, from + bytes.length);
        }
    }

    private static final int SIZE = 1 << 14;
    private static final int LONGEST = 200;

    private final Symbol[] symbols = new Symbol[SIZE];

    /** {@return the text that stands there in UTF-8, without escapes} */
    Symbol get(byte[] buffer, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = hash * 31 + buffer[i];
        }
        int slot = (hash ^ hash >>> 12 ^ hash >>> 24) & SIZE - 1;
        Symbol known = symbols[slot];
        if (known != null && known.length() == length && known.isAt(buffer, from)) {
            return known;
        }
        Symbol symbol = new Symbol(
                new String(buffer, from, length, StandardCharsets.UTF_8),
                Arrays.copyOfRange(buffer, from, from + length));
        if (length <= LONGEST) {
            symbols[slot] = symbol;
        }
        return symbol;
    }
}
