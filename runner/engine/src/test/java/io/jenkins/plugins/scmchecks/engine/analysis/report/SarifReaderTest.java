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
import java.util.Optional;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // text: "ä = 1;\nb😀c\n", ä has two bytes, the emoji four bytes and two code units
        "\"charOffset\":7,\"charLength\":1|2:1-2:2",
        "\"charOffset\":0,\"charLength\":8|1:1-2:2",
        "\"byteOffset\":8,\"byteLength\":1|2:1-2:2",
        "\"byteOffset\":13,\"byteLength\":1|2:4-2:5",
        "\"charOffset\":9999|3:1-3:1",
        "\"startLine\":2,\"startColumn\":3,\"endColumn\":4|2:4-2:5",
        "\"startLine\":1,\"startColumn\":1,\"endLine\":2,\"endColumn\":2|1:1-2:2",
        "\"startLine\":3,\"endLine\":1|3:0-3:0",
        "\"startLine\":0|",
    })
    void shouldReadRegionsOfEveryKind(String region, String expected) throws IOException {
        String report = """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"columnKind":"unicodeCodePoints",
                 "results":[{"message":{"text":"m"},"locations":[{"physicalLocation":{
                   "artifactLocation":{"uri":"src/app.js"},"region":{%s}}}]}]}]}
                """.formatted(region);

        Region read = read(report).get(0).location().region();

        assertThat(read == null
                        ? null
                        : read.startLine() + ":" + read.startColumn() + "-" + read.endLine() + ":" + read.endColumn())
                .isEqualTo(expected);
    }

    @Test
    void shouldWaitForBasesAndArtifactsThatComeAfterTheResults() throws IOException {
        String report = """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},
                 "results":[
                   {"message":{"text":"1"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/app.js"}}}]},
                   {"message":{"text":"2"},"locations":[{"physicalLocation":{"artifactLocation":{"index":0}}}]},
                   {"message":{"text":"3"},"locations":[{"physicalLocation":{
                     "artifactLocation":{"uri":"app.js","uriBaseId":"SRC"}}}]}],
                 "artifacts":[{"location":{"uri":"src/my%20file.js"}}],
                 "originalUriBaseIds":{"SRC":{"uri":"src/"}}}]}
                """;

        List<Finding> findings = read(report);

        assertThat(findings).extracting(Finding::message).containsExactly("1", "2", "3");
        assertThat(findings)
                .extracting(f -> f.location().path())
                .containsExactly("src/app.js", "src/my file.js", "src/app.js");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "use of [the input](1) here|use of the input here",
        "see [docs](https://e.org/a), then|see docs, then",
        "calls[i](argument) stays|calls[i](argument) stays",
        "an escaped \\\\[bracket\\\\](1)|an escaped [bracket](1)",
        "open [ and [x](2)|open [ and x",
    })
    void shouldTurnLinksIntoTheirWords(String text, String expected) throws IOException {
        assertThat(read(result("\"message\":{\"text\":\"" + text + "\"}")))
                .singleElement()
                .extracting(Finding::message)
                .isEqualTo(expected);
    }

    @Test
    void shouldFillInMessagesOfTheRuleAndOfTheWholeTool() throws IOException {
        String report = """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T",
                   "globalMessageStrings":{"g":{"text":"global {0}"},"own":{"text":"never"}},
                   "rules":[{"id":"R","messageStrings":{"own":{"text":"{{{1}}} before {0}, {7}"}}}]}},
                 "results":[
                   {"ruleId":"R","message":{"id":"own","arguments":["a","b"]}},
                   {"ruleId":"R","message":{"id":"g","arguments":["a"]}},
                   {"ruleId":"R","message":{"markdown":"**only** this"}},
                   {"ruleId":"R","message":{"id":"unknown"}}]}]}
                """;

        assertThat(read(report))
                .extracting(Finding::message)
                .containsExactly("{b} before a, {7}", "global a", "**only** this", "R");
    }

    @Test
    void shouldJudgeByScoreThenLevelThenOverrideThenRank() throws IOException {
        String report = """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T","rules":[
                   {"id":"A"},{"id":"B","defaultConfiguration":{"rank":95.0}},
                   {"id":"C","properties":{"security-severity":"9.1"},"defaultConfiguration":{"level":"error"}}]}},
                 "invocations":[{"executionSuccessful":true,"ruleConfigurationOverrides":[
                   {"descriptor":{"index":0},"configuration":{"level":"error"}}]}],
                 "results":[
                   {"ruleId":"A","message":{"text":"override"}},
                   {"ruleId":"A","level":"note","message":{"text":"level"}},
                   {"ruleId":"B","message":{"text":"rank"}},
                   {"ruleId":"C","level":"error","message":{"text":"the score says it finer"}},
                   {"ruleId":"C","properties":{"security-severity":"5.0"},"message":{"text":"score"}}]}]}
                """;

        assertThat(read(report))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH, Severity.LOW, Severity.CRITICAL, Severity.CRITICAL, Severity.MEDIUM);
    }

    @Test
    void shouldTagWeaknessesFromTaxonomiesAndTags() throws IOException {
        String report = """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T","rules":[
                   {"id":"A","properties":{"tags":["security","external/cwe/cwe-079"]},"relationships":[
                     {"target":{"id":"89","toolComponent":{"name":"CWE"}},"kinds":["superset"]},
                     {"target":{"id":"other-rule"}}]}]}},
                 "results":[
                   {"ruleId":"A","message":{"text":"m"}},
                   {"ruleId":"A","message":{"text":"m"},"taxa":[{"id":"CWE-22","toolComponent":{"name":"CWE"}}]}]}]}
                """;

        List<Finding> findings = read(report);

        assertThat(findings.get(0).rule().tags()).containsExactlyInAnyOrder("security", "CWE-79", "CWE-89");
        assertThat(findings.get(1).rule().tags()).containsExactlyInAnyOrder("security", "CWE-79", "CWE-89", "CWE-22");
    }

    @Test
    void shouldFollowTheFirstFlowAndNameTheResource() throws IOException {
        String step = "{\"location\":{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"src/app.js\"},"
                + "\"region\":{\"startLine\":%d}}}}";
        String report = result("""
                "locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/app.js"},"region":{"startLine":9}},
                  "logicalLocations":[{"name":"f","kind":"function"},
                                      {"fullyQualifiedName":"aws_s3_bucket.logs","kind":"resource"}]}],
                "codeFlows":[{"threadFlows":[{"locations":[%s,%s]}]},{"threadFlows":[{"locations":[%s]}]}]
                """.formatted(step.formatted(1), step.formatted(5), step.formatted(7)));

        Finding finding = read(report).get(0);

        assertThat(finding.resource()).isEqualTo("aws_s3_bucket.logs");
        assertThat(finding.related()).extracting(Location::line).containsExactly(1, 5);
    }

    @Test
    void shouldNotCountASuppressionThatSomebodyRefused() throws IOException {
        String report = result(
                "\"suppressions\":[{\"kind\":\"inSource\"},{\"kind\":\"external\",\"status\":\"underReview\"}]");

        assertThat(read(report).get(0).suppression()).isNull();
    }

    @Test
    void shouldTellWhatTheToolSaysWentWrong() throws IOException {
        String report = """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},
                 "externalPropertyFileReferences":{"results":[{"location":{"uri":"more.sarif-external-properties"}}]},
                 "invocations":[{"executionSuccessful":false,"exitCodeDescription":"out of memory",
                   "toolExecutionNotifications":[{"level":"warning","message":{"text":"cannot parse a.js"}},
                                                 {"level":"note","message":{"text":"chatter"}}]}],
                 "results":[]}]}
                """;
        List<Notice> notices = new ArrayList<>();

        new SarifReader().read("r.sarif", source(report), paths(), new FindingSink() {
            @Override
            public void finding(Finding finding) {
                throw new AssertionError(finding);
            }

            @Override
            public void notice(Notice notice) {
                notices.add(notice);
            }
        });

        assertThat(notices)
                .extracting(n -> n.level() + " " + n.message())
                .satisfiesExactlyInAnyOrder(
                        n -> assertThat(n).startsWith("ERROR r.sarif: ").contains("externalPropertyFileReferences"),
                        n -> assertThat(n).startsWith("ERROR r.sarif: T says").contains("out of memory"),
                        n -> assertThat(n).startsWith("WARNING r.sarif: T says").contains("cannot parse a.js"));
    }

    @Test
    void shouldCutAtALimitAndSaySo() {
        String results = "{\"message\":{\"text\":\"m\"}},".repeat(50);
        String report = "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"T\"}},\"results\":["
                + results + "{}]}]}";
        List<Finding> findings = new ArrayList<>();

        assertThatThrownBy(() -> new SarifReader(new ReportLimits(1 << 20, 10))
                        .read("r.sarif", source(report), paths(), sink(findings)))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("r.sarif: has more than 10 findings");
        assertThat(findings).hasSize(10);
        assertThatThrownBy(() -> new SarifReader(new ReportLimits(100, 10))
                        .read("r.sarif", source(report), paths(), sink(findings)))
                .hasMessageContaining("is larger than 100 bytes");
    }

    @Test
    void shouldReadUtf16() throws IOException {
        String report = result("\"message\":{\"text\":\"Größe 漢字 😀\"}");
        for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE")) {
            List<Finding> findings = new ArrayList<>();

            new SarifReader().read(
                    "r", () -> new ByteArrayInputStream(report.getBytes(charset)), paths(), sink(findings));

            assertThat(findings).as(charset).singleElement().extracting(Finding::message).isEqualTo("Größe 漢字 😀");
        }
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
        return new ReportPaths(
                Path.of("/work/repo"),
                FILES::contains,
                path -> Optional.of("ä = 1;\nb😀c\n".getBytes(StandardCharsets.UTF_8)));
    }
}
