package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.TextLines;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.Arrays;

/**
 * A text put together from parts of a file, each character of which knows where it stands there.
 *
 * @param text what it says
 * @param offsets in the file, one for each character
 * @param lines of the file
 */
record TrackedText(String text, int[] offsets, TextLines lines) {

    TrackedText sub(int from, int to) {
        return new TrackedText(text.substring(from, to), Arrays.copyOfRange(offsets, from, to), lines);
    }

    TrackedText strip() {
        int from = 0;
        int to = text.length();
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return sub(from, to);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    char at(int index) {
        return text.charAt(index);
    }

    int length() {
        return text.length();
    }

    /** {@return where it stands; for an empty text, the file's first line} */
    Region region() {
        return offsets.length == 0
                ? Region.line(1)
                : lines.region(offsets[0], offsets[offsets.length - 1] + 1);
    }

    Node scalar() {
        return new Node.Scalar(text, region());
    }

    Node scalar(Object value) {
        return new Node.Scalar(value, region());
    }

    /** Collects characters with their places. */
    static final class Builder {

        private final TextLines lines;
        private final StringBuilder text = new StringBuilder();
        private int[] offsets = new int[64];

        Builder(TextLines lines) {
            this.lines = lines;
        }

        void add(char c, int offset) {
            if (text.length() == offsets.length) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2);
            }
            offsets[text.length()] = offset;
            text.append(c);
        }

        void add(String file, int from, int to) {
            for (int i = from; i < to; i++) {
                add(file.charAt(i), i);
            }
        }

        boolean isEmpty() {
            return text.length() == 0;
        }

        TrackedText build() {
            return new TrackedText(text.toString(), Arrays.copyOf(offsets, text.length()), lines);
        }
    }
}
