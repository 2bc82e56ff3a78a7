package io.jenkins.plugins.scmchecks.engine.finding;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tells which findings a change brought, which were there before, and which it fixed. Findings of the head and of the
 * base are paired, the surest way first: by fingerprint, then by the line that the diff says is the same, then by the
 * resource.
 */
public final class Tracking {

    private final ChangeSet change;

    public Tracking(ChangeSet change) {
        this.change = change;
    }

    /**
     * Compares with what the same analyzers found in the base.
     *
     * @param head findings, with fingerprints
     * @param base findings, with fingerprints
     * @return first the head's findings in their order, then those that were fixed
     */
    public List<TrackedFinding> compare(List<Finding> head, List<Finding> base) {
        Finding[] partner = new Finding[head.size()];
        List<Finding> unpaired = new ArrayList<>(base);
        pair(head, partner, unpaired, Finding::fingerprint, Finding::fingerprint);
        pair(head, partner, unpaired, this::lineInBase, f -> key(f, f.location().path(), "line " + line(f)));
        pair(head, partner, unpaired, f -> resource(f, change.basePath(f.location().path())), f ->
                resource(f, f.location().path()));
        List<TrackedFinding> result = new ArrayList<>(head.size() + unpaired.size());
        for (int i = 0; i < partner.length; i++) {
            Finding finding = head.get(i);
            // A finding that was merely suppressed before is not one that this change may bring back unseen.
            boolean known = partner[i] != null && (partner[i].suppression() == null || finding.suppression() != null);
            result.add(tracked(finding, known ? State.UNCHANGED : State.NEW));
        }
        for (Finding finding : unpaired) {
            result.add(new TrackedFinding(finding, State.FIXED, false));
        }
        return result;
    }

    /** Without findings of the base: new is what stands on a line that the change added or modified. */
    public List<TrackedFinding> byChangedLines(List<Finding> head) {
        List<TrackedFinding> result = new ArrayList<>(head.size());
        for (Finding finding : head) {
            result.add(tracked(finding, onChangedLine(finding) ? State.NEW : State.UNCHANGED));
        }
        return result;
    }

    private TrackedFinding tracked(Finding finding, State state) {
        return new TrackedFinding(finding, state, onChangedLine(finding));
    }

    private boolean onChangedLine(Finding finding) {
        Region region = finding.location().region();
        if (region == null) {
            return change.touches(finding.location().path());
        }
        return change.changes(finding.location().path(), region.startLine());
    }

    private static void pair(
            List<Finding> head,
            Finding[] partner,
            List<Finding> base,
            Function<Finding, String> headKey,
            Function<Finding, String> baseKey) {
        Map<String, Deque<Finding>> waiting = new HashMap<>();
        for (Finding finding : base) {
            String key = baseKey.apply(finding);
            if (key != null) {
                waiting.computeIfAbsent(key, k -> new ArrayDeque<>()).add(finding);
            }
        }
        Map<Finding, Boolean> paired = new java.util.IdentityHashMap<>();
        for (int i = 0; i < partner.length; i++) {
            String key = partner[i] == null ? headKey.apply(head.get(i)) : null;
            Deque<Finding> candidates = key == null ? null : waiting.get(key);
            if (candidates != null && !candidates.isEmpty()) {
                partner[i] = candidates.poll();
                paired.put(partner[i], true);
            }
        }
        base.removeIf(paired::containsKey);
    }

    private String lineInBase(Finding finding) {
        String path = finding.location().path();
        var file = change.files().get(path);
        int line = line(finding);
        int baseLine = file == null ? line : file.baseLine(line);
        return baseLine == 0 ? null : key(finding, change.basePath(path), "line " + baseLine);
    }

    private static String resource(Finding finding, String basePath) {
        return finding.resource() == null ? null : key(finding, basePath, "resource " + finding.resource());
    }

    private static int line(Finding finding) {
        return finding.location().region() == null ? 0 : finding.location().region().startLine();
    }

    private static String key(Finding finding, String path, String place) {
        return finding.tool() + "\0" + finding.rule().id() + "\0" + path + "\0" + place;
    }
}
