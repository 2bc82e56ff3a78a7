package io.jenkins.plugins.scmchecks.engine.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A tree of source files: a working directory, or a commit read from git without a checkout. Paths are from the
 * repository's root, with {@code /}. Links are not followed, and nothing outside the tree can be reached.
 */
public interface SourceTree {

    /**
     * A file that may be read.
     *
     * @param path from the root
     * @param size in bytes
     * @param id of its content, git's; null when git does not vouch for what is there
     */
    record Entry(String path, long size, String id) {

        /** A file of whose content git knows nothing. */
        public Entry(String path, long size) {
            this(path, size, null);
        }
    }

    /** Gives every regular file that git would not ignore, in the order of their paths. */
    void walk(Consumer<Entry> files) throws IOException;

    /** Gives the files below a folder, {@code ""} or one that ends in {@code /}, in the order of their paths. */
    default void walk(String folder, Consumer<Entry> files) throws IOException {
        walk(entry -> {
            if (entry.path().startsWith(folder)) {
                files.accept(entry);
            }
        });
    }

    /** {@return what {@link #walk} would say of one file, or empty when there is no such regular file in the tree} */
    default Optional<Entry> find(String path) throws IOException {
        return read(path).map(content -> new Entry(path, content.length));
    }

    /** {@return the bytes of one file, or empty when there is no such regular file in the tree} */
    Optional<byte[]> read(String path) throws IOException;

    /** {@return the directory on disk that external tools can be run in, or empty for a commit} */
    default Optional<Path> directory() {
        return Optional.empty();
    }
}
