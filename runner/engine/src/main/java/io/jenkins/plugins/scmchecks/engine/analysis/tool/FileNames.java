package io.jenkins.plugins.scmchecks.engine.analysis.tool;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/** Globs of files: one without {@code /} means the name alone, any other the path from the root. */
final class FileNames {

    private record Glob(boolean name, PathMatcher matcher) {}

    private final List<Glob> globs;

    /** @param globs empty to include everything */
    FileNames(List<String> globs) {
        this.globs = globs.stream()
                .map(g -> new Glob(!g.contains("/"), FileSystems.getDefault().getPathMatcher("glob:" + g)))
                .toList();
    }

    boolean include(String path) {
        Path whole = Path.of(path);
        return globs.isEmpty()
                || globs.stream().anyMatch(g -> g.matcher.matches(g.name ? whole.getFileName() : whole));
    }
}
