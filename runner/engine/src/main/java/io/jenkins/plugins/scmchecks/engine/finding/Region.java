package io.jenkins.plugins.scmchecks.engine.finding;

/**
 * A part of a text file. Lines and columns count from 1, columns in UTF-16 code units, and {@code endColumn} is one
 * past the last character (SARIF 2.1.0, 3.30). A column of 0 is unknown: the region then means whole lines.
 */
public record Region(int startLine, int startColumn, int endLine, int endColumn) {

    public Region {
        if (startLine < 1 || endLine < startLine || startColumn < 0 || endColumn < 0) {
            throw new IllegalArgumentException("not a region: " + startLine + ":" + startColumn + "-" + endLine + ":"
                    + endColumn);
        }
    }

    /** {@return a region that covers one whole line} */
    public static Region line(int line) {
        return new Region(line, 0, line, 0);
    }

    /** {@return a region that covers whole lines, both included} */
    public static Region lines(int first, int last) {
        return new Region(first, 0, last, 0);
    }

    /** {@return {@code line}, {@code line:column} or {@code first-last}, as people write it} */
    @Override
    public String toString() {
        if (endLine > startLine) {
            return startLine + "-" + endLine;
        }
        return startColumn > 0 ? startLine + ":" + startColumn : Integer.toString(startLine);
    }
}
