package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.nio.charset.StandardCharsets;

/**
 * Bytes as a regular expression sees them, one character each (ISO 8859-1: all rules are ASCII). Counts how often it is
 * asked, because {@code java.util.regex} backtracks: an expression that meets hostile text is stopped, not waited for.
 */
final class BoundedText implements CharSequence {

    /** Thrown out of a match that took more steps than it was given. */
    static final class StepsExceededException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StepsExceededException() {
            super("too many steps", null, false, false);
        }
    }

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final long given;
    private long steps;

    BoundedText(byte[] bytes, int from, int to, long steps) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.given = steps;
        this.steps = steps;
    }

    /** {@return how many steps were taken so far} */
    long taken() {
        return given - Math.max(0, steps);
    }

    @Override
    public int length() {
        return to - from;
    }

    @Override
    public char charAt(int index) {
        if (--steps < 0) {
            throw new StepsExceededException();
        }
        return (char) (bytes[from + index] & 0xFF);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(bytes, from + start, from + end, steps);
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
