package io.jenkins.plugins.scmchecks.benchmark;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.Tracking;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Findings of a head against those of its base, of which a hundredth is gone and the tenth part moved in its file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(1)
public class TrackingBenchmark {

    private static final int MOVED_BY = 3;

    @Param("100000")
    public int findings;

    private ChangeSet change;
    private List<Finding> head;
    private List<Finding> base;

    @Setup
    public void create() {
        head = new ArrayList<>(findings);
        base = new ArrayList<>(findings);
        List<FileChange> files = new ArrayList<>();
        for (int i = 0; i < findings; i++) {
            String path = "src/main/java/com/example/part" + i / 100 + "/Type" + i / 10 + ".java";
            boolean moved = i / 10 % 10 == 0;
            int line = 20 + i % 10 * 7;
            base.add(finding(i, path, line, "fingerprint-" + i));
            if (i % 100 != 99) {
                head.add(finding(i, path, moved ? line + MOVED_BY : line, "fingerprint-" + i + (i % 20 == 3 ? "x" : "")));
            }
            if (moved && i % 10 == 0) {
                FileChange.Hunk hunk = new FileChange.Hunk(2, 0, 2, MOVED_BY);
                files.add(new FileChange(path, path, FileChange.Kind.MODIFIED, List.of(hunk)));
            }
        }
        change = ChangeSet.of("b".repeat(40), "a".repeat(40), files);
    }

    private static Finding finding(int number, String path, int line, String fingerprint) {
        Rule rule = Rule.of("rule-" + number % 200, Severity.HIGH);
        return Finding.of("sample", rule, "Something is wrong", new Location(path, Region.line(line)))
                .withFingerprint(fingerprint);
    }

    @Benchmark
    public int ours() {
        List<TrackedFinding> tracked = new Tracking(change).compare(head, base);
        int fixed = 0;
        for (TrackedFinding finding : tracked) {
            if (finding.state() == TrackedFinding.State.NEW) {
                throw new IllegalStateException("nothing is new: " + finding);
            }
            fixed += finding.state() == TrackedFinding.State.FIXED ? 1 : 0;
        }
        if (fixed != findings / 100) {
            throw new IllegalStateException(fixed + " are said to be fixed");
        }
        return fixed;
    }
}
