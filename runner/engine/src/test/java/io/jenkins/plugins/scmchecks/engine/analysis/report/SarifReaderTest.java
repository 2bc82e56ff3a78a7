package io.jenkins.plugins.scmchecks.engine.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SarifReaderTest {

    private static final Set<String> FILES = Set.of("src/app.js", "src/my file.js");

    @Test
    void shouldFindRulesByIndexIdExtensionAndHierarchicalId() throws IOException {
        // Given
        String report = """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T","rules":[
                    {"id":"A","shortDescription":{"text":"first"},"helpUri":"https://e.org/a",
                     "properties":{"security-severity":"9.8","tags":["CWE-1"]}},
                    {"id":"B","defaultConfiguration":{"level":"note"}}]},
                  "extensions":[{"name":"E","rules":[{"id":"X","name":"extended"}]}]},
                 "results":[
                    {"ruleIndex":0,"message":{"text":"by index"}},
                    {"ruleId":"B","message":{"text":"by id"}},
                    {"ruleId":"A/sub","message":{"text":"by hierarchy"}},
                    {"rule":{"index":0,"toolComponent":{"index":0}},"message":{"text":"by extension"}},
                    {"ruleId":"Z","level":"error","message":{"text":"undeclared"}}]}]}
                """;

        // When
        List<Finding> findings = read(report);

        // Then
        assertThat(findings).extracting(f -> f.rule().id()).containsExactly("A", "B", "A", "X", "Z");
        assertThat(findings)
                .extracting(Finding::severity)
                .containsExactly(Severity.CRITICAL, Severity.LOW, Severity.CRITICAL, Severity.MEDIUM, Severity.HIGH);
        assertThat(findings.get(0).rule().name()).isEqualTo("first");
        assertThat(findings.get(0).rule().helpUri()).isEqualTo("https://e.org/a");
        assertThat(findings.get(0).rule().tags()).containsExactly("CWE-1");
    }

    @Test
    void shouldReadResultsThatComeBeforeTheirRules() throws IOException {
        // Given two runs, as tools that sort their keys write them
        String run = """
                {"results":[{"ruleIndex":0,"message":{"id":"m","arguments":["x"]}}],
                 "tool":{"driver":{"name":"%s","rules":[{"id":"R-%s","messageStrings":{"m":{"text":"has {0}"}}}]}}}
                """;
        String report = "{\"runs\":[" + run.formatted("T1", "1") + "," + run.formatted("T2", "2")
                + "],\"version\":\"2.1.0\"}";

        // When
        List<Finding> findings = read(report);

        // Then each is read once, with its own rules
        assertThat(findings).extracting(Finding::tool).containsExactly("T1", "T2");
        assertThat(findings).extracting(f -> f.rule().id()).containsExactly("R-1", "R-2");
        assertThat(findings).extracting(Finding::message).containsOnly("has x");
    }

    @ParameterizedTest
    @CsvSource({
        "src/app.js, src/app.js",
        "./src/app.js, src/app.js",
        "src/my%20file.js, src/my file.js",
        "file:///work/repo/src/app.js, src/app.js",
        "/work/repo/src/app.js, src/app.js",
        "file:///container/checkout/src/app.js, src/app.js",
        "src\\app.js, src/app.js",
        "file:///C:/agent/src/app.js, src/app.js",
        "../../etc/passwd, etc/passwd",
        "file:///etc/passwd, etc/passwd",
    })
    void shouldResolvePathsFromTheRoot(String uri, String expected) throws IOException {
        String report = result("\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\""
                + uri.replace("\\", "\\\\") + "\"}}}]");

        assertThat(read(report)).singleElement().extracting(f -> f.location().path()).isEqualTo(expected);
    }

    @Test
    void shouldResolveBasesThatReferToEachOtherAndArtifactsByIndex() throws IOException {
        String report = """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},
                 "originalUriBaseIds":{"ROOT":{"uri":"file:///work/repo/"},"SRC":{"uri":"src/","uriBaseId":"ROOT"}},
                 "artifacts":[{"location":{"uri":"app.js","uriBaseId":"SRC"}}],
                 "results":[{"ruleId":"R","message":{"text":"m"},
                   "locations":[{"physicalLocation":{"artifactLocation":{"index":0},
                                 "region":{"startLine":3,"startColumn":5,"endColumn":9}}}]}]}]}
                """;

        assertThat(read(report))
                .singleElement()
                .extracting(Finding::location)
                .isEqualTo(new Location("src/app.js", new Region(3, 5, 3, 9)));
    }

    @Test
    void shouldPassOverWhatIsNoFinding() throws IOException {
        String report = """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[
                  {"ruleId":"R","kind":"pass","message":{"text":"passed"}},
                  {"ruleId":"R","baselineState":"absent","message":{"text":"gone"}},
                  {"ruleId":"R","kind":"fail","message":{"text":"failed"}},
                  {"ruleId":"R","message":{"text":"waved through"},"suppressions":[{"kind":"inSource","justification":"ok"}]},
                  {"ruleId":"R","message":{"text":"refused"},"suppressions":[{"kind":"external","status":"rejected"}]}
                ]}]}
                """;

        List<Finding> findings = read(report);

        assertThat(findings).extracting(Finding::message).containsExactly("failed", "waved through", "refused");
        assertThat(findings.get(1).suppression().justification()).isEqualTo("ok");
        assertThat(findings.get(2).suppression()).isNull();
    }

    @Test
    void shouldTakeAFixInTheSameFile() throws IOException {
        String report = result("""
                "locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/app.js"},"region":{"startLine":2}}}],
                "fixes":[{"description":{"text":"use const"},"artifactChanges":[{"artifactLocation":{"uri":"src/app.js"},
                  "replacements":[{"deletedRegion":{"startLine":2},"insertedContent":{"text":"const a = 1;"}}]}]}]
                """);

        Finding finding = read(report).get(0);

        assertThat(finding.fix().replacement()).isEqualTo("const a = 1;");
        assertThat(finding.fix().region()).isEqualTo(Region.line(2));
    }

    @Test
    void shouldReadGzipAndByteOrderMark() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(("\uFEFF" + result("\"level\":\"error\"")).getBytes(StandardCharsets.UTF_8));
        }
        List<Finding> findings = new ArrayList<>();

        new SarifReader().read("r", () -> new ByteArrayInputStream(bytes.toByteArray()), paths(), sink(findings));

        assertThat(findings).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "not json", "{\"version\":\"2.1.0\"}", "{\"version\":\"1.0.0\",\"runs\":[]}"})
    void shouldSayWhatIsWrongWithWhatIsNoSarif(String content) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(ReportException.class)
                .hasMessageStartingWith("report.sarif: ");
    }

    @Test
    void shouldKeepWhatCameBeforeABreak() {
        List<Finding> findings = new ArrayList<>();
        String broken = result("\"level\":\"error\"").replace("}]}]}", "},{\"ruleId\":");

        assertThatThrownBy(() -> new SarifReader().read("broken.sarif", source(broken), paths(), sink(findings)))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("broken.sarif")
                .hasMessageContaining("line 1");
        assertThat(findings).hasSize(1);
    }

    @Test
    void shouldRefuseBottomlessNesting() {
        String deep = "{\"version\":\"2.1.0\",\"runs\":[" + "[".repeat(100_000);

        assertThatThrownBy(() -> read(deep)).isInstanceOf(ReportException.class).hasMessageContaining("depth");
    }

    private static String result(String fields) {
        return "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"T\"}},\"results\":[{\"ruleId\":\"R\","
                + "\"message\":{\"text\":\"m\"}," + fields + "}]}]}";
    }

    private static List<Finding> read(String report) throws ReportException {
        List<Finding> findings = new ArrayList<>();
        new SarifReader().read("report.sarif", source(report), paths(), sink(findings));
        return findings;
    }

    private static FindingSink sink(List<Finding> findings) {
        return new FindingSink() {
            @Override
            public void finding(Finding finding) {
                findings.add(finding);
            }

            @Override
            public void notice(Notice notice) {
                throw new AssertionError("unexpected: " + notice);
            }
        };
    }

    private static SarifReader.Source source(String report) {
        return () -> new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8));
    }

    private static ReportPaths paths() {
        return new ReportPaths(Path.of("/work/repo"), FILES::contains);
    }
}
