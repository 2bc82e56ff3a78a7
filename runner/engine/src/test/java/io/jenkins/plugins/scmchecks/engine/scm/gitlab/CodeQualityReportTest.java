package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeQualityReportTest {

    @Test
    void shouldWriteWhatStandsAndLeaveOutWhatIsFixed() throws Exception {
        JsonNode report = write(
                createFinding(Severity.CRITICAL, "a", Region.lines(3, 5), State.NEW),
                createFinding(Severity.LOW, "b", Region.line(7), State.UNCHANGED),
                createFinding(Severity.HIGH, "c", Region.line(9), State.FIXED));

        assertThat(report).hasSize(2);
        assertThat(report.get(0)).isEqualTo(new ObjectMapper().readTree("""
                {"description":"it is open","check_name":"SCM-1","fingerprint":"a","severity":"blocker",
                 "location":{"path":"main.tf","lines":{"begin":3,"end":5}}}"""));
        assertThat(report.get(1).path("severity").asText()).isEqualTo("minor");
        assertThat(report.get(1).path("location").path("lines")).hasSize(1);
    }

    @Test
    void shouldGiveEachFindingAFingerprintOfItsOwn() throws Exception {
        JsonNode report = write(
                createFinding(Severity.INFO, "same", Region.line(1), State.NEW),
                createFinding(Severity.INFO, "same", Region.line(2), State.NEW),
                createFinding(Severity.INFO, null, null, State.NEW));

        assertThat(report.findValuesAsText("fingerprint")).doesNotHaveDuplicates().doesNotContain("");
        assertThat(report.get(2).path("location").path("lines").path("begin").asInt()).isEqualTo(1);
    }

    private static TrackedFinding createFinding(Severity severity, String fingerprint, Region region, State state) {
        Rule rule = new Rule("SCM-1", "Open", "", null, severity, List.of());
        Finding finding = Finding.of("scm-checks", rule, "it is open", new Location("main.tf", region));
        return new TrackedFinding(fingerprint == null ? finding : finding.withFingerprint(fingerprint), state, true);
    }

    private static JsonNode write(TrackedFinding... findings) throws IOException {
        List<TrackedFinding> all = List.of(findings);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CodeQualityReport().write(
                new CheckReport(
                        "SCM Checks",
                        ChangeSet.withoutBase("a".repeat(40)),
                        all,
                        List.of(),
                        Gate.DEFAULT.evaluate(all, List.of()),
                        null),
                out);
        return new ObjectMapper().readTree(out.toByteArray());
    }
}
