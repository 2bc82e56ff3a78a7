package io.jenkins.plugins.scmchecks.cli;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** A report for a person at a terminal: what is new first, the verdict last, where the eye is. */
final class TableFormat {

    private final PrintWriter out;
    private final Ansi ansi;

    TableFormat(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    void print(CheckReport report) {
        boolean compared = report.change().hasBase();
        List<TrackedFinding> fresh = report.in(State.NEW);
        List<TrackedFinding> unchanged = report.in(State.UNCHANGED);
        List<TrackedFinding> fixed = report.in(State.FIXED);
        section(compared ? "New" : "Findings", fresh);
        section("Fixed", fixed);
        section("There before", unchanged);
        report.notices().stream()
                .filter(n -> n.level() != Notice.Level.INFO)
                .forEach(n -> out.println(style(n.level() == Notice.Level.ERROR ? "red" : "yellow", "! " + plain(n.toString()))));
        long suppressed = report.findings().stream()
                .filter(f -> f.finding().suppression() != null && f.state() != State.FIXED)
                .count();
        StringBuilder counts = new StringBuilder();
        if (compared) {
            counts.append(fresh.size()).append(" new, ").append(fixed.size()).append(" fixed, ")
                    .append(unchanged.size()).append(" there before");
        } else {
            counts.append(fresh.size()).append(fresh.size() == 1 ? " finding" : " findings");
        }
        if (suppressed > 0) {
            counts.append(", ").append(suppressed).append(" suppressed");
        }
        out.println(counts);
        out.println(report.gate().passed()
                ? style("green,bold", "Gate passed")
                : style("red,bold", "Gate failed: " + plain(String.join("; ", report.gate().reasons()))));
        out.flush();
    }

    private void section(String title, List<TrackedFinding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        out.println(style("bold", title));
        int width = findings.stream().mapToInt(f -> f.finding().location().toString().length()).max().orElse(0);
        findings.stream()
                .map(TrackedFinding::finding)
                .sorted(Comparator.comparing(Finding::severity))
                .forEach(f -> print(f, Math.min(width, 60)));
        out.println();
    }

    private void print(Finding finding, int width) {
        String severity = String.format("%-8s", finding.severity().label());
        String place = String.format("%-" + Math.max(1, width) + "s", plain(finding.location().toString()));
        String resource = finding.resource() == null ? "" : "  [" + plain(finding.resource()) + "]";
        out.println("  " + style(colour(finding), severity) + "  " + place + "  " + plain(finding.rule().id()) + "  "
                + plain(finding.message()) + resource);
    }

    private static String colour(Finding finding) {
        return switch (finding.severity()) {
            case CRITICAL, HIGH -> "red";
            case MEDIUM -> "yellow";
            case LOW, INFO -> "cyan";
        };
    }

    private String style(String styles, String text) {
        // Text is never put through picocli's markup: a message may hold anything.
        if (!ansi.enabled()) {
            return text;
        }
        return Ansi.Style.on(Ansi.Style.parse(styles)) + text + Ansi.Style.off(Ansi.Style.parse(styles));
    }

    /** Text from a source tree cannot move the cursor or forge lines of the report. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    }
}
