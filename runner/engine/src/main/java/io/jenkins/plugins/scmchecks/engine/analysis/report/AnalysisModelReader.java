package io.jenkins.plugins.scmchecks.engine.analysis.report;

import edu.hm.hafner.analysis.Issue;
import edu.hm.hafner.analysis.ParsingCanceledException;
import edu.hm.hafner.analysis.ParsingException;
import edu.hm.hafner.analysis.ReaderFactory;
import edu.hm.hafner.analysis.Report;
import edu.hm.hafner.analysis.registry.ParserDescriptor;
import edu.hm.hafner.analysis.registry.ParserRegistry;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads the formats that analysis-model knows. Loaded only when such a report is there. */
final class AnalysisModelReader implements ReportReader {

    /** Logs the whole trace of every broken report, which is told in one line here. Held, or it would be forgotten. */
    private static final Logger DIGESTER = Logger.getLogger("org.apache.commons.digester3");

    static {
        DIGESTER.setLevel(Level.OFF);
    }

    /** Needs a library that is left out, or is read better by a reader of ours. */
    private static final Set<String> OTHERWISE = Set.of("sarif", "findbugs", "spotbugs", "simulink-check-parser", "junit");

    /** What these call an error is what everybody else calls critical. */
    private static final Set<String> SECURITY =
            Set.of("trivy", "grype", "npm-audit", "pnpm-audit", "owasp-dependency-check", "scannercli", "clair");

    private final ParserDescriptor descriptor;
    private final String tool;
    private final ReportLimits limits;

    /** @param tool that wrote the report, or null for the one that the format is called after */
    AnalysisModelReader(String format, String tool, ReportLimits limits) {
        this.descriptor = new ParserRegistry().get(format);
        this.tool = tool == null ? descriptor.getName().strip() : tool;
        this.limits = limits;
    }

    /** {@return the formats by their id, with their names} */
    static Map<String, String> formats() {
        Map<String, String> formats = new HashMap<>();
        for (ParserDescriptor descriptor : new ParserRegistry().getAllDescriptors()) {
            if (!OTHERWISE.contains(descriptor.getId())) {
                formats.put(descriptor.getId(), descriptor.getName().strip());
            }
        }
        return formats;
    }

    @Override
    public void read(String name, Source source, ReportPaths paths, FindingSink sink) throws ReportException {
        try {
            LimitedSink limited = new LimitedSink(name, sink, limits);
            Report report = descriptor.createParser().parse(new Text(name, ReportText.read(name, source)));
            Map<String, Rule> rules = new HashMap<>();
            for (Issue issue : report) {
                limited.finding(toFinding(issue, rules, paths));
            }
            report.getErrorMessages().forEach(m -> limited.notice(Notice.Level.WARNING, m));
        } catch (ReportException e) {
            throw e;
        } catch (ParsingCanceledException e) {
            throw new ReportException(name + ": reading was stopped", e);
        } catch (ReportBytes.TooLargeException | LimitedSink.FullException e) {
            throw new ReportException(name + ": " + e.getMessage(), e);
        } catch (IOException | ParsingException e) {
            throw notOfFormat(name, e);
        } catch (RuntimeException | StackOverflowError e) {
            // A parser that stumbles costs its own report, and no other.
            throw notOfFormat(name, e);
        }
    }

    private ReportException notOfFormat(String name, Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new ReportException(
                name + ": not readable as a report of " + descriptor.getName() + " ('" + descriptor.getId() + "'): "
                        + reason.lines().findFirst().orElse(""),
                e);
    }

    private Finding toFinding(Issue issue, Map<String, Rule> rules, ReportPaths paths) {
        Severity severity = severity(issue.getSeverity());
        String category = known(issue.getCategory());
        String id = known(issue.getType()).isEmpty() ? category : issue.getType();
        String ruleId = id.isEmpty() ? descriptor.getId() : id;
        String description = PlainText.of(issue.getDescription());
        Rule rule = rules.computeIfAbsent(ruleId, i -> new Rule(
                i, i, description, null, severity, category.isEmpty() || category.equals(i) ? List.of() : List.of(category)));
        String message = PlainText.of(issue.getMessage());
        String path = known(issue.getFileName()).isEmpty() ? "" : paths.resolve(issue.getFileName());
        List<Location> related = new ArrayList<>();
        issue.getLineRanges().forEach(range -> {
            if (range.getStart() > 0 && related.size() < 20) {
                related.add(new Location(path, Region.lines(range.getStart(), Math.max(range.getStart(), range.getEnd()))));
            }
        });
        return Finding.of(
                        tool,
                        rule,
                        !message.isEmpty() ? message : !description.isEmpty() ? description : ruleId,
                        new Location(path, region(issue)))
                .withSeverity(severity)
                .withRelated(related);
    }

    private Severity severity(edu.hm.hafner.analysis.Severity written) {
        if (written.equals(edu.hm.hafner.analysis.Severity.ERROR)) {
            return SECURITY.contains(descriptor.getId()) ? Severity.CRITICAL : Severity.HIGH;
        }
        if (written.equals(edu.hm.hafner.analysis.Severity.WARNING_HIGH)) {
            return Severity.HIGH;
        }
        return written.equals(edu.hm.hafner.analysis.Severity.WARNING_LOW) ? Severity.LOW : Severity.MEDIUM;
    }

    private static Region region(Issue issue) {
        if (issue.getLineStart() < 1) {
            return null;
        }
        int last = Math.max(issue.getLineStart(), issue.getLineEnd());
        int first = Math.max(0, issue.getColumnStart());
        // Here the last column is the last character's own.
        int end = issue.getColumnEnd() > first || last > issue.getLineStart() && issue.getColumnEnd() > 0
                ? issue.getColumnEnd() + 1
                : 0;
        return new Region(issue.getLineStart(), first, last, end);
    }

    /** What is not known is written as a dash. */
    private static String known(String text) {
        return text == null || text.equals("-") ? "" : text;
    }

    private static final class Text extends ReaderFactory {
        private final String name;
        private final String text;

        Text(String name, String text) {
            super(StandardCharsets.UTF_8);
            String begin = text.stripLeading();
            // Some parsers go by the file's extension; what is in it is what counts.
            String extension = begin.startsWith("<") ? ".xml" : begin.startsWith("{") || begin.startsWith("[") ? ".json" : "";
            this.name = name.endsWith(extension) ? name : name + extension;
            this.text = text;
        }

        @Override
        public String getFileName() {
            return name;
        }

        @Override
        public Reader create() {
            return new StringReader(text);
        }
    }
}
