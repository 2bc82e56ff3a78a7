package io.jenkins.plugins.scmchecks.engine.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TrackingTest {

    private static final Rule RULE = Rule.of("R1", Severity.HIGH);

    @Test
    void shouldKnowAFindingAgainWhenItsLineMovedAndWasIndented() throws Exception {
        // Given
        ChangeSet change = createChange("a.txt", "a.txt", new FileChange.Hunk(1, 0, 1, 2));

        // When
        List<TrackedFinding> tracked = track(
                change, Map.of("a.txt", "x\nbad\n"), List.of(at("a.txt", 2)),
                Map.of("a.txt", "n\nn\nx\n    bad\n"), List.of(at("a.txt", 4)));

        // Then
        assertThat(tracked).extracting(TrackedFinding::state).containsExactly(State.UNCHANGED);
    }

    @Test
    void shouldKnowAFindingAgainInARenamedFile() throws Exception {
        ChangeSet change = createChange("new.txt", "old.txt");

        List<TrackedFinding> tracked = track(
                change, Map.of("old.txt", "bad\n"), List.of(at("old.txt", 1)),
                Map.of("new.txt", "bad\n"), List.of(at("new.txt", 1)));

        assertThat(tracked).extracting(TrackedFinding::state).containsExactly(State.UNCHANGED);
    }

    @Test
    void shouldCountTheSecondOfTwoEqualLinesAsNew() throws Exception {
        ChangeSet change = createChange("a.txt", "a.txt", new FileChange.Hunk(2, 0, 2, 1));

        List<TrackedFinding> tracked = track(
                change, Map.of("a.txt", "bad\n"), List.of(at("a.txt", 1)),
                Map.of("a.txt", "bad\nbad\n"), List.of(at("a.txt", 1), at("a.txt", 2)));

        assertThat(tracked).extracting(TrackedFinding::state).containsExactly(State.UNCHANGED, State.NEW);
        assertThat(tracked).extracting(TrackedFinding::onChangedLine).containsExactly(false, true);
    }

    @Test
    void shouldNotCallAnotherRuleOnTheSameLineKnown() throws Exception {
        ChangeSet change = createChange("a.txt", "a.txt", new FileChange.Hunk(1, 1, 1, 1));
        Finding other = Finding.of("tool", Rule.of("R2", Severity.LOW), "other", at("a.txt", 1).location());

        List<TrackedFinding> tracked = track(
                change, Map.of("a.txt", "bad\n"), List.of(at("a.txt", 1)),
                Map.of("a.txt", "bad\n"), List.of(other));

        assertThat(tracked).extracting(TrackedFinding::state).containsExactly(State.NEW, State.FIXED);
    }

    @Test
    void shouldKeepAFindingOfAResourceWhoseLineWasRewritten() throws Exception {
        ChangeSet change = createChange("a.tf", "a.tf", new FileChange.Hunk(1, 1, 1, 1));

        List<TrackedFinding> tracked = track(
                change, Map.of("a.tf", "acl = public-read\n"), List.of(at("a.tf", 1).withResource("bucket.logs")),
                Map.of("a.tf", "acl = public-read-write\n"), List.of(at("a.tf", 1).withResource("bucket.logs")));

        assertThat(tracked).extracting(TrackedFinding::state).containsExactly(State.UNCHANGED);
    }

    @Test
    void shouldCallAFindingNewWhoseSuppressionTheChangeTookAway() throws Exception {
        ChangeSet change = createChange("a.txt", "a.txt");
        Finding suppressed = at("a.txt", 1).withSuppression(new Suppression("inSource", "known"));

        List<TrackedFinding> tracked = track(
                change, Map.of("a.txt", "bad\n"), List.of(suppressed),
                Map.of("a.txt", "bad\n"), List.of(at("a.txt", 1)));

        assertThat(tracked).extracting(TrackedFinding::state).containsExactly(State.NEW);
    }

    @Test
    void shouldGoByChangedLinesWithoutTheBase() {
        ChangeSet change = createChange("a.txt", "a.txt", new FileChange.Hunk(2, 0, 2, 1));

        List<TrackedFinding> tracked = new Tracking(change).byChangedLines(List.of(at("a.txt", 1), at("a.txt", 2)));

        assertThat(tracked).extracting(TrackedFinding::state).containsExactly(State.UNCHANGED, State.NEW);
    }

    private static List<TrackedFinding> track(
            ChangeSet change,
            Map<String, String> base,
            List<Finding> inBase,
            Map<String, String> head,
            List<Finding> inHead)
            throws Exception {
        List<Finding> old = new Fingerprint(ChangeSet.withoutBase("base")).assign(inBase, createTree(base));
        List<Finding> now = new Fingerprint(change).assign(inHead, createTree(head));
        return new Tracking(change).compare(now, old);
    }

    private static Finding at(String path, int line) {
        return Finding.of("tool", RULE, "message", new Location(path, Region.line(line)));
    }

    private static ChangeSet createChange(String path, String basePath, FileChange.Hunk... hunks) {
        FileChange.Kind kind = path.equals(basePath) ? FileChange.Kind.MODIFIED : FileChange.Kind.RENAMED;
        return ChangeSet.of("base", "head", List.of(new FileChange(path, basePath, kind, List.of(hunks))));
    }

    private static SourceTree createTree(Map<String, String> files) {
        return new SourceTree() {
            @Override
            public void walk(Consumer<Entry> each) {
                files.keySet().forEach(path -> each.accept(new Entry(path, 1)));
            }

            @Override
            public Optional<byte[]> read(String path) {
                return Optional.ofNullable(files.get(path)).map(s -> s.getBytes(StandardCharsets.UTF_8));
            }
        };
    }
}
