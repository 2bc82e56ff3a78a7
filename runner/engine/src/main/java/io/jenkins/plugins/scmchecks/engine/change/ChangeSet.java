package io.jenkins.plugins.scmchecks.engine.change;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pull request, or a push, changes.
 *
 * @param baseSha the merge base: what the head is compared with; null when there is none (a first analysis)
 * @param headSha the commit that is analysed; null for a working tree that is not committed
 * @param files by their path in the head (a deleted file: in the base)
 */
public record ChangeSet(String baseSha, String headSha, Map<String, FileChange> files) {

    public ChangeSet {
        files = Map.copyOf(files);
    }

    /** {@return a change set that knows of no base: every finding is then of unknown age, and counts as new} */
    public static ChangeSet withoutBase(String headSha) {
        return new ChangeSet(null, headSha, Map.of());
    }

    public static ChangeSet of(String baseSha, String headSha, Collection<FileChange> files) {
        Map<String, FileChange> byPath = new LinkedHashMap<>();
        files.forEach(f -> byPath.put(f.path(), f));
        return new ChangeSet(baseSha, headSha, byPath);
    }

    /**
     * {@return the same change as it looks from the base} The files are under their paths there; those that the change
     * adds are under the paths that they will have, because findings in files beside them may hang on them.
     */
    public ChangeSet inBase() {
        Map<String, FileChange> touched = new LinkedHashMap<>();
        for (FileChange file : files.values()) {
            String path = file.basePath() == null ? file.path() : file.basePath();
            touched.put(path, new FileChange(path, path, FileChange.Kind.MODIFIED, List.of()));
        }
        return new ChangeSet(baseSha, baseSha, touched);
    }

    public boolean hasBase() {
        return baseSha != null;
    }

    /** {@return whether the change touches the file; without a base every file counts as touched} */
    public boolean touches(String path) {
        return !hasBase() || files.containsKey(path);
    }

    /** {@return whether the change added or modified that line; without a base every line counts as changed} */
    public boolean changes(String path, int line) {
        if (!hasBase()) {
            return true;
        }
        FileChange file = files.get(path);
        return file != null && file.changes(line);
    }

    /** {@return whether the unified diff shows that line, so that a provider accepts a comment on it} */
    public boolean shows(String path, int line) {
        FileChange file = files.get(path);
        return file != null && file.shows(line);
    }

    /** {@return the file's path in the base: the same unless the change renamed or copied it} */
    public String basePath(String path) {
        FileChange file = files.get(path);
        return file == null || file.basePath() == null ? path : file.basePath();
    }
}
