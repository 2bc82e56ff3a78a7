package io.jenkins.plugins.scmchecks.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Fix;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.Suppression;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportCodecTest {

    private static final Rule RULE =
            new Rule("R1", "Rule one", "Why and how", "https://example.org/r1", Severity.HIGH, List.of("CWE-1"));

    @Test
    void shouldGiveBackWhatItWasGiven() throws IOException {
        // Given
        Location location = new Location("src/main.tf", new Region(3, 1, 4, 9));
        Finding whole = new Finding(
                "tool", RULE, Severity.CRITICAL, "message", location, "aws_s3_bucket.a", List.of(new Location("b", null)),
                new Fix("do", Region.line(3), "text"), new Suppression("inSource", "why"), "f1");
        Finding small = Finding.of("tool", RULE, "other", new Location("b", null)).withFingerprint("f2");
        List<TrackedFinding> findings = List.of(
                new TrackedFinding(whole, State.NEW, true), new TrackedFinding(small, State.FIXED, false));
        FileChange touched = new FileChange(
                "src/main.tf", "src/old.tf", FileChange.Kind.RENAMED, List.of(new FileChange.Hunk(1, 2, 3, 4)));
        ChangeSet change = ChangeSet.of("base", "head", List.of(touched));
        CheckReport report = new CheckReport(
                "name", change, findings, List.of(Notice.error("x", "bad")),
                new Gate.Result(false, List.of("because"), List.of(findings.get(0))), "https://jenkins/x");
        // When
        CheckReport read = ReportCodec.read(ReportCodec.write(report));
        // Then
        assertThat(read).isEqualTo(report);
    }

    @Test
    void shouldKeepTheNewestAndWorstOfTooMany() throws IOException {
        // Given
        List<TrackedFinding> findings = new ArrayList<>();
        for (int i = 0; i < ReportCodec.MAX_FINDINGS; i++) {
            findings.add(tracked("old " + i, State.UNCHANGED, Severity.LOW));
        }
        findings.add(tracked("the one that counts", State.NEW, Severity.CRITICAL));
        // When
        CheckReport read = ReportCodec.read(ReportCodec.write(report(findings)));
        // Then
        assertThat(read.findings()).hasSize(ReportCodec.MAX_FINDINGS);
        assertThat(read.in(State.NEW)).extracting(f -> f.finding().message()).containsExactly("the one that counts");
        assertThat(read.notices()).extracting(Notice::message).singleElement().asString().contains("10001");
    }

    @Test
    void shouldCutWhatIsTooLong() throws IOException {
        CheckReport read = ReportCodec.read(
                ReportCodec.write(report(List.of(tracked("x".repeat(1_000_000), State.NEW, Severity.LOW)))));

        assertThat(read.findings().get(0).finding().message()).hasSizeLessThan(30_000);
    }

    @Test
    void shouldDropAddressesThatAreNoLinks() throws IOException {
        // Given
        String json = new String(ReportCodec.write(report(List.of(tracked("m", State.NEW, Severity.LOW)))), StandardCharsets.UTF_8);
        // When
        CheckReport read = ReportCodec.read(
                json.replace("https://example.org/r1", "javascript:alert(1)").getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(read.findings().get(0).finding().rule().helpUri()).isNull();
    }

    @Test
    void shouldRefuseWhatNoAgentOfOursWrites() {
        for (String json : List.of("", "null", "[]", "{}", "{\"name\":1}", "[".repeat(100_000), "{\"name\":\"" + "x".repeat(200_000))) {
            assertThatThrownBy(() -> ReportCodec.read(json.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
        }
    }

    private static TrackedFinding tracked(String message, State state, Severity severity) {
        return new TrackedFinding(
                Finding.of("tool", RULE, message, new Location("a", Region.line(1))).withSeverity(severity), state, true);
    }

    private static CheckReport report(List<TrackedFinding> findings) {
        return new CheckReport(
                "n", ChangeSet.withoutBase("h"), findings, List.of(), new Gate.Result(true, List.of(), List.of()), null);
    }
}
