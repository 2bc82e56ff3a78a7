package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretAnalyzerTest {

    private static final String BODY = "k3Jd8sLq0ZxVb7NwPy5TgR2mHfC9aE";

    private final List<Finding> findings = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    @Test
    void shouldSayWhatItIsAndWhereExactly() {
        // Given
        String token = createToken("ghp_");

        // When
        visit("src/Main.java", "class Main {\r\n    String \u00e9 = \"\ud83d\ude00\" + \"" + token + "\";\r\n}\r\n");

        // Then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule().id()).isEqualTo("SCM-SECRET-GITHUB-PAT");
            assertThat(finding.rule().tags()).contains("CWE-798", "gitleaks:github-pat", Redaction.SECRET_TAG);
            assertThat(finding.severity()).isEqualTo(Severity.HIGH);
            assertThat(finding.message()).contains("ghp_\u2026(40 characters)").contains("checksum fits");
            assertThat(finding.location().region()).isEqualTo(new Region(2, 24, 2, 64));
        });
    }

    @Test
    void shouldDoubtATokenWhoseChecksumDoesNotFit() {
        String token = createToken("npm_");
        String wrong = token.substring(0, 39) + (token.endsWith("7") ? "8" : "7");

        visit("a.txt", wrong);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
            assertThat(finding.message()).contains("may be made up");
        });
    }

    @Test
    void shouldThinkLessOfATokenInATestAndLittleOfAPassword() {
        String token = createToken("ghp_");

        visit("src/test/java/LoginTest.java", "String t = \"" + token + "\", password = \"Tr4vel-w1nd0w!\";");

        assertThat(findings).extracting(f -> f.rule().id() + " " + f.severity()).containsExactly(
                "SCM-SECRET-GITHUB-PAT MEDIUM", "SCM-SECRET-GENERIC-PASSWORD INFO");
        assertThat(findings).allSatisfy(f -> assertThat(f.message()).contains("in a test or an example"));
    }

    @Test
    void shouldSayNothingOfAPlainWordInATest() {
        visit("src/test/resources/application.yml", "password: zabbix\nDB_PASSWORD: admin123\n");

        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application.yml", "docker-compose.yml", ".env", "app.properties", "wp-config.php"})
    void shouldTellAPlainWordThatIsAPasswordInSettings(String path) {
        visit(path, path.endsWith("php") ? "define('DB_PASSWORD', 'zabbix');" : "DB_PASSWORD=zabbix\n");

        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.LOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "password: string", "password: required", "password: password", "password: changeme", "passwordPolicy: strong",
        "# password: zabbix", "password: ${DB_PASSWORD}", "password: com.acme.Password", "password: true",
        "password: !vault", "loginPasswordLabel: Kennwort", "passwordEncoder: bcrypt", "password: DB_PASSWORD"
    })
    void shouldNotTakeAnyWordInSettingsForAPassword(String line) {
        visit("application.yml", line + "\n");

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldSayNothingOfThePasswordsThatABuildSetsUpForItself() {
        visit(".github/workflows/ci.yml", "env:\n  POSTGRES_PASSWORD: postgres\n");

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldTellOneSecretOnceByItsMostSpecificRule() {
        visit("config.yml", "github_token: " + createToken("ghp_") + "\n");

        assertThat(findings).extracting(f -> f.rule().id()).containsExactly("SCM-SECRET-GITHUB-PAT");
    }

    @Test
    void shouldTellTheSameSecretAtEachPlace() {
        visit("config.yml", ("token: " + createToken("ghp_") + "\n").repeat(3));

        assertThat(findings).extracting(f -> f.location().line()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "# scm-checks:ignore", "// gitleaks:allow", "# pragma: allowlist secret", "// nosec", "<!-- GITLEAKS:ALLOW -->"
    })
    void shouldSuppressWhatACommentAllows(String comment) {
        visit("a.yml", "token: " + createToken("ghp_") + " " + comment + "\n");

        assertThat(findings).singleElement().satisfies(finding -> assertThat(finding.suppression()).isNotNull());
    }

    @Test
    void shouldSuppressTheNextLineOnly() {
        String line = "token: " + createToken("ghp_") + "\n";

        visit("a.yml", "# scm-checks:ignore-next-line\n" + line + line);

        assertThat(findings).extracting(f -> f.suppression() != null).containsExactly(true, false);
    }

    @Test
    void shouldFindInUtf16AndBehindAByteOrderMark() {
        String line = "token: " + createToken("ghp_") + "\n";

        visit("a.txt", ("\ufeff" + line).getBytes(StandardCharsets.UTF_16LE));
        visit("b.txt", ("\ufeff" + line).getBytes(StandardCharsets.UTF_16BE));
        visit("c.txt", ("\ufeff" + line).getBytes(StandardCharsets.UTF_8));

        assertThat(findings).extracting(f -> f.location().region()).containsOnly(new Region(1, 8, 1, 48)).hasSize(3);
    }

    @Test
    void shouldFindInTextThatIsNotUtf8() {
        visit("a.txt", ("gr\u00fc\u00dfe " + createToken("ghp_")).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(findings).hasSize(1);
    }

    @Test
    void shouldLeaveBinaryFilesAlone() {
        visit("a.bin", ("\0\1\2" + createToken("ghp_")).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldFindOnOneLineOfAMegabyte() {
        String half = "function(a){return b};".repeat(25_000);

        visit("app.js", half + "x=\"" + createToken("ghp_") + "\";" + half);

        assertThat(findings).singleElement().satisfies(f -> assertThat(f.location().region())
                .isEqualTo(new Region(1, half.length() + 4, 1, half.length() + 44)));
    }

    @Test
    void shouldListSoManyInAFileAndSayThatThereAreMore() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < FileScan.MOST_MATCHES + 20; i++) {
            text.append(RandomText.matching("glpat-[A-Za-z0-9]{20}", random)).append('\n');
        }

        visit("tokens.txt", text.toString());

        assertThat(findings).hasSize(FileScan.MOST_MATCHES);
        assertThat(notices).singleElement().satisfies(n -> assertThat(n.message()).contains("more than 100"));
    }

    @Test
    void shouldStopAnExpressionThatBacktracksAndSayWhere() throws IOException {
        // Given
        SecretRules rules = SecretRules.read(new StringReader(
                "[slow]\nkeywords = begin\npattern = begin.*a.*a.*a.*a.*b\n"
                        + "[good]\nkeywords = ghp_\npattern = ghp_\\w{36}\n"));
        String text = "first\nbegin" + "a".repeat(200) + "!\n" + createToken("ghp_");

        // When
        visit(new SecretAnalyzer(rules), "a.txt", text.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(notices).singleElement().satisfies(notice -> assertThat(notice.toString())
                .contains("a.txt")
                .contains("line 2")
                .contains("SCM-SECRET-SLOW"));
        assertThat(findings).extracting(f -> f.rule().id()).containsExactly("SCM-SECRET-GOOD");
    }

    @Test
    void shouldStopOnAFileThatIsNothingButBeginningsAndSayWhere() {
        visit("a.yml", "password_token=".repeat(60_000));

        assertThat(notices).singleElement().satisfies(notice -> assertThat(notice.message()).contains("too long"));
    }

    @Test
    void shouldReadTheSecretsOfAListOfManifestsAndNothingElse() {
        // Given
        String text = """
                apiVersion: v1
                kind: List
                items:
                - kind: ConfigMap
                  data:
                    colour: kR7pQ2xW9mLs
                - kind: Secret
                  data:
                    user: YXBw
                    first: a1I3cFEyeFc5bUxz
                    second: |
                      a1I3cFEy
                      eFc5bUx0
                  stringData:
                    third: "kR7pQ2xW9mLs"
                    fourth: ${FROM_ELSEWHERE}
                ---
                kind: Other
                data:
                  fifth: a1I3cFEyeFc5bUxz
                """;

        // When
        visit("list.yaml", text);

        // Then
        assertThat(findings)
                .extracting(f -> f.location().region())
                .containsExactly(new Region(10, 12, 10, 28), new Region(12, 7, 13, 15), new Region(15, 13, 15, 25));
    }

    @Test
    void shouldKeepTheSecretOutOfAllItSays() {
        // Given
        Random random = new Random(3);
        for (SecretRule rule : SecretRules.builtIn().all()) {
            for (String example : rule.examples()) {
                String template = example.replace("<<", "\0<<").replace(">>", ">>\0");
                String[] parts = RandomText.expand(template, random).split("\0");

                // When
                findings.clear();
                visit(rule.examplePath(), String.join("", parts));

                // Then
                for (int secret = 1; secret < parts.length; secret += 2) {
                    String canary = parts[secret].substring(parts[secret].length() / 2);
                    assertThat(findings.toString()).as(rule.id()).doesNotContain(canary);
                }
            }
        }
    }

    @Test
    void shouldNotWantOtherPeoplesCodeOrFilesWithoutText() {
        Analyzer.Session session = new SecretAnalyzer().open(createContext());

        assertThat(session.wants("web/node_modules/x/index.js")).isFalse();
        assertThat(session.wants("vendor/github.com/x/y.go")).isFalse();
        assertThat(session.wants("logo.PNG")).isFalse();
        assertThat(session.wants("vendors/list.yml")).isTrue();
        assertThat(session.wants(".env")).isTrue();
    }

    @Test
    void shouldWantBinaryFilesThatMayHoldKeys() {
        Analyzer.Session session = new SecretAnalyzer().open(createContext());

        assertThat(session.wantsBinary("deploy/client.p12")).isTrue();
        assertThat(session.wantsBinary("logo.bin")).isFalse();
    }

    private void visit(String path, String text) {
        visit(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void visit(String path, byte[] content) {
        visit(new SecretAnalyzer(), path, content);
    }

    private void visit(SecretAnalyzer analyzer, String path, byte[] content) {
        analyzer.open(createContext()).visit(new SourceFile(path, content), new FindingSink() {
            @Override
            public void finding(Finding finding) {
                findings.add(finding);
            }

            @Override
            public void notice(Notice notice) {
                notices.add(notice);
            }
        });
    }

    /** Made here, with its checksum, so that no token stands in the repository. */
    static String createToken(String prefix) {
        CRC32 crc = new CRC32();
        crc.update(BODY.getBytes(StandardCharsets.US_ASCII));
        return prefix + BODY + Check.base62(crc.getValue(), 6);
    }

    private static AnalysisContext createContext() {
        SourceTree tree = new SourceTree() {
            @Override
            public void walk(Consumer<Entry> files) {}

            @Override
            public Optional<byte[]> read(String path) {
                return Optional.empty();
            }
        };
        return new AnalysisContext(tree, ChangeSet.withoutBase(null), true, Progress.NONE);
    }
}
