package io.jenkins.plugins.scmchecks.engine.change;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
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
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The files of a git working directory: the tracked ones, and the untracked ones that git does not ignore. It is looked
 * at once, when something is first asked. Thread-safe.
 */
public final class WorkingTree implements SourceTree {

    private static final Logger LOGGER = Logger.getLogger(WorkingTree.class.getName());
    private static final int HEAD = 0;
    private static final int INDEX = 1;
    private static final int DISK = 2;

    /** So many doubtful paths are looked at one by one; with more, one walk over everything is quicker. */
    private static final int FEW = 2_000;

    private final Repository repository;
    private final Directory files;
    private Look look;

    WorkingTree(Repository repository) throws IOException {
        this.repository = repository;
        this.files = new Directory(repository.getWorkTree().toPath());
    }

    @Override
    public void walk(Consumer<Entry> each) throws IOException {
        look().walk("", each);
    }

    @Override
    public void walk(String folder, Consumer<Entry> each) throws IOException {
        look().walk(folder, each);
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
        return look().find(path);
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
        return look().dirty;
    }

    /** Begins to look, so that whoever asks later waits less. */
    void lookAhead() {
        Thread ahead = new Thread(() -> {
            try {
                look();
            } catch (IOException | RuntimeException e) {
                // Whoever asks looks again, and is told.
                LOGGER.log(Level.FINE, "The working directory could not be looked at ahead", e);
            }
        }, "scm-checks look");
        ahead.setDaemon(true);
        ahead.start();
    }

    private synchronized Look look() throws IOException {
        if (look == null) {
            look = new Look(repository);
        }
        return look;
    }

    /** What is there and what is not committed, as far as the index cannot tell it. */
    private static final class Look {
        private final DirCache index;
        private final Set<String> doubtful;
        private final SortedMap<String, Entry> lookedAt = new TreeMap<>();
        private final Set<String> dirty = new HashSet<>();

        Look(Repository repository) throws IOException {
            index = repository.readDirCache();
            doubtful = IndexCheck.doubtful(repository.getWorkTree().toPath(), index);
            try (ObjectReader reader = repository.newObjectReader();
                    RevWalk commits = new RevWalk(reader)) {
                ObjectId id = repository.resolve(Constants.HEAD);
                ObjectId head = id == null ? null : commits.parseCommit(id).getTree();
                addStaged(repository, reader, head);
                if (!doubtful.isEmpty()) {
                    lookCloser(repository, reader, head);
                }
            }
        }

        private void addStaged(Repository repository, ObjectReader reader, ObjectId head) throws IOException {
            try (TreeWalk walk = new TreeWalk(repository, reader)) {
                add(walk, head);
                walk.addTree(new DirCacheIterator(index));
                walk.setFilter(TreeFilter.ANY_DIFF);
                walk.setRecursive(true);
                while (walk.next()) {
                    doubtful.add(walk.getPathString());
                }
            }
        }

        private static void add(TreeWalk walk, ObjectId tree) throws IOException {
            if (tree == null) {
                walk.addTree(new EmptyTreeIterator());
            } else {
                walk.addTree(tree);
            }
        }

        private void lookCloser(Repository repository, ObjectReader reader, ObjectId head) throws IOException {
            try (TreeWalk walk = new TreeWalk(repository, reader)) {
                add(walk, head);
                walk.addTree(new DirCacheIterator(index));
                FileTreeIterator disk = new FileTreeIterator(repository);
                walk.addTree(disk);
                disk.setDirCacheIterator(walk, INDEX);
                if (doubtful.size() <= FEW) {
                    walk.setFilter(PathFilterGroup.createFromStrings(doubtful));
                }
                while (walk.next()) {
                    lookAt(walk, reader);
                }
            }
        }

        private void lookAt(TreeWalk walk, ObjectReader reader) throws IOException {
            WorkingTreeIterator disk = walk.getTree(DISK, WorkingTreeIterator.class);
            DirCacheIterator noted = walk.getTree(INDEX, DirCacheIterator.class);
            if (walk.isSubtree()) {
                boolean tracked = walk.getRawMode(HEAD) != 0 || noted != null;
                boolean own = walk.getRawMode(DISK) != FileMode.TYPE_GITLINK;
                if (own && (tracked || disk != null && !disk.isEntryIgnored())) {
                    walk.enterSubtree();
                }
                return;
            }
            String path = walk.getPathString();
            DirCacheEntry entry = noted == null ? null : noted.getDirCacheEntry();
            boolean committed = entry != null && walk.idEqual(HEAD, INDEX);
            boolean leftOut = disk == null && entry != null && entry.isSkipWorkTree();
            boolean asNoted = leftOut || entry != null && disk != null && !disk.isModified(entry, true, reader);
            boolean ignored = entry == null && walk.getRawMode(HEAD) == 0 && (disk == null || disk.isEntryIgnored());
            if (!ignored && !(committed && asNoted)) {
                dirty.add(path);
            }
            boolean regular = disk != null && (walk.getRawMode(DISK) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
            doubtful.add(path);
            if (regular && (entry != null || !disk.isEntryIgnored())) {
                String id = asNoted ? entry.getObjectId().name() : null;
                lookedAt.put(path, new Entry(path, disk.getEntryLength(), id));
            }
        }

        void walk(String folder, Consumer<Entry> each) {
            SortedMap<String, Entry> others = new TreeMap<>(folder.isEmpty()
                    ? lookedAt
                    : lookedAt.subMap(folder, folder + Character.MAX_VALUE));
            DirCacheEntry[] noted = folder.isEmpty()
                    ? index.getEntriesWithin("")
                    : index.getEntriesWithin(folder.substring(0, folder.length() - 1));
            for (DirCacheEntry entry : noted) {
                String path = entry.getPathString();
                while (!others.isEmpty() && others.firstKey().compareTo(path) <= 0) {
                    each.accept(others.remove(others.firstKey()));
                }
                if (!doubtful.contains(path)) {
                    each.accept(entry(path, entry));
                }
            }
            others.values().forEach(each);
        }

        Optional<Entry> find(String path) {
            if (doubtful.contains(path)) {
                return Optional.ofNullable(lookedAt.get(path));
            }
            DirCacheEntry entry = index.getEntry(path);
            // What is below a folder that the index does not know was looked at with it.
            return entry == null ? Optional.ofNullable(lookedAt.get(path)) : Optional.of(entry(path, entry));
        }

        private static Entry entry(String path, DirCacheEntry entry) {
            return new Entry(path, entry.getLength(), entry.getObjectId().name());
        }
    }
}
