package io.jenkins.plugins.scmchecks.engine.change;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/** The files of a commit, read from git's objects. {@link #read} may be called from several threads. */
final class CommitTree implements SourceTree {

    private final Repository repository;
    private final ObjectId tree;

    CommitTree(Repository repository, ObjectId tree) {
        this.repository = repository;
        this.tree = tree;
    }

    @Override
    public void walk(Consumer<Entry> files) throws IOException {
        walk("", files);
    }

    @Override
    public void walk(String folder, Consumer<Entry> files) throws IOException {
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = new TreeWalk(repository, reader)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            if (!folder.isEmpty()) {
                walk.setFilter(PathFilter.create(folder));
            }
            while (walk.next()) {
                if (isFile(walk)) {
                    // Sizes would cost a look at every object; what is read is measured then.
                    files.accept(new Entry(walk.getPathString(), 0, walk.getObjectId(0).name()));
                }
            }
        }
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = TreeWalk.forPath(repository, reader, path, tree)) {
            return walk != null && isFile(walk)
                    ? Optional.of(new Entry(path, 0, walk.getObjectId(0).name()))
                    : Optional.empty();
        }
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = TreeWalk.forPath(repository, reader, path, tree)) {
            return walk != null && isFile(walk)
                    ? Optional.of(reader.open(walk.getObjectId(0)).getCachedBytes(Integer.MAX_VALUE))
                    : Optional.empty();
        }
    }

    private static boolean isFile(TreeWalk walk) {
        return (walk.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
    }
}
