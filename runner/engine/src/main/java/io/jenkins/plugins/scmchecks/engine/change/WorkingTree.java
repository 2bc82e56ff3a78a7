package io.jenkins.plugins.scmchecks.engine.change;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;

/** The files of a git working directory: the tracked ones, and the untracked ones that git does not ignore. */
public final class WorkingTree implements SourceTree {

    private static final int HEAD = 0;
    private static final int INDEX = 1;
    private static final int DISK = 2;

    private final Repository repository;
    private final Directory files;
    private List<Entry> entries;
    private Set<String> dirty;

    WorkingTree(Repository repository) throws IOException {
        this.repository = repository;
        this.files = new Directory(repository.getWorkTree().toPath());
    }

    @Override
    public void walk(Consumer<Entry> each) throws IOException {
        look();
        entries.forEach(each);
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        return files.read(path);
    }

    @Override
    public Optional<Path> directory() {
        return files.directory();
    }

    /** {@return the paths whose content on disk is not what the checked-out commit has; deleted files are among them} */
    public Set<String> dirty() throws IOException {
        look();
        return dirty;
    }

    /** One walk over commit, index and disk tells both what is there and what is not committed. */
    private void look() throws IOException {
        if (entries != null) {
            return;
        }
        List<Entry> found = new ArrayList<>();
        Set<String> changed = new HashSet<>();
        try (ObjectReader reader = repository.newObjectReader();
                RevWalk commits = new RevWalk(reader);
                TreeWalk walk = new TreeWalk(repository, reader)) {
            DirCache index = repository.readDirCache();
            ObjectId head = repository.resolve(Constants.HEAD);
            if (head == null) {
                walk.addTree(new EmptyTreeIterator());
            } else {
                walk.addTree(commits.parseCommit(head).getTree());
            }
            walk.addTree(new DirCacheIterator(index));
            FileTreeIterator disk = new FileTreeIterator(repository);
            walk.addTree(disk);
            disk.setDirCacheIterator(walk, INDEX);
            while (walk.next()) {
                look(walk, reader, found, changed);
            }
        }
        dirty = Set.copyOf(changed);
        entries = List.copyOf(found);
    }

    private static void look(TreeWalk walk, ObjectReader reader, List<Entry> found, Set<String> changed)
            throws IOException {
        WorkingTreeIterator disk = walk.getTree(DISK, WorkingTreeIterator.class);
        DirCacheIterator index = walk.getTree(INDEX, DirCacheIterator.class);
        if (walk.isSubtree()) {
            boolean tracked = walk.getRawMode(HEAD) != 0 || index != null;
            if (walk.getRawMode(DISK) != FileMode.TYPE_GITLINK && (tracked || disk != null && !disk.isEntryIgnored())) {
                walk.enterSubtree();
            }
            return;
        }
        String path = walk.getPathString();
        boolean regular = disk != null && (walk.getRawMode(DISK) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
        if (regular && (index != null || !disk.isEntryIgnored())) {
            found.add(new Entry(path, disk.getEntryLength()));
        }
        boolean committed = index != null && walk.idEqual(HEAD, INDEX);
        boolean asInIndex = index != null && disk != null && !disk.isModified(index.getDirCacheEntry(), true, reader);
        boolean ignored = index == null && walk.getRawMode(HEAD) == 0 && (disk == null || disk.isEntryIgnored());
        if (!ignored && !(committed && asInIndex)) {
            changed.add(path);
        }
    }
}
