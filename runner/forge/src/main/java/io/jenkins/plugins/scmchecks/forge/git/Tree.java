package io.jenkins.plugins.scmchecks.forge.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads the files of a commit. */
public final class Tree {

    /**
     * A file or folder.
     *
     * @param size in bytes, 0 for a folder
     */
    public record Entry(String path, boolean folder, String mode, String sha, long size) {

        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    private final Repository git;
    private final RevCommit commit;

    public Tree(GitRepository repository, RevCommit commit) {
        this.git = repository.jgit();
        this.commit = commit;
    }

    /** {@return the file or folder at a path} */
    public Optional<Entry> entry(String path) {
        try (TreeWalk walk = TreeWalk.forPath(git, path, commit.getTree())) {
            return walk == null ? Optional.empty() : Optional.of(entry(walk));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what is right below a folder ("" is the root); with {@code recursive} everything below it} */
    public List<Entry> list(String folder, boolean recursive) {
        try (TreeWalk walk = new TreeWalk(git)) {
            if (folder.isEmpty()) {
                walk.addTree(commit.getTree());
            } else {
                walk.addTree(git.resolve(commit.name() + ":" + folder));
            }
            List<Entry> entries = new ArrayList<>();
            while (walk.next()) {
                Entry entry = entry(walk);
                entries.add(folder.isEmpty() ? entry : new Entry(folder + "/" + entry.path(), entry.folder(),
                        entry.mode(), entry.sha(), entry.size()));
                if (recursive && walk.isSubtree()) {
                    walk.enterSubtree();
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the content of a file} */
    public byte[] read(Entry file) {
        try {
            return git.open(ObjectId.fromString(file.sha())).getBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Entry entry(TreeWalk walk) throws IOException {
        boolean folder = walk.getFileMode(0) == FileMode.TREE;
        ObjectId id = walk.getObjectId(0);
        long size = folder ? 0 : walk.getObjectReader().getObjectSize(id, Constants.OBJ_BLOB);
        return new Entry(walk.getPathString(), folder, "%06o".formatted(walk.getRawMode(0)), id.name(), size);
    }
}
