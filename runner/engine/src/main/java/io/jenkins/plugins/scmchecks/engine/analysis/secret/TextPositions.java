package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns offsets into UTF-8 bytes into lines and columns. Looks at the bytes when first asked. */
final class TextPositions {

    private final byte[] bytes;
    private int[] lineStarts;

    TextPositions(byte[] bytes) {
        this.bytes = bytes;
    }

    /** {@return the line of an offset, from 1} */
    int lineOf(int offset) {
        int at = Arrays.binarySearch(lineStarts(), offset);
        return at >= 0 ? at + 1 : -at - 1;
    }

    Region region(int start, int end) {
        return new Region(lineOf(start), columnOf(start), lineOf(Math.max(start, end - 1)), endColumnOf(start, end));
    }

    /** {@return a line, from 1, without its line feed: at most {@code most} bytes of it, around an offset} */
    String line(int number, int around, int most) {
        if (number < 1 || number > lineStarts().length) {
            return "";
        }
        int from = lineStarts()[number - 1];
        int to = number < lineStarts().length ? lineStarts()[number] - 1 : bytes.length;
        from = Math.max(from, Math.min(around - most / 2, to));
        to = Math.min(to, from + most);
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private int endColumnOf(int start, int end) {
        return end > start ? columnOf(end - 1) + 1 : columnOf(start);
    }

    // In UTF-16 code units, without a byte-order mark, as Region counts.
    private int columnOf(int offset) {
        int from = lineStarts()[lineOf(offset) - 1];
        String before = new String(bytes, from, offset - from, StandardCharsets.UTF_8);
        return before.length() + (from == 0 && before.startsWith("\ufeff") ? 0 : 1);
    }

    private int[] lineStarts() {
        if (lineStarts == null) {
            int[] starts = new int[Math.max(16, bytes.length / 24)];
            int count = 1;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    if (count == starts.length) {
                        starts = Arrays.copyOf(starts, count * 2);
                    }
                    starts[count++] = i + 1;
                }
            }
            lineStarts = Arrays.copyOf(starts, count);
        }
        return lineStarts;
    }
}
