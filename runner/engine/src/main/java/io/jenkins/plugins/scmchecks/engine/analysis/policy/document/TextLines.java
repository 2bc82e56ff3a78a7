package io.jenkins.plugins.scmchecks.engine.analysis.policy.document;

import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.Arrays;

/** Finds lines and columns of offsets in a text. Immutable. */
public final class TextLines {

    private final String text;
    private final int[] starts;

    public TextLines(String text) {
        this.text = text;
        int[] found = new int[Math.max(16, text.length() / 24)];
        int count = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = i + 1;
        }
        this.starts = Arrays.copyOf(found, count);
    }

    /** {@return the line of an offset, counted from 1} */
    public int line(int offset) {
        int at = Arrays.binarySearch(starts, offset);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** {@return the offset at which a line, counted from 1, begins} */
    public int start(int line) {
        return starts[line - 1];
    }

    /** {@return the offset just behind a line's last character, its line break not included} */
    public int end(int line) {
        int end = line < starts.length ? starts[line] - 1 : text.length();
        return end > starts[line - 1] && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** {@return the region from one offset to another, white space at its end not included} */
    public Region region(int from, int to) {
        int end = to;
        while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        int first = line(from);
        int last = line(end);
        return new Region(first, from - starts[first - 1] + 1, last, end - starts[last - 1] + 1);
    }
}
