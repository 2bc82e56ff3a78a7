package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Turns what tools write as a file's name into a path from the repository's root: relative and {@code file:} URIs,
 * absolute paths of this machine, and absolute paths of the container in which the tool ran.
 */
public final class ReportPaths {

    private static final List<String> SOURCE_FOLDERS =
            List.of("", "src/main/java/", "src/", "src/test/java/", "src/main/kotlin/", "src/main/scala/", "app/src/main/java/");

    private final String root;
    private final Predicate<String> exists;
    private final Function<String, Optional<byte[]>> contents;
    private final Map<String, String> known = new HashMap<>();
    private SourceFile latest;

    /**
     * @param root the directory that the repository is checked out in, or null when there is none
     * @param exists whether a path from the root is a file of the repository
     */
    public ReportPaths(Path root, Predicate<String> exists) {
        this(root, exists, path -> Optional.empty());
    }

    /**
     * @param root the directory that the repository is checked out in, or null when there is none
     * @param exists whether a path from the root is a file of the repository
     * @param contents of a file, for reports that name places by offset
     */
    public ReportPaths(Path root, Predicate<String> exists, Function<String, Optional<byte[]>> contents) {
        this.contents = contents;
        this.root = root == null ? null : slashes(root.toAbsolutePath().normalize().toString());
        this.exists = exists;
    }

    /**
     * @param uri a URI reference or a path, of either kind of separator
     * @return the path from the root with {@code /}; where no such file is known, the name as clean as it can be made,
     *     so that the finding is still told
     */
    public String resolve(String uri) {
        return known.computeIfAbsent(uri, this::find);
    }

    /** {@return a resolver for reports of a tree} */
    public static ReportPaths of(SourceTree tree) {
        Path root = tree.directory().orElse(null);
        return new ReportPaths(root, path -> exists(root, tree, path), path -> contents(tree, path));
    }

    private static boolean exists(Path root, SourceTree tree, String path) {
        try {
            return root == null ? tree.read(path).isPresent() : !path.isEmpty() && Files.isRegularFile(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Optional<byte[]> contents(SourceTree tree, String path) {
        try {
            return tree.read(path);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@return whether the path is a file of the repository} */
    boolean isFile(String path) {
        return !path.isEmpty() && exists.test(path);
    }

    /**
     * {@return the file of a source that is named from its source folder, as in {@code org/example/Main.java}: in one of
     * the usual folders, or else as it is}
     */
    String resolveSource(String source) {
        String path = resolve(source);
        for (String folder : SOURCE_FOLDERS) {
            if (isFile(folder + path)) {
                return folder + path;
            }
        }
        return path;
    }

    /** {@return the file, or empty when it cannot be read; the latest one is kept, as results come file by file} */
    Optional<SourceFile> file(String path) {
        if (latest == null || !latest.path().equals(path)) {
            latest = contents.apply(path).map(bytes -> new SourceFile(path, bytes)).orElse(null);
        }
        return Optional.ofNullable(latest);
    }

    private String find(String uri) {
        String path = slashes(decode(uri));
        boolean absolute = path.startsWith("/") || path.matches("[A-Za-z]:/.*");
        if (absolute && root != null && path.startsWith(root + "/")) {
            return normalize(path.substring(root.length() + 1));
        }
        String clean = normalize(path.matches("[A-Za-z]:/.*") ? path.substring(3) : path);
        if (!absolute || exists.test(clean)) {
            return clean;
        }
        // The tool saw the repository somewhere else: the longest end of the path that is a file here is meant.
        for (int slash = clean.indexOf('/'); slash >= 0; slash = clean.indexOf('/', slash + 1)) {
            String tail = clean.substring(slash + 1);
            if (exists.test(tail)) {
                return tail;
            }
        }
        return clean;
    }

    private static String decode(String uri) {
        String path = uri;
        if (path.regionMatches(true, 0, "file:", 0, 5)) {
            path = path.substring(5);
            if (path.startsWith("//")) {
                int slash = path.indexOf('/', 2);
                path = slash < 0 ? "" : path.substring(slash);
            }
            if (path.matches("/[A-Za-z]:/.*")) {
                path = path.substring(1);
            }
        }
        if (path.indexOf('%') < 0) {
            return path;
        }
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static String slashes(String path) {
        return path.replace('\\', '/');
    }

    /** Resolves {@code .} and {@code ..}, and never leads above the root. */
    private static String normalize(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return String.join("/", segments);
    }
}
