package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Takes in the reports that other tools left in the working directory, ignored by git or not. */
public final class ReportAnalyzer implements Analyzer {

    private final List<String> patterns;

    /**
     * @param patterns of the reports' paths from the root, as in {@code target/*.sarif} or {@code **}{@code /report.sarif};
     *     separate ones, or several in one text with commas between
     */
    public ReportAnalyzer(List<String> patterns) {
        List<String> single = new ArrayList<>();
        for (String pattern : patterns) {
            for (String part : pattern.split(",")) {
                if (!part.isBlank()) {
                    single.add(part.strip());
                }
            }
        }
        this.patterns = List.copyOf(single);
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public Reach reach() {
        return Reach.DIRECTORY;
    }

    @Override
    public Session open(AnalysisContext context) {
        return new Session() {
            @Override
            public boolean wants(String path) {
                return false;
            }

            @Override
            public void visit(SourceFile file, FindingSink sink) {
                throw new IllegalStateException("wants no file");
            }

            @Override
            public void finish(FindingSink sink) {
                context.tree().directory().ifPresent(root -> readAll(root, context.tree(), sink));
            }
        };
    }

    private void readAll(Path root, SourceTree tree, FindingSink sink) {
        ReportPaths paths = new ReportPaths(root, path -> exists(tree, path));
        for (String pattern : patterns) {
            try {
                List<Path> reports = find(root, pattern);
                if (reports.isEmpty()) {
                    sink.notice(Notice.error(
                            null, "no report matches '" + pattern + "': was the tool run before, in " + root + "?"));
                }
                for (Path report : reports) {
                    read(root, report, paths, sink);
                }
            } catch (IOException | IllegalArgumentException e) {
                sink.notice(Notice.error(null, "the reports '" + pattern + "' cannot be looked for: " + e.getMessage()));
            }
        }
    }

    private static void read(Path root, Path report, ReportPaths paths, FindingSink sink) {
        String name = root.relativize(report).toString().replace('\\', '/');
        try {
            new SarifReader().read(name, () -> Files.newInputStream(report), paths, sink);
        } catch (ReportException e) {
            sink.notice(Notice.error(null, e.getMessage()));
        }
    }

    private static boolean exists(SourceTree tree, String path) {
        try {
            return !path.isEmpty() && tree.directory().isPresent()
                    ? Files.isRegularFile(tree.directory().get().resolve(path))
                    : tree.read(path).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.nio.file.InvalidPathException e) {
            return false;
        }
    }

    /** Links are not followed, so a pattern can never lead out of the directory. */
    private static List<Path> find(Path root, String pattern) throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        PathMatcher atRoot = pattern.startsWith("**/")
                ? FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(3))
                : matcher;
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path relative = root.relativize(file);
                if (attributes.isRegularFile() && (matcher.matches(relative) || atRoot.matches(relative))) {
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
}
