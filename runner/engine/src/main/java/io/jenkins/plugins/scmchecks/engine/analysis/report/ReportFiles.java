package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Finds the reports that a pattern names. Links are not followed, so a pattern can never lead out of the directory. */
final class ReportFiles {

    private static final String SPECIAL = "*?[{\\";

    private final Path root;

    /** @param root a real path */
    ReportFiles(Path root) {
        this.root = root;
    }

    /**
     * @param pattern a glob from the root
     * @return the files, in order
     * @throws IllegalArgumentException when it is no glob
     */
    List<Path> find(String pattern) throws IOException {
        String glob = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        PathMatcher atRoot = glob.startsWith("**/")
                ? FileSystems.getDefault().getPathMatcher("glob:" + glob.substring(3))
                : matcher;
        String[] segments = glob.split("/");
        Path start = root;
        int literal = 0;
        while (literal < segments.length - 1 && isLiteral(segments[literal])) {
            start = start.resolve(segments[literal++]);
        }
        start = start.normalize();
        if (!start.startsWith(root) || !Files.isDirectory(start) || !start.toRealPath().equals(start)) {
            return List.of();
        }
        int depth = glob.contains("**") || glob.contains("{") ? Integer.MAX_VALUE : segments.length - literal;
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(start, EnumSet.noneOf(FileVisitOption.class), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path relative = root.relativize(file);
                if (attributes.isRegularFile()
                        && (matcher.matches(relative) || atRoot.matches(relative))) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    private static boolean isLiteral(String segment) {
        return segment.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    }
}
