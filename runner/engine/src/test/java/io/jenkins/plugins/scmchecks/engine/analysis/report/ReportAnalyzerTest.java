package io.jenkins.plugins.scmchecks.engine.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.Analysis;
import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.Scan;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.Directory;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportAnalyzerTest {

    @TempDir
    Path root;

    /** The reports are what the tools themselves wrote, with the paths of the machine changed. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "checkstyle-result.xml|checkstyle-result.xml|15|CheckStyle|src/main/java/demo/Main.java:3:17|MEDIUM|AvoidStarImportCheck|Using the '.*' form",
        "checkstyle.sarif|checkstyle.sarif|15|Checkstyle|src/main/java/demo/Main.java:3:17|MEDIUM||Using the",
        "pmd.xml|pmd.xml|4|PMD|src/main/java/demo/Main.java:3:1|MEDIUM|UnnecessaryImport|Unused import 'java.util.*'",
        "pmd.sarif|pmd.sarif|4|PMD|src/main/java/demo/Main.java:3:1|LOW|UnnecessaryImport|Unused import",
        "spotbugsXml.xml|spotbugsXml.xml|5|SpotBugs|src/main/java/demo/Main.java:10|MEDIUM|ES_COMPARING_PARAMETER_STRING_WITH_EQ|Comparison of String parameter",
        "ruff.sarif|ruff.sarif|4|ruff|app.py:1:8|HIGH|F401|`os` imported but unused",
        "bandit.txt|lines:bandit.txt|3|linter|app.py:1|LOW|B404|Consider possible security",
        "eslint.json|eslint.json|2|ESLint|app.js:2:7|MEDIUM|eqeqeq|Expected '==='",
        "yamllint.txt|lines:yamllint.txt|4|linter|bad.yaml:1:1|MEDIUM|document-start|missing document start",
        "yamllint.txt|yamllint:yamllint.txt|4|YamlLint|bad.yaml:1:1|MEDIUM||missing document start",
        "flake8.txt|lines:flake8.txt|4|linter|app.py:1:1|MEDIUM|F401|'os' imported but unused",
        "mypy.txt|lines:mypy.txt|1|linter|typed.py:2:12|HIGH|return-value|Incompatible return value",
        "pylint.txt|lines:pylint.txt|5|linter|app.py:1|LOW|missing-module-docstring|Missing module docstring",
        "actionlint.txt|lines:actionlint.txt|2|linter|.github/workflows/a.yml:6:23|MEDIUM|expression|is potentially untrusted",
        "markdownlint.txt|lines:markdownlint.txt|4|linter|a.md:1:1|HIGH|MD018/no-missing-space-atx|No space after hash",
        "bandit.json|bandit.json|5|Bandit|app/main.py:6:5|HIGH|B602|shell=True",
        "cfn-lint.json|cfn-lint.json|1|cfn-lint|cfn/template.yaml:6:7|HIGH|E3002|Additional properties",
        "checkov.json|checkov.json|2|Checkov|infra/main.tf:8-15|MEDIUM|CKV_AWS_24|Ensure no security groups",
        "detect-secrets.json|detect-secrets.json|1|detect-secrets|app/settings.ini:2|HIGH|Slack Token|Slack Token in the source",
        "gitleaks.json|gitleaks.json|1|gitleaks|app/settings.ini:2|HIGH|slack-bot-token|Identified a Slack Bot",
        "golangci-lint.json|golangci-lint.json|3|golangci-lint|main.go:13:42|MEDIUM|errcheck|is not checked",
        "markdownlint.json|markdownlint.json|9|markdownlint|docs/a.md:4|LOW|MD012|Multiple consecutive",
        "mypy.json|mypy.json|2|mypy|app/main.py:7:14|HIGH|assignment|Incompatible types",
        "pylint.json|pylint.json|7|Pylint|app/main.py:12:12|MEDIUM|eval-used|Use of eval",
        "pylint-2.json|pylint-2.json|7|Pylint|app/main.py:12:12|MEDIUM|eval-used|Use of eval",
        "ruff.json|ruff.json|3|Ruff|app/main.py:1:8|MEDIUM|F401|imported but unused",
        "shellcheck.json|shellcheck.json|5|ShellCheck|scripts/deploy.sh:2:8|MEDIUM|SC2115|never expands",
        "sqlfluff.json|sqlfluff.json|6|SQLFluff|sql/a.sql:1:16|LOW|LT01|Expected only single space",
        "staticcheck.json|staticcheck.json|3|Staticcheck|main.go:12:13|HIGH|SA5009|of wrong type",
        "tflint.json|tflint.json|4|TFLint|infra/main.tf:1:1|MEDIUM|terraform_typed_variables|has no type",
        "tfsec.json|tfsec.json|3|tfsec|infra/main.tf:4-6|HIGH|aws-s3-block-public-acls|No public access block",
        "zizmor.json|zizmor.json|2|zizmor|.github/workflows/ci.yml:6:9|MEDIUM|artipacked|credential persistence",
    })
    void shouldReadRealReports(
            String fixture, String pattern, int count, String tool, String place, Severity severity, String rule, String message)
            throws IOException, InterruptedException {
        // Given
        copy(fixture, fixture);
        for (String file : List.of("src/main/java/demo/Main.java", "app.py", "app.js", "bad.yaml", "typed.py")) {
            write(file, "");
        }

        // When
        Analysis analysis = analyse(pattern);

        // Then
        assertThat(analysis.notices()).isEmpty();
        assertThat(analysis.findings()).hasSize(count);
        Finding first = analysis.findings().get(0);
        assertThat(analysis.findings()).extracting(Finding::tool).containsOnly(tool);
        assertThat(analysis.findings()).anySatisfy(f -> {
            assertThat(f.location().toString()).isEqualTo(place);
            assertThat(f.severity()).isEqualTo(severity);
            assertThat(f.message()).contains(message);
            if (rule != null) {
                assertThat(f.rule().id()).isEqualTo(rule);
            }
        });
        assertThat(first.message()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"results\": [{\"filename\": \"a.py\", \"issue_severity\": \"LOW\"|not readable as a report of Bandit ('bandit-json')",
        "[[[[[[|not readable as a report of Bandit",
        "{\"results\": 7}|",
        "{\"results\": [7, null, {}]}|",
        "~~|",
    })
    void shouldBearJsonThatIsOtherThanItShould(String content, String error) throws IOException, InterruptedException {
        write("a.json", content);

        Analysis analysis = analyse("bandit-json:a.json");

        if (error == null) {
            assertThat(analysis.notices()).isEmpty();
        } else {
            assertThat(analysis.notices()).singleElement().asString().contains("a.json", error);
        }
    }

    @Test
    void shouldRefuseJsonThatIsTooDeep() throws IOException, InterruptedException {
        write("a.json", "[".repeat(100_000) + "\"RuleID\": 1");

        assertThat(analyse("gitleaks-json:a.json").notices()).singleElement().asString().contains("nesting depth");
    }

    @Test
    void shouldReadWhatCanBeReadBesideWhatCannot() throws IOException, InterruptedException {
        copy("pmd.xml", "target/pmd.xml");
        copy("eslint.json", "target/eslint.json");
        write("target/broken.sarif", "{\"version\":\"2.1.0\",\"runs\":[{");
        write("target/half.xml", "<checkstyle><file name='a'><error");
        write("target/unknown.txt", "all is well");
        write("target/empty.json", "");

        Analysis analysis = analyse("target/*");

        assertThat(analysis.findings()).extracting(Finding::tool).contains("PMD", "ESLint");
        assertThat(analysis.notices())
                .allSatisfy(n -> assertThat(n.level()).isEqualTo(Notice.Level.ERROR))
                .extracting(Notice::message)
                .satisfiesExactlyInAnyOrder(
                        m -> assertThat(m).startsWith("target/broken.sarif: ").contains("line 1").contains("too early"),
                        m -> assertThat(m).startsWith("target/half.xml: ").contains("not readable"),
                        m -> assertThat(m).startsWith("target/unknown.txt: its format is not recognised"),
                        m -> assertThat(m).startsWith("target/empty.json: its format is not recognised"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "checkstyle:pmd.xml|pmd.xml: not readable as a report of CheckStyle|it looks like 'pmd'",
        "spotbugs:pmd.xml|pmd.xml: is not a report of SpotBugs: its root is <pmd>|it looks like 'pmd'",
        "sarif:pmd.xml|pmd.xml: not readable as SARIF at line 1, column 1|it looks like 'pmd'",
        "lines:pmd.xml|pmd.xml: no line of it is of the form path:line:column: message|it looks like 'pmd'",
        "eslintt:pmd.xml|there is no report format 'eslintt'|'scm-checks formats' lists them all",
        "checkstyle:none.xml|no report matches 'none.xml'|was the tool run before",
    })
    void shouldSayWhatIsWrongWithAFormat(String pattern, String beginning, String end)
            throws IOException, InterruptedException {
        copy("pmd.xml", "pmd.xml");

        Analysis analysis = analyse(pattern);

        assertThat(analysis.findings()).isEmpty();
        assertThat(analysis.notices())
                .singleElement()
                .extracting(Notice::message)
                .asString()
                .startsWith(beginning)
                .contains(end);
    }

    @ParameterizedTest
    @CsvSource({"checkstyle", "pmd", "spotbugs", "cppcheck", "idea"})
    void shouldNotReadDocumentTypes(String format) throws IOException, InterruptedException {
        write("secret.txt", "TOP-SECRET");
        write("report.xml", """
                <?xml version="1.0"?>
                <!DOCTYPE checkstyle [<!ENTITY x SYSTEM "%s">]>
                <checkstyle><file name="a"><error line="1" severity="error" message="&x;" source="s"/></file></checkstyle>
                """.formatted(root.resolve("secret.txt").toUri()));

        Analysis analysis = analyse(format + ":report.xml");

        assertThat(analysis.findings()).isEmpty();
        assertThat(analysis.notices())
                .singleElement()
                .extracting(Notice::message)
                .asString()
                .contains("report.xml: declares a document type")
                .doesNotContain("TOP-SECRET");
    }

    @Test
    void shouldReadAReportWhoseDocumentTypeOnlyNamesItself() throws IOException, InterruptedException {
        write("report.xml", """
                <?xml version="1.0" encoding="ISO-8859-1"?>
                <!-- <checkstyle> --><!DOCTYPE checkstyle PUBLIC "-//X//DTD Checkstyle//EN" "http://localhost:1/x.dtd">
                <checkstyle><file name="a"><error line="1" severity="error" message="&lt;!DOCTYPE&gt;" source="s"/></file></checkstyle>
                """);

        assertThat(analyse("checkstyle:report.xml").findings()).hasSize(1);
    }

    @Test
    void shouldReadCompressedReportsAndKeepWithinTheDirectory() throws IOException, InterruptedException {
        Path outside = Files.createTempFile("outside", ".xml");
        copyTo("pmd.xml", outside);
        Files.createSymbolicLink(root.resolve("link.xml"), outside);
        Files.createSymbolicLink(root.resolve("folder"), outside.getParent());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(root.resolve("pmd.xml.gz")))) {
            out.write(content("pmd.xml"));
        }

        assertThat(analyse("*.gz").findings()).hasSize(4);
        assertThat(analyse("link.xml").findings()).isEmpty();
        assertThat(analyse("folder/" + outside.getFileName()).findings()).isEmpty();
        assertThat(analyse("../" + outside.getFileName()).findings()).isEmpty();
        assertThat(analyse("**/link.xml, *.{gz,zip}").findings()).hasSize(4);
    }

    @Test
    void shouldTellAndStopAtTheLimit() throws IOException, InterruptedException {
        copy("pmd.xml", "pmd.xml");
        ReportAnalyzer analyzer = new ReportAnalyzer(List.of("pmd.xml"), new ReportFormats(new ReportLimits(1 << 20, 2)));

        Analysis analysis = analyse(analyzer);

        assertThat(analysis.findings()).hasSize(2);
        assertThat(analysis.notices()).singleElement().asString().contains("pmd.xml: has more than 2 findings");
    }

    @Test
    void shouldListMoreThanAHundredFormatsThatAllCanBeMade() {
        ReportFormats formats = new ReportFormats();

        assertThat(formats.list()).hasSizeGreaterThan(130).allSatisfy(f -> {
            assertThat(f.name()).isNotBlank();
            assertThat(formats.reader(f.id())).isNotNull();
        });
        assertThat(formats.list()).extracting(ReportFormats.Format::id).isSorted().contains("sarif", "lines", "trivy");
    }

    @Test
    void shouldKeepQuietWhateverAParserGets() throws IOException, InterruptedException {
        // Given one report of each kind, for every format
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        copy("pmd.xml", "a.xml");
        copy("eslint.json", "a.json");
        copy("flake8.txt", "a.txt");
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));

            // When
            for (ReportFormats.Format format : new ReportFormats().list()) {
                analyse(format.id() + ":a.*");
            }
        } finally {
            System.setOut(out);
        }

        // Then
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private Analysis analyse(String pattern) throws IOException, InterruptedException {
        return analyse(new ReportAnalyzer(List.of(pattern)));
    }

    private Analysis analyse(ReportAnalyzer analyzer) throws IOException, InterruptedException {
        AnalysisContext context =
                new AnalysisContext(new Directory(root), ChangeSet.withoutBase(null), true, Progress.NONE);
        return new Scan(List.of(analyzer)).run(context, p -> true);
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    private void copy(String fixture, String path) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        copyTo(fixture, root.resolve(path));
    }

    private static void copyTo(String fixture, Path target) throws IOException {
        Files.write(target, content(fixture));
    }

    private static byte[] content(String fixture) throws IOException {
        try (InputStream in = ReportAnalyzerTest.class.getResourceAsStream(fixture)) {
            return in.readAllBytes();
        }
    }
}
