package io.jenkins.plugins.scmchecks.engine.change;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The files below a directory, without git: all of them but {@code .git} folders. Links are neither files nor ways. */
public final class Directory implements SourceTree {

    private static final Set<OpenOption> READING = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path root;
    /** Folders by whether they are the tree's own, and not reached through a link. */
    private final Map<Path, Boolean> own = new ConcurrentHashMap<>();

    /**
     * @throws IOException when it is not a directory
     */
    public Directory(Path root) throws IOException {
        this.root = root.toRealPath();
        if (!Files.isDirectory(this.root)) {
            throw new IOException(root + " is not a directory");
        }
    }

    @Override
    public void walk(Consumer<Entry> each) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    String path = root.relativize(file).toString().replace('\\', '/');
                    entries.add(new Entry(path, attributes.size()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // What may not be read is not part of what can be analysed; a walk goes on without it.
                return FileVisitResult.CONTINUE;
            }
        });
        entries.sort(Comparator.comparing(Entry::path));
        entries.forEach(each);
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        Path file;
        try {
            file = root.resolve(path).normalize();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        Path folder = file.getParent();
        boolean inside = file.startsWith(root) && !file.equals(root) && folder != null;
        if (!inside || !isOwn(folder) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file, READING)) {
            return Optional.of(Channels.newInputStream(channel).readAllBytes());
        }
    }

    /** A link in the path would lead out of the tree. */
    private boolean isOwn(Path folder) throws IOException {
        Boolean known = own.get(folder);
        if (known == null) {
            known = Files.isDirectory(folder) && folder.toRealPath().equals(folder);
            own.put(folder, known);
        }
        return known;
    }

    @Override
    public Optional<Path> directory() {
        return Optional.of(root);
    }
}
