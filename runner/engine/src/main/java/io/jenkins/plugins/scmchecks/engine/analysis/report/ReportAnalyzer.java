package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes in the reports that other tools left in the working directory, ignored by git or not. */
public final class ReportAnalyzer implements Analyzer {

    private static final Pattern WITH_FORMAT = Pattern.compile("([a-z][a-z0-9-]+):(?!/)(.+)");

    /** Reports of one format, or null to recognise it by the content. */
    private record Wanted(String format, String glob) {
        static Wanted parse(String pattern) {
            Matcher matcher = WITH_FORMAT.matcher(pattern);
            return matcher.matches()
                    ? new Wanted(matcher.group(1), matcher.group(2).strip())
                    : new Wanted(null, pattern);
        }
    }

    private final List<Wanted> reports;
    private final ReportFormats formats;

    /**
     * @param patterns of the reports' paths from the root, as in {@code target/*.sarif} or {@code **}{@code /report.sarif};
     *     separate ones, or several in one text with commas between. A format may go before, as in
     *     {@code checkstyle:target/checkstyle-result.xml}; see {@link ReportFormats#list}
     */
    public ReportAnalyzer(List<String> patterns) {
        this(patterns, new ReportFormats());
    }

    public ReportAnalyzer(List<String> patterns, ReportFormats formats) {
        this.reports = patterns.stream()
                .flatMap(p -> split(p).stream())
                .map(Wanted::parse)
                .toList();
        this.formats = formats;
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
        return Session.atTheEnd(sink -> {
            Path root = context.tree().directory().orElse(null);
            if (root != null) {
                readAll(root, context.tree(), sink);
            }
        });
    }

    private void readAll(Path root, SourceTree tree, FindingSink sink) throws InterruptedException {
        ReportPaths paths = ReportPaths.of(tree);
        for (Wanted wanted : reports) {
            try {
                if (wanted.format != null && !formats.isKnown(wanted.format)) {
                    sink.notice(Notice.error(
                            null,
                            "there is no report format '" + wanted.format + "', as in '" + wanted.format + ":" + wanted.glob
                                    + "'; 'scm-checks formats' lists them all"));
                    continue;
                }
                List<Path> found = new ReportFiles(root.toRealPath()).find(wanted.glob);
                if (found.isEmpty()) {
                    sink.notice(Notice.error(
                            null, "no report matches '" + wanted.glob + "': was the tool run before, in " + root + "?"));
                }
                for (Path report : found) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException("the reading of reports was stopped");
                    }
                    String name = root.toRealPath().relativize(report).toString().replace('\\', '/');
                    read(name, wanted.format, () -> Files.newInputStream(report), paths, sink);
                }
            } catch (IOException | IllegalArgumentException e) {
                sink.notice(Notice.error(
                        null, "the reports '" + wanted.glob + "' cannot be looked for: " + e.getMessage()));
            }
        }
    }

    private void read(
            String name, String format, ReportReader.Source source, ReportPaths paths, FindingSink sink) {
        String recognised = null;
        try {
            recognised = formats.recognise(source).orElse(null);
            if (format == null && recognised == null) {
                throw new ReportException(
                        name + ": its format is not recognised; name it as in 'checkstyle:" + name
                                + "' ('scm-checks formats' lists the formats)",
                        null);
            }
            formats.reader(format == null ? recognised : format).read(name, source, paths, sink);
        } catch (ReportException e) {
            boolean other = format != null && recognised != null && !recognised.equals(format);
            sink.notice(Notice.error(null, e.getMessage() + (other ? "; it looks like '" + recognised + "'" : "")));
        } catch (IOException e) {
            sink.notice(Notice.error(null, name + ": cannot be read: " + e.getMessage()));
        }
    }

    /** At commas, but not those in braces, which are part of a glob. */
    private static List<String> split(String patterns) {
        List<String> parts = new ArrayList<>();
        int braces = 0;
        int from = 0;
        for (int i = 0; i <= patterns.length(); i++) {
            char c = i < patterns.length() ? patterns.charAt(i) : ',';
            braces += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (i == patterns.length() || c == ',' && braces <= 0) {
                String part = patterns.substring(from, i).strip();
                from = i + 1;
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
        }
        return parts;
    }
}
