package io.jenkins.plugins.scmchecks.engine.publish;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.Conclusion;
import io.jenkins.plugins.scmchecks.engine.scm.Capability;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts a report in the form that a provider takes. Pure: the same report, limits and capabilities give the same
 * publication, to the character, so that publishing it again changes nothing.
 */
public final class Renderer {

    /** The worst first; then by place, so that the order never depends on how an analysis was run. */
    static final Comparator<TrackedFinding> BY_SEVERITY = Comparator.comparing(
                    (TrackedFinding f) -> f.finding().severity())
            .thenComparing(f -> f.finding().location().path())
            .thenComparing(f -> f.finding().location().line())
            .thenComparing(f -> f.finding().rule().id())
            .thenComparing(f -> f.finding().message());

    private static final int MOST_TITLE = 200;

    /** {@return the whole wanted state for a report} */
    public Publication render(CheckReport report, PublishLimits limits, Set<Capability> capabilities) {
        return render(report, limits, capabilities, Set.of());
    }

    /**
     * @param refused fingerprints of comments that the provider did not take for this commit; the summary lists their
     *     findings instead
     * @return the whole wanted state for a report
     */
    public Publication render(
            CheckReport report, PublishLimits limits, Set<Capability> capabilities, Set<String> refused) {
        SummaryText text = new SummaryText(report);
        InlineComments inline =
                InlineComments.of(report.in(State.NEW), report, limits, capabilities, refused);
        String summary = capabilities.contains(Capability.SUMMARY_COMMENT)
                ? summaryComment(report, text, inline, limits, refused)
                : null;
        return new Publication(
                check(report, text, limits, capabilities),
                inline.comments(),
                standing(report),
                report.notices().stream().noneMatch(n -> n.level() == Notice.Level.ERROR),
                summary);
    }

    /** {@return what to show while the analysis runs} */
    public Publication inProgress(String checkName, String detailsUrl) {
        return checkOnly(
                checkName,
                Conclusion.IN_PROGRESS,
                "Analysis is running",
                "The findings follow when it has ended.",
                detailsUrl);
    }

    /**
     * What to show of an analysis that did not come to its end; comments and summary of earlier ones stay.
     *
     * @param conclusion {@link Conclusion#CANCELLED} or {@link Conclusion#ERROR}
     * @param reason for people, plain text
     */
    public Publication aborted(String checkName, Conclusion conclusion, String reason, String detailsUrl) {
        String title = switch (conclusion) {
            case CANCELLED -> "Analysis was cancelled";
            case ERROR -> "Analysis failed";
            case IN_PROGRESS, SUCCESS, FAILURE ->
                throw new IllegalArgumentException(conclusion + " is not how an analysis is aborted");
        };
        return checkOnly(
                checkName,
                conclusion,
                title,
                Markdown.text(BoundedText.cut(reason, 4_000)) + "\n\nThis says nothing about the code.\n",
                detailsUrl);
    }

    private static Publication checkOnly(
            String name, Conclusion conclusion, String title, String summary, String detailsUrl) {
        return Publication.ofCheck(new Publication.Check(
                name, Marker.externalId(name), conclusion, title, summary, List.of(), detailsUrl));
    }

    private static Publication.Check check(
            CheckReport report, SummaryText text, PublishLimits limits, Set<Capability> capabilities) {
        boolean annotated = capabilities.contains(Capability.CHECKS);
        List<Publication.Annotation> annotations = annotated ? annotations(report, limits) : List.of();
        int left = annotated ? annotatable(report).size() - annotations.size() : 0;
        String more = left == 0 ? "" : "\n" + left + " more findings have no annotation: " + limits.annotations()
                + " is the limit.\n";
        return new Publication.Check(
                report.name(),
                Marker.externalId(report.name()),
                report.gate().passed() ? Conclusion.SUCCESS : Conclusion.FAILURE,
                BoundedText.cut(text.title(), limits.checkTitle()),
                annotated ? text.text(limits.checkSummary() - more.length(), null) + more : "",
                annotations,
                report.detailsUrl());
    }

    private static List<Publication.Annotation> annotations(CheckReport report, PublishLimits limits) {
        return annotatable(report).stream()
                .limit(limits.annotations())
                .map(f -> annotation(f, limits))
                .toList();
    }

    private static List<TrackedFinding> annotatable(CheckReport report) {
        return Stream.concat(
                        sorted(report.in(State.NEW)).stream(), sorted(report.in(State.UNCHANGED)).stream())
                .toList();
    }

    private static Publication.Annotation annotation(TrackedFinding tracked, PublishLimits limits) {
        Finding finding = tracked.finding();
        Location location = finding.location();
        String title = finding.severity().label() + ": " + plain(finding.rule().name())
                + (tracked.state() == State.UNCHANGED ? " (not new)" : "");
        String message = (finding.resource() == null ? "" : finding.resource() + ": ") + finding.message()
                + (finding.rule().helpUri() == null ? "" : "\n" + finding.rule().helpUri());
        return new Publication.Annotation(
                location.path(),
                location.region() == null ? Region.line(1) : location.region(),
                finding.severity(),
                BoundedText.cut(title, MOST_TITLE),
                BoundedText.cut(message.isBlank() ? finding.rule().id() : message, limits.annotationMessage()),
                finding.tool() + " " + finding.rule().id(),
                finding.fingerprint(),
                finding.rule().helpUri());
    }

    private static String summaryComment(
            CheckReport report, SummaryText text, InlineComments inline, PublishLimits limits, Set<String> refused) {
        String head = Marker.ofSummary(Marker.externalId(report.name())) + "\n"
                + RefusedComments.line(report.change().headSha(), refused)
                + "### " + Markdown.line(report.name()) + ": " + text.title() + "\n\n";
        return head + text.text(limits.comment() - head.length(), inline::place);
    }

    private static Set<String> standing(CheckReport report) {
        return report.findings().stream()
                .filter(f -> f.state() != State.FIXED && f.finding().suppression() == null)
                .map(f -> f.finding().fingerprint())
                .filter(f -> f != null)
                .map(Marker::fingerprintFor)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<TrackedFinding> sorted(List<TrackedFinding> findings) {
        return findings.stream().sorted(BY_SEVERITY).toList();
    }

    /** {@return the rule's name, linked when it has an address} */
    static String rule(Rule rule) {
        return Markdown.link(BoundedText.cut(rule.name(), MOST_TITLE), rule.helpUri());
    }

    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
