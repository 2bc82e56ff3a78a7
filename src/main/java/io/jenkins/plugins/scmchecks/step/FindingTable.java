package io.jenkins.plugins.scmchecks.step;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A report as lines of a build log. */
final class FindingTable {

    private static final int MOST_ROWS = 50;
    private static final int MOST_NOTICES = 20;
    private static final int MOST_MESSAGE = 160;

    private final CheckReport report;

    FindingTable(CheckReport report) {
        this.report = report;
    }

    List<String> lines() {
        List<TrackedFinding> fresh = report.in(State.NEW);
        List<String> lines = new ArrayList<>();
        lines.add(report.name() + ": " + fresh.size() + " new, " + report.in(State.UNCHANGED).size() + " unchanged, "
                + report.in(State.FIXED).size() + " fixed");
        lines.addAll(table(fresh));
        report.notices().stream().limit(MOST_NOTICES).map(FindingTable::notice).forEach(lines::add);
        if (report.notices().size() > MOST_NOTICES) {
            lines.add((report.notices().size() - MOST_NOTICES) + " more notices are on the build's page");
        }
        lines.add(report.gate().passed()
                ? "Gate: passed"
                : "Gate: FAILED, " + plain(String.join("; ", report.gate().reasons())));
        return lines;
    }

    private static List<String> table(List<TrackedFinding> findings) {
        List<Finding> shown = findings.stream()
                .map(TrackedFinding::finding)
                .sorted(Comparator.comparing(Finding::severity))
                .limit(MOST_ROWS)
                .toList();
        int place = shown.stream().mapToInt(f -> place(f).length()).max().orElse(0);
        int rule = shown.stream().mapToInt(f -> plain(f.rule().id()).length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Finding finding : shown) {
            String message = plain(finding.message());
            String what = finding.resource() == null ? "" : plain(finding.resource()) + ": ";
            lines.add("  " + pad(finding.severity().label(), 8) + "  " + pad(place(finding), place) + "  "
                    + pad(plain(finding.rule().id()), rule) + "  " + what
                    + (message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE - 1) + "…" : message));
        }
        if (findings.size() > MOST_ROWS) {
            lines.add("  and " + (findings.size() - MOST_ROWS) + " more, on the build's page");
        }
        return lines;
    }

    private static String notice(Notice notice) {
        return notice.level().name().toLowerCase(Locale.ROOT) + ": " + plain(notice.toString());
    }

    private static String place(Finding finding) {
        return plain(finding.location().toString());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Reports are untrusted: no control character of theirs reaches the console. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ").strip();
    }
}
