package io.jenkins.plugins.scmchecks.engine.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
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
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SarifWriterTest {

    private static final Rule RULE = new Rule(
            "R1", "No public buckets", "Close **it**.", "https://e.org/r1", Severity.HIGH, List.of("CWE-0284", "CIS-2.1", "CIS-2.1"));
    private static final Finding FULL = new Finding(
            "scm-checks",
            RULE,
            Severity.CRITICAL,
            "the bucket <logs> is \"public\" [see](1)",
            new Location("infra/my dir/ä:b.tf", new Region(3, 2, 5, 7)),
            "aws_s3_bucket.logs",
            List.of(new Location("infra/other.tf", Region.line(9)), new Location("infra/whole.tf", null)),
            new Fix("close it", new Region(3, 2, 3, 9), "private"),
            new Suppression("inSource", "known"),
            "abcdef");

    @Test
    void shouldWriteWhatTheSchemaAllows() throws IOException {
        // Given everything that can be in a report
        CheckReport report = createReport(
                List.of(
                        new TrackedFinding(FULL, TrackedFinding.State.NEW, true),
                        new TrackedFinding(createFinding("Other Tool", "X/1"), TrackedFinding.State.UNCHANGED, false),
                        new TrackedFinding(createFinding("Other Tool", "X/2"), TrackedFinding.State.FIXED, false)),
                List.of(Notice.error("a.tf", "broken"), Notice.warning(null, "odd"), Notice.info(null, "so")));

        // When
        JsonNode written = new ObjectMapper().readTree(write(new SarifWriter("https://e.org/team/repo"), report));

        // Then
        assertThat(schema().validate(written)).isEmpty();
        JsonNode run = written.at("/runs/0");
        assertThat(run.at("/automationDetails/id").asText()).isEqualTo("Security/");
        assertThat(run.at("/versionControlProvenance/0/revisionId").asText()).isEqualTo("headsha");
        assertThat(run.at("/results/0/baselineState").asText()).isEqualTo("new");
        assertThat(run.at("/results/0/locations/0/logicalLocations/0/fullyQualifiedName").asText())
                .isEqualTo("aws_s3_bucket.logs");
        assertThat(run.at("/taxonomies/0/taxa/0/id").asText()).isEqualTo("CWE-284");
        assertThat(written.at("/runs/1/results/1/baselineState").asText()).isEqualTo("absent");
    }

    @Test
    void shouldBeValidWithNothingInIt() throws IOException {
        byte[] written = write(new SarifWriter(), createReport(List.of(), List.of()));

        assertThat(schema().validate(new ObjectMapper().readTree(written))).isEmpty();
    }

    @Test
    void shouldBeReadBackAsItWas() throws IOException {
        CheckReport report =
                createReport(List.of(new TrackedFinding(FULL, TrackedFinding.State.NEW, true)), List.of());
        byte[] written = write(new SarifWriter(), report);
        List<Finding> findings = new ArrayList<>();

        new SarifReader()
                .read("own", () -> new ByteArrayInputStream(written), new ReportPaths(null, p -> true), createSink(findings));

        Finding read = findings.get(0);
        assertThat(read.severity()).isEqualTo(FULL.severity());
        assertThat(read.message()).isEqualTo(FULL.message());
        assertThat(read.location()).isEqualTo(FULL.location());
        assertThat(read.resource()).isEqualTo(FULL.resource());
        assertThat(read.related()).isEqualTo(FULL.related());
        assertThat(read.suppression()).isEqualTo(FULL.suppression());
        assertThat(read.fingerprint()).isEqualTo(FULL.fingerprint());
        assertThat(read.rule().severity()).isEqualTo(RULE.severity());
        assertThat(read.rule().tags()).contains("CWE-284", "CIS-2.1");
    }

    private static byte[] write(SarifWriter writer, CheckReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(report, out);
        return out.toByteArray();
    }

    private static CheckReport createReport(List<TrackedFinding> findings, List<Notice> notices) {
        return new CheckReport(
                "Security",
                ChangeSet.withoutBase("headsha"),
                findings,
                notices,
                Gate.DEFAULT.evaluate(findings, notices),
                null);
    }

    private static Finding createFinding(String tool, String rule) {
        return Finding.of(tool, Rule.of(rule, Severity.INFO), "m", new Location("", null));
    }

    private static FindingSink createSink(List<Finding> findings) {
        return new FindingSink() {
            @Override
            public void finding(Finding finding) {
                findings.add(finding);
            }

            @Override
            public void notice(Notice notice) {
                throw new AssertionError(notice);
            }
        };
    }

    /** The schema comes with a library that is generated from it. */
    private static JsonSchema schema() throws IOException {
        try (InputStream in = SarifWriterTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(in);
        }
    }
}
