package io.jenkins.plugins.scmchecks.engine.publish;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The report in Markdown: the gate and its reasons first, then what is new, fixed, and only counted. */
final class SummaryText {

    /** So many new findings are shown at once; the others are one click away. */
    private static final int OPEN_ROWS = 20;

    private static final int MOST_MESSAGE = 300;

    private final CheckReport report;

    SummaryText(CheckReport report) {
        this.report = report;
    }

    /** {@return one line: {@code 2 new findings, 1 fixed · gate failed}} */
    String title() {
        int added = report.in(State.NEW).size();
        int fixed = report.in(State.FIXED).size();
        int unchanged = report.in(State.UNCHANGED).size();
        List<String> parts = new ArrayList<>();
        parts.add(added == 0 ? "No new findings" : count(added, "new finding"));
        if (fixed > 0) {
            parts.add(fixed + " fixed");
        }
        if (added == 0 && unchanged > 0) {
            parts.add(unchanged + " unchanged");
        }
        return String.join(", ", parts) + " · gate " + (report.gate().passed() ? "passed" : "failed");
    }

    /**
     * @param limit characters
     * @param place where a new finding is shown, or why it is not; null leaves that column out
     */
    String text(int limit, Function<Finding, String> place) {
        BoundedText text = new BoundedText(limit);
        text.add("**Gate " + (report.gate().passed() ? "passed" : "failed") + "**: "
                + count(report.in(State.NEW).size(), "new finding") + ", "
                + report.in(State.FIXED).size() + " fixed, "
                + report.in(State.UNCHANGED).size() + " unchanged.\n");
        text.addAll(
                "\n",
                report.gate().reasons(),
                r -> "- " + Markdown.line(BoundedText.cut(r, MOST_MESSAGE)) + "\n",
                "",
                n -> "…and " + n + " more reasons.",
                0.2);
        addNew(text, place);
        addFixed(text);
        addUnchanged(text);
        addNotices(text);
        if (report.detailsUrl() != null) {
            text.add("\n" + Markdown.link("Full report", report.detailsUrl()) + "\n");
        }
        return text.toString();
    }

    private void addNew(BoundedText text, Function<Finding, String> place) {
        List<TrackedFinding> added = Renderer.sorted(report.in(State.NEW));
        if (added.isEmpty()) {
            return;
        }
        String head = "\n| Severity | Rule | Where | What |" + (place == null ? "" : " Comment |") + "\n"
                + "| --- | --- | --- | --- |" + (place == null ? "" : " --- |") + "\n";
        List<TrackedFinding> open = added.subList(0, Math.min(OPEN_ROWS, added.size()));
        List<TrackedFinding> folded = added.subList(open.size(), added.size());
        text.add("\n### New\n");
        text.addAll(head, open, f -> row(f.finding(), place), "", SummaryText::more, 0.8);
        if (!folded.isEmpty()) {
            text.addAll(
                    "\n<details><summary>" + folded.size() + " more</summary>\n" + head,
                    folded,
                    f -> row(f.finding(), place),
                    "\n</details>\n",
                    SummaryText::more,
                    0.8);
        }
    }

    private static String row(Finding finding, Function<Finding, String> place) {
        String resource = finding.resource();
        String what = (resource == null ? "" : Markdown.code(BoundedText.cut(resource, 200)) + ": ")
                + Markdown.line(BoundedText.cut(finding.message(), MOST_MESSAGE));
        return "| " + finding.severity().label() + " | " + Markdown.cell(Renderer.rule(finding.rule())) + " | "
                + Markdown.cell(where(finding)) + " | " + Markdown.cell(what) + " |"
                + (place == null ? "" : " " + Markdown.cell(place.apply(finding)) + " |") + "\n";
    }

    private static String where(Finding finding) {
        return Markdown.code(finding.location().toString());
    }

    private void addFixed(BoundedText text) {
        text.addAll(
                "\n### Fixed\n\n",
                Renderer.sorted(report.in(State.FIXED)),
                f -> "- " + Renderer.rule(f.finding().rule()) + " in " + Markdown.code(f.finding().location().path())
                        + (f.finding().resource() == null
                                ? ""
                                : " (" + Markdown.code(BoundedText.cut(f.finding().resource(), 200)) + ")")
                        + "\n",
                "",
                SummaryText::more,
                0.5);
    }

    private void addUnchanged(BoundedText text) {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        report.in(State.UNCHANGED).forEach(f -> counts.merge(f.finding().severity(), 1, Integer::sum));
        if (!counts.isEmpty()) {
            List<String> parts = new ArrayList<>();
            counts.forEach((severity, count) -> parts.add(count + " " + severity.label()));
            text.add("\nUnchanged, as before this change: " + String.join(", ", parts) + ".\n");
        }
        long suppressed = report.findings().stream()
                .filter(f -> f.state() != State.FIXED && f.finding().suppression() != null)
                .count();
        if (suppressed > 0) {
            text.add("\nSuppressed, and not counted: " + suppressed + ".\n");
        }
    }

    private void addNotices(BoundedText text) {
        text.addAll(
                "\n### Notices\n\n",
                report.notices().stream().sorted((a, b) -> a.level().compareTo(b.level())).toList(),
                SummaryText::notice,
                "",
                SummaryText::more,
                0.9);
    }

    private static String notice(Notice notice) {
        return "- " + notice.level().name().toLowerCase(java.util.Locale.ROOT) + ": "
                + (notice.path() == null ? "" : Markdown.code(notice.path()) + ": ")
                + Markdown.line(BoundedText.cut(notice.message(), 2 * MOST_MESSAGE)) + "\n";
    }

    private static String more(int count) {
        return "…and " + count + " more.";
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
