package io.jenkins.plugins.scmchecks.engine;

import io.jenkins.plugins.scmchecks.engine.analysis.Analysis;
import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.Scan;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.store.ResultStore;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Fingerprint;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Selection;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.Tracking;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The whole way from files to a report: scan the head, scan what it changes in the base, compare, decide. */
public final class Check {

    /**
     * What to check.
     *
     * @param name of the check
     * @param head the files
     * @param base the files of the merge base; null when there is none
     * @param change between the two
     * @param analyzers to run
     * @param gate to decide with
     * @param selection of files and rules that count
     * @param trusted false for a fork's pull request
     * @param detailsUrl the build's page, or null
     * @param brought findings of the change itself, whatever the files say now: a secret in one of its commits
     * @param notices that are known already and belong in the report
     * @param progress to tell of long work
     * @param results of earlier checks
     */
    public record Request(
            String name,
            SourceTree head,
            SourceTree base,
            ChangeSet change,
            List<Analyzer> analyzers,
            Gate gate,
            Selection selection,
            boolean trusted,
            String detailsUrl,
            List<Finding> brought,
            List<Notice> notices,
            Progress progress,
            ResultStore results) {
        public Request {
            Objects.requireNonNull(head, "head");
            analyzers = List.copyOf(analyzers);
            brought = List.copyOf(brought);
            notices = List.copyOf(notices);
            if (change.hasBase() && base == null) {
                throw new IllegalArgumentException("a change with a base needs the base's files");
            }
        }
    }

    /**
     * @throws IOException when the tree cannot be read at all; what cannot be analysed in it is a notice instead
     * @throws InterruptedException when it is stopped
     */
    public CheckReport run(Request request) throws IOException, InterruptedException {
        List<Notice> notices = new ArrayList<>(request.notices());
        List<TrackedFinding> findings = new ArrayList<>(comparable(request, notices));
        findings.addAll(onDisk(request, notices));
        findings.addAll(brought(request));
        return new CheckReport(
                request.name(),
                request.change(),
                findings,
                notices,
                request.gate().evaluate(findings, notices),
                request.detailsUrl());
    }

    private static List<TrackedFinding> comparable(Request request, List<Notice> notices)
            throws IOException, InterruptedException {
        ChangeSet change = request.change();
        Scan scan = new Scan(select(request, false));
        boolean whole = !change.hasBase() || request.gate().scope() == Gate.Scope.ALL;
        // Where everything is looked at, nothing is left out for being untouched.
        ChangeSet looked = whole ? ChangeSet.withoutBase(change.headSha()) : change;
        List<Finding> head = scan(scan, request, request.head(), change, looked, whole, notices);
        if (!change.hasBase()) {
            return new Tracking(change).byChangedLines(head);
        }
        // The base is compared with, not reported on: what could not be read there is not this change's doing.
        ChangeSet inBase = change.inBase();
        looked = whole ? ChangeSet.withoutBase(change.baseSha()) : inBase;
        List<Finding> base = scan(scan, request, request.base(), inBase, looked, whole, new ArrayList<>());
        // Where others hang on it, an untouched file was looked at; what stood in it before is nobody's concern here.
        return new Tracking(change)
                .compare(head, base).stream()
                        .filter(f -> whole
                                || f.state() != TrackedFinding.State.UNCHANGED
                                || change.touches(f.finding().location().path()))
                        .toList();
    }

    private static List<TrackedFinding> onDisk(Request request, List<Notice> notices)
            throws IOException, InterruptedException {
        List<Analyzer> analyzers = select(request, true);
        if (analyzers.isEmpty()) {
            return List.of();
        }
        ChangeSet change = request.change();
        List<Finding> head = scan(new Scan(analyzers), request, request.head(), change, change, true, notices);
        return new Tracking(change).byChangedLines(head);
    }

    private static List<TrackedFinding> brought(Request request) throws IOException {
        List<Finding> selected = request.brought().stream()
                .flatMap(f -> request.selection().apply(f).stream())
                .toList();
        return new Fingerprint(request.change())
                .assign(selected, request.head()).stream()
                        .map(f -> new TrackedFinding(f, TrackedFinding.State.NEW, false))
                        .toList();
    }

    private static List<Analyzer> select(Request request, boolean onDisk) {
        return request.analyzers().stream()
                .filter(a -> (a.reach() == Analyzer.Reach.DIRECTORY) == onDisk)
                .toList();
    }

    private static List<Finding> scan(
            Scan scan,
            Request request,
            SourceTree tree,
            ChangeSet change,
            ChangeSet looked,
            boolean whole,
            List<Notice> notices)
            throws IOException, InterruptedException {
        AnalysisContext context =
                new AnalysisContext(tree, looked, request.trusted(), request.progress(), request.results());
        Selection selection = request.selection();
        Analysis analysis;
        if (whole) {
            analysis = scan.run(context, selection::includes);
        } else {
            Set<String> paths = new TreeSet<>(change.files().keySet());
            paths.removeIf(path -> !selection.includes(path));
            analysis = scan.run(context, paths);
        }
        // What was wrong with a file that the change does not touch is nothing that the change could mend.
        analysis.notices().stream()
                .filter(n -> whole || n.path() == null || change.touches(n.path()))
                .forEach(notices::add);
        List<Finding> selected = analysis.findings().stream()
                .flatMap(f -> selection.apply(f).stream())
                .toList();
        return new Fingerprint(change).assign(selected, tree);
    }
}
