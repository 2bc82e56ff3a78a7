package io.jenkins.plugins.scmchecks.forge.git;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * How one file changed.
 *
 * @param oldPath null when added
 * @param newPath null when removed
 * @param newBlob the id of the new content; of the old one when removed
 * @param hunks with three lines of context; empty for a binary file or a pure rename
 */
public record FileDiff(
        Kind kind, String oldPath, String newPath, String newBlob, boolean binary, List<Hunk> hunks, String header) {

    /** What happened to the file. */
    public enum Kind { ADDED, MODIFIED, REMOVED, RENAMED }

    /** Which file a line number counts in. */
    public enum Side { LEFT, RIGHT }

    /** Lines are numbered from 1; {@code oldLine} or {@code newLine} is 0 where the line does not exist. */
    public record Line(char mark, int oldLine, int newLine, String text) {

        public int on(Side side) {
            return side == Side.LEFT ? oldLine : newLine;
        }
    }

    /** @param heading the {@code @@ … @@} line */
    public record Hunk(String heading, List<Line> lines) {

        public Optional<Line> line(Side side, int number) {
            return lines.stream().filter(line -> line.on(side) == number).findFirst();
        }
    }

    /** {@return the path that comments use: the new one unless the file was removed} */
    public String path() {
        return newPath == null ? oldPath : newPath;
    }

    public int additions() {
        return count('+');
    }

    public int deletions() {
        return count('-');
    }

    /** {@return the hunk that shows a line: changed, removed, or one of the lines of context} */
    public Optional<Hunk> hunk(Side side, int line) {
        return line < 1
                ? Optional.empty()
                : hunks.stream().filter(hunk -> hunk.line(side, line).isPresent()).findFirst();
    }

    /** {@return the line at a "position": lines are counted from the first hunk's heading, which is 0} */
    public Optional<Line> atPosition(int position) {
        int at = 0;
        for (Hunk hunk : hunks) {
            for (Line line : hunk.lines()) {
                if (++at == position) {
                    return Optional.of(line);
                }
            }
            at++;
        }
        return Optional.empty();
    }

    /** {@return the position of a line, the other way round} */
    public OptionalInt position(Side side, int number) {
        int at = 0;
        for (Hunk hunk : hunks) {
            for (Line line : hunk.lines()) {
                at++;
                if (line.on(side) == number) {
                    return OptionalInt.of(at);
                }
            }
            at++;
        }
        return OptionalInt.empty();
    }

    /**
     * {@return where a line of the old file is in the new one; empty when it was changed or removed}
     */
    public OptionalInt follow(int oldNumber) {
        int shift = 0;
        for (Hunk hunk : hunks) {
            for (Line line : hunk.lines()) {
                if (line.oldLine() == oldNumber) {
                    return line.mark() == ' ' ? OptionalInt.of(line.newLine()) : OptionalInt.empty();
                }
                if (line.oldLine() > oldNumber) {
                    return OptionalInt.of(oldNumber + shift);
                }
                shift += line.mark() == '+' ? 1 : line.mark() == '-' ? -1 : 0;
            }
        }
        return OptionalInt.of(oldNumber + shift);
    }

    /** {@return the hunks as unified diff text, without the file's header and without a final newline} */
    public String patch() {
        return hunks.stream()
                .map(hunk -> hunk.heading() + hunk.lines().stream()
                        .map(line -> "\n" + line.mark() + line.text())
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private int count(char mark) {
        return (int) hunks.stream()
                .flatMap(hunk -> hunk.lines().stream())
                .filter(line -> line.mark() == mark)
                .count();
    }
}
