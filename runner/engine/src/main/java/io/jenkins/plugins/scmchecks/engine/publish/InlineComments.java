package io.jenkins.plugins.scmchecks.engine.publish;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.change.LineRange;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Fix;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.scm.Capability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the new findings that stand on the diff, writes their comments, and says why each other one does not. */
final class InlineComments {

    /** What the summary says of a finding that has its comment. */
    static final String SHOWN = "inline";

    /** A comment on more lines than that hides what it is about. */
    private static final int MOST_LINES = 30;

    private static final int MOST_HELP = 8_000;

    private final List<Publication.InlineComment> comments = new ArrayList<>();
    private final Map<Finding, String> places = new HashMap<>();
    private final ChangeSet change;
    private final PublishLimits limits;
    private final Set<Capability> capabilities;
    private final String externalId;

    private InlineComments(
            ChangeSet change, PublishLimits limits, Set<Capability> capabilities, String externalId) {
        this.change = change;
        this.limits = limits;
        this.capabilities = capabilities;
        this.externalId = externalId;
    }

    /**
     * @param findings new ones
     * @param refused fingerprints, as markers carry them, of comments that the provider does not take
     */
    static InlineComments of(
            List<TrackedFinding> findings,
            CheckReport report,
            PublishLimits limits,
            Set<Capability> capabilities,
            Set<String> refused) {
        InlineComments result =
                new InlineComments(report.change(), limits, capabilities, Marker.externalId(report.name()));
        Set<String> done = new HashSet<>();
        findings.stream()
                .sorted(Comparator.comparing((TrackedFinding f) -> !f.onChangedLine())
                        .thenComparing(Renderer.BY_SEVERITY))
                .forEach(f -> result.place(f.finding(), refused, done));
        return result;
    }

    List<Publication.InlineComment> comments() {
        return comments;
    }

    /** {@return {@link #SHOWN}, or why the finding has no comment} */
    String place(Finding finding) {
        return places.get(finding);
    }

    private void place(Finding finding, Set<String> refused, Set<String> done) {
        String reason = whyNot(finding, refused);
        if (reason == null && done.add(finding.fingerprint())) {
            comments.add(comment(finding));
        }
        places.put(finding, reason == null ? SHOWN : reason);
    }

    private String whyNot(Finding finding, Set<String> refused) {
        String path = finding.location().path();
        if (!capabilities.contains(Capability.INLINE_COMMENTS)) {
            return "no inline comments here";
        }
        if (finding.severity() == Severity.INFO) {
            return "merely informative";
        }
        if (finding.fingerprint() == null) {
            return "it has no fingerprint";
        }
        if (!change.hasBase()) {
            return "no base to compare with";
        }
        if (!change.touches(path)) {
            return "file not in the diff";
        }
        if (!limits.commentsOutsideDiff() && !change.shows(path, finding.location().line())) {
            return "line not in the diff";
        }
        if (refused.contains(Marker.fingerprintFor(finding.fingerprint()))) {
            return "not accepted on this line";
        }
        return comments.size() < limits.inlineComments()
                ? null
                : "limit of " + limits.inlineComments() + " comments reached";
    }

    private Publication.InlineComment comment(Finding finding) {
        String path = finding.location().path();
        LineRange fixed = suggestionLines(finding);
        LineRange lines = fixed != null ? fixed : lines(finding);
        FileChange file = change.files().get(path);
        return new Publication.InlineComment(
                Marker.fingerprintFor(finding.fingerprint()),
                path,
                change.basePath(path),
                lines.first(),
                lines.last(),
                file == null ? lines.last() : file.baseLine(lines.last()),
                body(finding, fixed != null));
    }

    private LineRange lines(Finding finding) {
        int first = finding.location().line();
        int last = finding.location().region() == null ? first : finding.location().region().endLine();
        return new LineRange(first, isShown(finding.location().path(), first, last) ? last : first);
    }

    /** A suggestion replaces exactly the lines that its comment stands on, all of which the diff has to show. */
    private LineRange suggestionLines(Finding finding) {
        Fix fix = finding.fix();
        if (fix == null
                || fix.region().startColumn() != 0
                || fix.region().endColumn() != 0
                || !capabilities.contains(Capability.SUGGESTIONS)
                || !isShown(finding.location().path(), fix.region().startLine(), fix.region().endLine())) {
            return null;
        }
        return new LineRange(fix.region().startLine(), fix.region().endLine());
    }

    private boolean isShown(String path, int first, int last) {
        if (last - first >= MOST_LINES) {
            return false;
        }
        for (int line = first; line <= last; line++) {
            if (!change.shows(path, line)) {
                return false;
            }
        }
        return true;
    }

    private String body(Finding finding, boolean suggestion) {
        BoundedText body = new BoundedText(limits.comment());
        body.add(Marker.ofFinding(externalId, finding.fingerprint()) + "\n");
        body.add("**" + finding.severity().label() + "** · " + Renderer.rule(finding.rule()) + "\n\n");
        if (!finding.message().equals(finding.rule().name())) {
            body.add(Markdown.text(BoundedText.cut(finding.message(), limits.comment() / 4)) + "\n");
        }
        if (finding.resource() != null) {
            body.add("\nResource: " + Markdown.code(BoundedText.cut(finding.resource(), 300)) + "\n");
        }
        addFix(finding.fix(), suggestion, body);
        if (!finding.rule().help().isBlank()) {
            // The blank lines let providers read Markdown inside the HTML element.
            body.add("\n<details><summary>Why, and how to mend it</summary>\n\n"
                    + Markdown.untrusted(BoundedText.cut(finding.rule().help(), MOST_HELP)) + "\n\n</details>\n");
        }
        String tags = String.join(", ", finding.rule().tags());
        body.add("\n<sub>" + Markdown.line(finding.tool()) + " · " + Markdown.line(finding.rule().id())
                + (tags.isEmpty() ? "" : " · " + Markdown.line(BoundedText.cut(tags, 200))) + "</sub>\n");
        return body.toString();
    }

    private static void addFix(Fix fix, boolean suggestion, BoundedText body) {
        if (fix == null) {
            return;
        }
        if (!fix.description().isBlank()) {
            body.add("\n" + Markdown.line(BoundedText.cut(fix.description(), 500)) + "\n");
        }
        if (suggestion) {
            body.add("\n" + Markdown.block("suggestion", fix.replacement()) + "\n");
        } else if (!fix.replacement().isBlank()) {
            String text = Markdown.block("", fix.replacement());
            body.add("\nSuggested text for line " + fix.region() + ":\n\n" + text + "\n");
        }
    }
}
