package io.jenkins.plugins.scmchecks.forge.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.revwalk.RevWalk;

/** The difference between two commits, renames detected, three lines of context. */
public record Diff(List<FileDiff> files) {

    private static final Pattern HEADING = Pattern.compile("@@ -(\\d+)(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@.*");

    public Diff {
        files = List.copyOf(files);
    }

    /** Compares two commits; {@code from} may be null for the empty tree. */
    public static Diff between(GitRepository repository, ObjectId from, ObjectId to) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(text);
                RevWalk walk = new RevWalk(repository.jgit())) {
            formatter.setRepository(repository.jgit());
            formatter.setDetectRenames(true);
            formatter.setContext(3);
            formatter.setAbbreviationLength(10);
            List<FileDiff> files = new ArrayList<>();
            for (DiffEntry entry : formatter.scan(
                    from == null ? null : walk.parseCommit(from).getTree(), walk.parseCommit(to).getTree())) {
                text.reset();
                FileHeader header = formatter.toFileHeader(entry);
                formatter.format(entry);
                formatter.flush();
                files.add(file(entry, header, text.toString(StandardCharsets.UTF_8)));
            }
            return new Diff(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the file whose path (new, or old when removed) is {@code path}} */
    public Optional<FileDiff> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** {@return the unified diff, as {@code git diff} prints it} */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (FileDiff file : files) {
            text.append(file.header());
            if (!file.hunks().isEmpty()) {
                text.append(file.patch()).append('\n');
            }
        }
        return text.toString();
    }

    /** {@return the number of lines of the unified diff, without file headers} */
    public int lines() {
        return files.stream()
                .flatMap(file -> file.hunks().stream())
                .mapToInt(hunk -> hunk.lines().size() + 1)
                .sum();
    }

    private static FileDiff file(DiffEntry entry, FileHeader header, String text) {
        int start = text.startsWith("@@") ? 0 : text.indexOf("\n@@") + 1;
        boolean hasHunks = start > 0;
        boolean added = entry.getChangeType() == DiffEntry.ChangeType.ADD;
        boolean removed = entry.getChangeType() == DiffEntry.ChangeType.DELETE;
        return new FileDiff(
                switch (entry.getChangeType()) {
                    case ADD, COPY -> FileDiff.Kind.ADDED;
                    case MODIFY -> FileDiff.Kind.MODIFIED;
                    case DELETE -> FileDiff.Kind.REMOVED;
                    case RENAME -> FileDiff.Kind.RENAMED;
                },
                added ? null : entry.getOldPath(),
                removed ? null : entry.getNewPath(),
                (removed ? entry.getOldId() : entry.getNewId()).name(),
                header.getPatchType() != FileHeader.PatchType.UNIFIED,
                hasHunks ? hunks(text.substring(start)) : List.of(),
                hasHunks ? text.substring(0, start) : text);
    }

    private static List<FileDiff.Hunk> hunks(String text) {
        List<FileDiff.Hunk> hunks = new ArrayList<>();
        List<FileDiff.Line> lines = List.of();
        int oldLine = 0;
        int newLine = 0;
        for (String row : text.split("\n", -1)) {
            Matcher heading = HEADING.matcher(row);
            if (heading.matches()) {
                lines = new ArrayList<>();
                hunks.add(new FileDiff.Hunk(row, lines));
                oldLine = Integer.parseInt(heading.group(1));
                newLine = Integer.parseInt(heading.group(2));
            } else if (!row.isEmpty()) {
                char mark = row.charAt(0);
                String content = row.substring(1);
                switch (mark) {
                    case '+' -> lines.add(new FileDiff.Line(mark, 0, newLine++, content));
                    case '-' -> lines.add(new FileDiff.Line(mark, oldLine++, 0, content));
                    case ' ' -> lines.add(new FileDiff.Line(mark, oldLine++, newLine++, content));
                    default -> lines.add(new FileDiff.Line(mark, 0, 0, content));
                }
            }
        }
        return hunks;
    }
}
