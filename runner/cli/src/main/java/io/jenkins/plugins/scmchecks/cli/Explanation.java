package io.jenkins.plugins.scmchecks.cli;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.secret.Redaction;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Everything that is known of one finding: what, where, why it counts or not, and how to mend it. */
final class Explanation {

    private static final int CONTEXT = 2;

    private final CheckReport report;
    private final Path root;
    private final PrintWriter out;

    /** @param root of the tree, from which the lines around a finding are shown */
    Explanation(CheckReport report, Path root, PrintWriter out) {
        this.report = report;
        this.root = root;
        this.out = out;
    }

    /**
     * Explains each finding that is meant.
     *
     * @param which its place as the table shows it, or the file alone, or the rule's id, or the fingerprint's beginning
     * @return how many there were
     */
    int of(String which) throws IOException {
        List<TrackedFinding> meant =
                report.findings().stream().filter(f -> matches(f.finding(), which)).toList();
        for (TrackedFinding tracked : meant) {
            explain(tracked);
        }
        out.flush();
        return meant.size();
    }

    private static boolean matches(Finding finding, String which) {
        String place = finding.location().toString();
        return finding.rule().id().equalsIgnoreCase(which)
                || place.equals(which)
                || place.startsWith(which + ":")
                || which.length() >= 6 && finding.fingerprint().startsWith(which);
    }

    private void explain(TrackedFinding tracked) throws IOException {
        Finding finding = tracked.finding();
        out.println(finding.severity().label() + ": " + TableFormat.plain(finding.message()));
        out.println("  rule         " + finding.rule().id() + ", " + TableFormat.plain(finding.rule().name()) + " ("
                + TableFormat.plain(finding.tool()) + ")");
        out.println("  place        " + TableFormat.plain(finding.location().toString()));
        if (finding.resource() != null) {
            out.println("  resource     " + TableFormat.plain(finding.resource()));
        }
        out.println("  state        " + state(tracked));
        out.println("  counts       " + (report.gate().counted().contains(tracked) ? "yes, it fails the gate" : "no"));
        out.println("  fingerprint  " + finding.fingerprint());
        if (!finding.rule().tags().isEmpty()) {
            out.println("  references   " + TableFormat.plain(String.join(", ", finding.rule().tags())));
        }
        if (finding.rule().helpUri() != null) {
            out.println("  more         " + TableFormat.plain(finding.rule().helpUri()));
        }
        lines(finding);
        if (!finding.rule().help().isBlank()) {
            out.println();
            finding.rule().help().strip().lines().forEach(line -> out.println("  " + TableFormat.plain(line)));
        }
        out.println();
        out.println("  To leave it out, with a reason, on the line or above it:  scm-checks:ignore "
                + finding.rule().id() + " REASON");
        out.println();
    }

    private String state(TrackedFinding tracked) {
        if (tracked.finding().suppression() != null) {
            return "suppressed: " + TableFormat.plain(tracked.finding().suppression().justification());
        }
        String line = tracked.onChangedLine() ? ", on a line that the change touches" : "";
        return switch (tracked.state()) {
            case NEW -> (report.change().hasBase() ? "new" : "found") + line;
            case UNCHANGED -> "there before the change" + line;
            case FIXED -> "fixed by the change";
        };
    }

    private void lines(Finding finding) throws IOException {
        Region region = finding.location().region();
        Path file = root.resolve(finding.location().path()).normalize();
        if (region == null || !file.startsWith(root) || !Files.isRegularFile(file)) {
            return;
        }
        SourceFile source = new SourceFile(finding.location().path(), Files.readAllBytes(file));
        Redaction redaction = Redaction.of(report.findings().stream()
                .map(TrackedFinding::finding)
                .toList());
        out.println();
        int last = Math.min(source.lineCount(), Math.min(region.endLine(), region.startLine() + 10) + CONTEXT);
        for (int i = Math.max(1, region.startLine() - CONTEXT); i <= last; i++) {
            boolean inside = i >= region.startLine() && i <= region.endLine();
            String text = redaction.line(source.path(), i, source.line(i));
            out.printf("  %s %5d  %s%n", inside ? ">" : " ", i, text.replaceAll("[\\p{Cntrl}&&[^\\t]]", " "));
        }
    }
}
