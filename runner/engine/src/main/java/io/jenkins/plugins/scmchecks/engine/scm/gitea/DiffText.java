package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.patch.Patch;

/** Reads a diff of many files, as {@code git diff} writes it. */
final class DiffText {

    private DiffText() {}

    static List<FileChange> files(String diff) {
        Patch patch = new Patch();
        try {
            patch.parse(new ByteArrayInputStream(diff.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is in memory
        }
        List<FileChange> files = new ArrayList<>();
        for (FileHeader file : patch.getFiles()) {
            files.add(change(file));
        }
        return files;
    }

    private static FileChange change(FileHeader file) {
        String before = file.getOldPath();
        String path = file.getNewPath();
        return switch (file.getChangeType()) {
            case DELETE -> new FileChange(before, before, FileChange.Kind.DELETED, List.of());
            case ADD, COPY -> new FileChange(path, null, FileChange.Kind.ADDED, hunks(file));
            case RENAME -> new FileChange(path, before, FileChange.Kind.RENAMED, hunks(file));
            case MODIFY -> new FileChange(path, before, FileChange.Kind.MODIFIED, hunks(file));
        };
    }

    private static List<FileChange.Hunk> hunks(FileHeader file) {
        List<FileChange.Hunk> hunks = new ArrayList<>();
        for (Edit edit : file.toEditList()) {
            hunks.add(new FileChange.Hunk(
                    edit.getBeginA() + 1, edit.getLengthA(), edit.getBeginB() + 1, edit.getLengthB()));
        }
        return hunks;
    }
}
