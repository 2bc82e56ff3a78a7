package io.jenkins.plugins.scmchecks.page;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** One check as the page shows it. All texts are plain and escaped by the page. */
public final class ReportView {

    /** The most rows of a table, so that a browser can still show it; the file beside the build has all. */
    static final int MAX_ROWS = 1_000;

    private final ReportAction.Entry entry;
    private final CheckReport report;
    private final String problem;

    private ReportView(ReportAction.Entry entry, CheckReport report, String problem) {
        this.entry = entry;
        this.report = report;
        this.problem = problem;
    }

    static ReportView read(ReportAction.Entry entry, Path file) {
        try {
            return new ReportView(entry, ReportCodec.read(Files.readAllBytes(file)), null);
        } catch (IOException e) {
            return new ReportView(entry, null, "The report beside the build cannot be read: " + e.getMessage());
        }
    }

    public ReportAction.Entry getEntry() {
        return entry;
    }

    /** {@return why there is no table, or null} */
    public String getProblem() {
        return problem;
    }

    public List<Row> getNewRows() {
        return rows(State.NEW);
    }

    public List<Row> getUnchangedRows() {
        return rows(State.UNCHANGED);
    }

    public List<Row> getFixedRows() {
        return rows(State.FIXED);
    }

    /** {@return how many findings the tables leave out} */
    public int getLeftOut() {
        int left = 0;
        for (State state : State.values()) {
            left += report == null ? 0 : Math.max(0, report.in(state).size() - MAX_ROWS);
        }
        return left;
    }

    public List<Notice> getNotices() {
        return report == null ? List.of() : report.notices();
    }

    /** {@return the class of a notice's box} */
    public String alert(Notice notice) {
        return switch (notice.level()) {
            case ERROR -> "jenkins-alert-danger";
            case WARNING -> "jenkins-alert-warning";
            case INFO -> "jenkins-alert-info";
        };
    }

    private List<Row> rows(State state) {
        return report == null
                ? List.of()
                : report.in(state).stream()
                        .map(TrackedFinding::finding)
                        .sorted(Comparator.comparing(Finding::severity))
                        .limit(MAX_ROWS)
                        .map(Row::new)
                        .toList();
    }

    /** One finding; properties for Jelly. */
    public static final class Row {
        private final Finding finding;

        Row(Finding finding) {
            this.finding = finding;
        }

        public String getSeverity() {
            return finding.severity().label();
        }

        /** {@return a number by which the table sorts, the worst first} */
        public int getRank() {
            return finding.severity().ordinal();
        }

        /** {@return the class of Jenkins' own colours} */
        public String getColor() {
            return finding.severity().atLeast(Severity.HIGH)
                    ? "jenkins-!-error-color"
                    : finding.severity() == Severity.MEDIUM ? "jenkins-!-warning-color" : "";
        }

        public String getPlace() {
            return finding.location().toString();
        }

        public String getResource() {
            return finding.resource();
        }

        public String getMessage() {
            return finding.message();
        }

        public String getRule() {
            return finding.rule().name();
        }

        public String getRuleId() {
            return finding.rule().id();
        }

        public String getHelpUri() {
            return finding.rule().helpUri();
        }

        /** {@return the help's paragraphs; it is Markdown, of which only these are shown as such} */
        public List<String> getHelp() {
            return Arrays.stream(finding.rule().help().split("\n\\s*\n"))
                    .map(String::strip)
                    .filter(p -> !p.isEmpty())
                    .toList();
        }

        public String getTool() {
            return finding.tool();
        }

        public String getTags() {
            return String.join(", ", finding.rule().tags()).toUpperCase(Locale.ROOT);
        }
    }
}
