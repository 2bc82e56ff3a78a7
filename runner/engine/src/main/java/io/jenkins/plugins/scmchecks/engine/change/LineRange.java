package io.jenkins.plugins.scmchecks.engine.change;

/** Lines of a file, both ends included, counted from 1. */
public record LineRange(int first, int last) {

    public LineRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("not a range of lines: " + first + "-" + last);
        }
    }

    public boolean contains(int line) {
        return line >= first && line <= last;
    }
}
