package io.jenkins.plugins.scmchecks.engine.change;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The files of a change's base. What the change does not touch is the same in the head, and taken from there: reading
 * git's objects, and going through all of its trees, takes longer.
 */
final class BaseTree implements SourceTree {

    private final SourceTree head;
    private final SourceTree commit;
    /** The paths that the change touches, in the head and in the base. */
    private final Set<String> touched = new TreeSet<>();

    BaseTree(ChangeSet change, SourceTree head, SourceTree commit) {
        this.head = head;
        this.commit = commit;
        for (FileChange file : change.files().values()) {
            touched.add(file.path());
            if (file.basePath() != null) {
                touched.add(file.basePath());
            }
        }
    }

    @Override
    public void walk(Consumer<Entry> files) throws IOException {
        SortedMap<String, Entry> others = new TreeMap<>();
        for (String path : touched) {
            commit.find(path).ifPresent(entry -> others.put(path, entry));
        }
        head.walk(entry -> {
            if (!touched.contains(entry.path())) {
                while (!others.isEmpty() && others.firstKey().compareTo(entry.path()) < 0) {
                    files.accept(others.remove(others.firstKey()));
                }
                files.accept(entry);
            }
        });
        others.values().forEach(files);
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
        return side(path).find(path);
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        return side(path).read(path);
    }

    private SourceTree side(String path) {
        return touched.contains(path) ? commit : head;
    }
}
