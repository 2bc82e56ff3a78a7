package io.jenkins.plugins.scmchecks.engine.change;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;

/**
 * Tells which files of a working directory are surely what git's index has: regular files of the very size and time
 * that it noted. One look at each file's attributes and one at each folder's names; nothing is read.
 */
final class IndexCheck {

    /** Folders that a thread takes at once. */
    private static final int PORTION = 32;

    private final Path root;
    private final Map<String, Folder> byPath = new HashMap<>();
    private final List<Folder> folders = new ArrayList<>();
    private final Queue<String> doubtful = new ConcurrentLinkedQueue<>();
    private final Queue<String> notFolders = new ConcurrentLinkedQueue<>();

    /** A folder that has files of the index in it, or in a folder below it. */
    private record Folder(String path, List<DirCacheEntry> files, Set<String> names) {}

    private IndexCheck(Path root, DirCache index) {
        this.root = root;
        folder("");
        Folder folder = byPath.get("");
        for (int i = 0; i < index.getEntryCount(); i++) {
            DirCacheEntry entry = index.getEntry(i);
            String path = entry.getPathString();
            int slash = path.lastIndexOf('/');
            if (slash + 1 != folder.path.length() || !path.startsWith(folder.path)) {
                folder = folder(path.substring(0, slash + 1));
            }
            folder.files.add(entry);
            folder.names.add(path.substring(slash + 1));
        }
    }

    /** @param path that ends in a slash, or is empty for the root */
    private Folder folder(String path) {
        Folder known = byPath.get(path);
        if (known != null) {
            return known;
        }
        Folder added = new Folder(path, new ArrayList<>(), new HashSet<>());
        byPath.put(path, added);
        folders.add(added);
        if (!path.isEmpty()) {
            int slash = path.lastIndexOf('/', path.length() - 2);
            folder(path.substring(0, slash + 1)).names.add(path.substring(slash + 1, path.length() - 1));
        }
        return added;
    }

    /**
     * {@return the paths that have to be looked at closer: of files that may differ from the index or are missing, and of
     * files and folders that it does not know}
     */
    static Set<String> doubtful(Path root, DirCache index) {
        IndexCheck check = new IndexCheck(root, index);
        check.lookAtAll();
        Set<String> doubtful = new TreeSet<>(check.doubtful);
        for (String notFolder : check.notFolders) {
            String name = notFolder.isEmpty() ? "" : notFolder.substring(0, notFolder.length() - 1);
            for (DirCacheEntry below : index.getEntriesWithin(name)) {
                doubtful.add(below.getPathString());
            }
            if (!name.isEmpty()) {
                doubtful.add(name); // there may be a file, or a link, in the folder's place
            }
        }
        return doubtful;
    }

    private void lookAtAll() {
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            int from;
            while ((from = next.getAndAdd(PORTION)) < folders.size()) {
                folders.subList(from, Math.min(from + PORTION, folders.size())).forEach(this::lookAt);
            }
        };
        List<Thread> threads = new ArrayList<>();
        int most = Math.min(Runtime.getRuntime().availableProcessors(), folders.size() / PORTION);
        for (int i = 1; i < most; i++) {
            Thread thread = new Thread(work, "scm-checks look " + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        work.run();
        for (Thread thread : threads) {
            join(thread);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAt(Folder folder) {
        BasicFileAttributes attributes = folder.path.isEmpty() ? null : attributes(root, folder.path);
        boolean real = folder.path.isEmpty() || attributes != null && attributes.isDirectory();
        Path directory = real ? root.resolve(folder.path) : null;
        String[] names = real ? directory.toFile().list() : null;
        if (names == null) {
            notFolders.add(folder.path);
            return;
        }
        for (DirCacheEntry entry : folder.files) {
            String path = entry.getPathString();
            if (!isAsNoted(entry, directory, path.substring(folder.path.length()))) {
                doubtful.add(path);
            }
        }
        for (String name : names) {
            if (!folder.names.contains(name) && !name.equals(Constants.DOT_GIT)) {
                doubtful.add(folder.path + name);
            }
        }
    }

    private static boolean isAsNoted(DirCacheEntry entry, Path directory, String name) {
        boolean plain = entry.getStage() == DirCacheEntry.STAGE_0
                && (entry.getRawMode() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE
                && !entry.isSmudged()
                && !entry.isAssumeValid()
                && !entry.isUpdateNeeded();
        BasicFileAttributes attributes = plain ? attributes(directory, name) : null;
        if (attributes == null || !attributes.isRegularFile() || (int) attributes.size() != entry.getLength()) {
            return false;
        }
        Instant noted = entry.getLastModifiedInstant();
        return TimeUnit.SECONDS.toNanos(noted.getEpochSecond()) + noted.getNano()
                == attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    /** {@return what the file itself is, not what it links to; null when it is not there or may not be looked at} */
    private static BasicFileAttributes attributes(Path directory, String name) {
        try {
            Path file = directory.resolve(name);
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }
}
