package io.jenkins.plugins.scmchecks.engine.change;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.io.NullOutputStream;

/** Differences by git's own means: rename detection, and the histogram algorithm for lines. */
final class GitDiff {

    private final Repository repository;

    GitDiff(Repository repository) {
        this.repository = repository;
    }

    /** {@return what {@code head}, with what {@code disk} has beyond it, changes against {@code base}} */
    List<FileChange> between(ObjectId base, ObjectId head, WorkingTree disk) throws IOException {
        Map<String, FileChange> changes = new HashMap<>();
        for (FileChange change : between(base, head)) {
            changes.put(change.path(), change);
        }
        for (String path : disk.dirty()) {
            FileChange committed = changes.remove(path);
            String basePath = committed == null || committed.basePath() == null ? path : committed.basePath();
            fileOnDisk(base, basePath, path, disk).ifPresent(change -> changes.put(path, change));
        }
        return new ArrayList<>(changes.values());
    }

    /** {@return what one tree changes against another} */
    List<FileChange> between(ObjectId base, ObjectId head) throws IOException {
        try (DiffFormatter diff = new DiffFormatter(NullOutputStream.INSTANCE)) {
            diff.setRepository(repository);
            diff.setDetectRenames(true);
            diff.setContext(0);
            List<FileChange> changes = new ArrayList<>();
            for (DiffEntry entry : diff.scan(base, head)) {
                if (isFile(entry.getOldMode()) || isFile(entry.getNewMode())) {
                    changes.add(change(entry, diff));
                }
            }
            return changes;
        }
    }

    private static boolean isFile(FileMode mode) {
        return (mode.getBits() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
    }

    private static FileChange change(DiffEntry entry, DiffFormatter diff) throws IOException {
        String oldPath = entry.getOldPath();
        String newPath = entry.getNewPath();
        return switch (entry.getChangeType()) {
            case ADD -> new FileChange(newPath, null, FileChange.Kind.ADDED, hunks(entry, diff));
            case MODIFY -> new FileChange(newPath, newPath, FileChange.Kind.MODIFIED, hunks(entry, diff));
            case DELETE -> new FileChange(oldPath, oldPath, FileChange.Kind.DELETED, List.of());
            case RENAME -> new FileChange(newPath, oldPath, FileChange.Kind.RENAMED, hunks(entry, diff));
            case COPY -> new FileChange(newPath, oldPath, FileChange.Kind.COPIED, hunks(entry, diff));
        };
    }

    private static List<FileChange.Hunk> hunks(DiffEntry entry, DiffFormatter diff) throws IOException {
        return hunks(diff.toFileHeader(entry).toEditList());
    }

    private static List<FileChange.Hunk> hunks(EditList edits) {
        List<FileChange.Hunk> hunks = new ArrayList<>(edits.size());
        for (Edit edit : edits) {
            hunks.add(new FileChange.Hunk(
                    edit.getBeginA() + 1, edit.getLengthA(), edit.getBeginB() + 1, edit.getLengthB()));
        }
        return hunks;
    }

    private Optional<FileChange> fileOnDisk(ObjectId base, String basePath, String path, WorkingTree disk)
            throws IOException {
        Optional<byte[]> before = blob(base, basePath);
        Optional<byte[]> now = disk.read(path);
        if (now.isEmpty()) {
            return before.map(b -> new FileChange(path, basePath, FileChange.Kind.DELETED, List.of()));
        }
        byte[] old = before.orElse(new byte[0]);
        EditList edits = RawText.isBinary(old) || RawText.isBinary(now.get())
                ? new EditList()
                : new HistogramDiff()
                        .diff(RawTextComparator.DEFAULT, new RawText(old), new RawText(now.get()));
        if (before.isEmpty()) {
            return Optional.of(new FileChange(path, null, FileChange.Kind.ADDED, hunks(edits)));
        }
        FileChange.Kind kind = basePath.equals(path) ? FileChange.Kind.MODIFIED : FileChange.Kind.RENAMED;
        return Optional.of(new FileChange(path, basePath, kind, hunks(edits)));
    }

    private Optional<byte[]> blob(ObjectId tree, String path) throws IOException {
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = TreeWalk.forPath(repository, reader, path, tree)) {
            return walk != null && isFile(walk.getFileMode(0))
                    ? Optional.of(reader.open(walk.getObjectId(0)).getCachedBytes(Integer.MAX_VALUE))
                    : Optional.empty();
        }
    }
}
