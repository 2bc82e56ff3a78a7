package io.jenkins.plugins.scmchecks.engine.change;

import java.util.List;

/**
 * What a change does to one file.
 *
 * @param path in the head; for a deleted file, its path in the base
 * @param basePath in the base, which differs for a rename or a copy; null for an added file
 * @param hunks of the unified diff without context lines, in order; empty for a binary file, a pure rename, a deletion
 */
public record FileChange(String path, String basePath, Kind kind, List<Hunk> hunks) {

    /** As Git's raw diff has it: A, M, D, R, C. */
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED,
        RENAMED,
        COPIED
    }

    /** How many unchanged lines providers show around a hunk, and so accept comments on. */
    public static final int CONTEXT_LINES = 3;

    /**
     * One edit: {@code oldLines} lines from {@code oldStart} became {@code newLines} lines from {@code newStart}. Lines
     * count from 1; where a side has no lines, its start is the line before which the edit stands.
     */
    public record Hunk(int oldStart, int oldLines, int newStart, int newLines) {}

    public FileChange {
        hunks = List.copyOf(hunks);
    }

    /** {@return the head's lines that the change added or modified} */
    public List<LineRange> changedLines() {
        return hunks.stream()
                .filter(h -> h.newLines() > 0)
                .map(h -> new LineRange(h.newStart(), h.newStart() + h.newLines() - 1))
                .toList();
    }

    /** {@return whether the change added or modified that line of the head} */
    public boolean changes(int line) {
        return hunks.stream().anyMatch(h -> line >= h.newStart() && line < h.newStart() + h.newLines());
    }

    /** {@return whether that line of the head is in the unified diff, with its usual three lines of context} */
    public boolean shows(int line) {
        return hunks.stream()
                .anyMatch(h -> line >= h.newStart() - CONTEXT_LINES
                        && line < h.newStart() + h.newLines() + CONTEXT_LINES);
    }

    /** {@return the line of the base that a line of the head was, or 0 when the change added or modified it} */
    public int baseLine(int line) {
        int shift = 0;
        for (Hunk h : hunks) {
            if (line < h.newStart()) {
                break;
            }
            if (line < h.newStart() + h.newLines()) {
                return 0;
            }
            shift += h.oldLines() - h.newLines();
        }
        return line + shift;
    }
}
