package io.jenkins.plugins.scmchecks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class MainTest {

    private static final String OPEN = """
            resource "aws_security_group_rule" "%s" {
              type        = "ingress"
              from_port   = 22
              to_port     = 22
              protocol    = "tcp"
              cidr_blocks = ["0.0.0.0/0"]
            }
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void createRepository() throws Exception {
        try (Git git = Git.init().setDirectory(directory.toFile()).setInitialBranch("main").call()) {
            write("old.tf", OPEN.formatted("old"));
            commit(git);
            git.checkout().setCreateBranch(true).setName("feature").call();
        }
    }

    @Test
    void shouldFailTheGateOnlyForWhatIsNew() throws Exception {
        // Given nothing new
        assertThat(run("check", directory.toString(), "--base", "main")).isZero();
        assertThat(out.toString()).contains("0 new").contains("Gate passed");

        // When the branch brings a finding
        write("new.tf", OPEN.formatted("fresh"));
        int code = run("check", directory.toString(), "--base", "main");

        // Then
        assertThat(code).isEqualTo(Main.GATE_FAILED);
        assertThat(out.toString())
                .contains("new.tf:")
                .contains("aws_security_group_rule.fresh")
                .contains("Gate failed")
                .doesNotContain("old.tf");
    }

    @Test
    void shouldNotHoldABrokenFileAgainstAChangeThatDoesNotTouchIt() throws Exception {
        try (Git git = Git.open(directory.toFile())) {
            git.checkout().setName("main").call();
            write("broken.tf", "resource {\n");
            commit(git);
            git.checkout().setCreateBranch(true).setName("other").call();
        }
        write("fine.tf", "locals {}\n");

        assertThat(run("check", directory.toString(), "--base", "main")).as(out.toString()).isZero();
        assertThat(run("check", directory.toString())).isEqualTo(Main.GATE_FAILED);
        assertThat(out.toString()).contains("broken.tf");
    }

    @Test
    void shouldReportEverythingWithoutABase() {
        int code = run("check", directory.toString());

        assertThat(code).isEqualTo(Main.GATE_FAILED);
        assertThat(out.toString()).contains("old.tf:").contains("aws_security_group_rule.old");
    }

    @Test
    void shouldLetTheGateBeTold() {
        assertThat(run("check", directory.toString(), "--fail-on", "never")).isZero();
    }

    @Test
    void shouldPrintJsonThatScriptsCanRead() throws Exception {
        run("check", directory.toString(), "--format", "json");

        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("passed").asBoolean()).isFalse();
        assertThat(report.path("findings")).isNotEmpty().allSatisfy(f -> {
            assertThat(f.path("path").asText()).isEqualTo("old.tf");
            assertThat(f.path("state").asText()).isEqualTo("new");
            assertThat(f.path("fingerprint").asText()).isNotBlank();
        });
    }

    @Test
    void shouldWriteSarifToAFileAndTheTableToThePerson() throws Exception {
        Path file = directory.resolve("out.sarif");

        run("check", directory.toString(), "--format", "sarif", "--output", file.toString());

        assertThat(new ObjectMapper().readTree(file.toFile()).path("version").asText()).isEqualTo("2.1.0");
        assertThat(out.toString()).contains("Gate failed");
    }

    @Test
    void shouldPrintMarkdown() {
        run("check", directory.toString(), "--format", "markdown");

        assertThat(out.toString()).contains("old.tf").contains("|");
    }

    @Test
    void shouldTakeInAReport() throws Exception {
        write("build/report.sarif", """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"lint"}},"results":[{"ruleId":"no-eval","level":"error",
                "message":{"text":"eval is evil"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"old.tf"},
                "region":{"startLine":2}}}]}]}]}
                """);

        int code = run("check", directory.toString(), "--base", "main", "--report", "build/*.sarif");

        // It stands on a line that the branch did not touch
        assertThat(code).isZero();
        assertThat(out.toString()).contains("There before").contains("eval is evil");
    }

    @Test
    void shouldFailWhenAReportIsMissingOrBroken() throws Exception {
        write("broken.sarif", "{\"version\":\"2.1.0\",\"runs\":[{");

        int code = run("check", directory.toString(), "--base", "main", "-r", "broken.sarif", "-r", "missing.sarif");

        assertThat(code).isEqualTo(Main.GATE_FAILED);
        assertThat(out.toString()).contains("broken.sarif").contains("no report matches 'missing.sarif'");
    }

    @Test
    void shouldExplainAFindingAndKeepASecretToItself() throws Exception {
        String key = "AKIA" + "Q3EGRZ7YH4KWLXPD";
        write("settings.py", "AWS_ACCESS_KEY_ID = \"" + key + "\"\n");

        int code = run("check", directory.toString(), "--base", "main", "--explain", "settings.py");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("settings.py:1")
                .contains("new, on a line that the change touches")
                .contains("AWS_ACCESS_KEY_ID")
                .contains("scm-checks:ignore")
                .doesNotContain(key);
        assertThat(run("check", directory.toString(), "--base", "main", "--explain", "nothing.py:3"))
                .isEqualTo(Main.FAILURE);
    }

    @Test
    void shouldFindASecretThatALaterCommitTookAway() throws Exception {
        try (Git git = Git.open(directory.toFile())) {
            write("leak.py", "AWS_ACCESS_KEY_ID = \"AKIA" + "Q3EGRZ7YH4KWLXPD\"\n");
            commit(git);
            git.rm().addFilepattern("leak.py").call();
            commit(git);
        }

        int code = run("check", directory.toString(), "--base", "main");

        assertThat(code).isEqualTo(Main.GATE_FAILED);
        assertThat(out.toString()).contains("leak.py").contains("history");
    }

    @Test
    void shouldTestTheRepositorysOwnPolicies() throws Exception {
        write(".scm-checks/policies/own.yaml", """
                pack: own
                title: Our own
                platform: dockerfile
                policies:
                  - id: OWN-1
                    title: Label is missing
                    severity: low
                    resources: [Dockerfile]
                    fails_when: "true"
                    remediation: Add one.
                    examples:
                      pass: ["FROM scratch"]
                      fail: ["FROM scratch"]
                """);

        assertThat(run("policies", "test", directory.toString())).isEqualTo(Main.GATE_FAILED);
        assertThat(out.toString()).contains("own.yaml").contains("OWN-1");
        assertThat(run("policies", "list", "--platform", "kubernetes")).isZero();
        assertThat(out.toString()).contains("SCM-K8S-001");
        assertThat(run("policies", "show", "CKV_K8S_16")).isZero();
        assertThat(out.toString()).contains("How to mend it");
    }

    @Test
    void shouldHaveTheDocumentationOfAllPoliciesUpToDate() throws Exception {
        assertThat(run("policies", "docs", directory.resolve("docs").toString())).isZero();

        Path kept = Path.of("../../docs/policies");
        try (var files = Files.list(directory.resolve("docs"))) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(file -> assertThat(kept.resolve(file.getFileName()))
                    .as("run: scm-checks policies docs docs/policies")
                    .hasSameTextualContentAs(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--base=nowhere", "--analyzers=guess", "--fail-on=terrible", "--scope=some", "--wrong"})
    void shouldEndWithTwoAndSayWhyWhenItCannotBeDone(String argument) {
        int code = run("check", directory.toString(), argument);

        assertThat(code).isEqualTo(Main.FAILURE);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void shouldNotPublishWithoutACredential() throws Exception {
        try (Git git = Git.open(directory.toFile())) {
            commit(git);
        }
        int code = run("check", directory.toString(), "--base", "main", "--publish", "--repository", "acme/shop");

        assertThat(code).isEqualTo(Main.FAILURE);
        assertThat(err.toString()).contains("SCM_CHECKS_TOKEN");
    }

    @Test
    void shouldShowHelpVersionAndCompletion() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("check").contains("policies").contains("the gate failed");
        assertThat(run("version")).isZero();
        assertThat(out.toString()).contains("scm-checks");
        assertThat(run("completion")).isZero();
        assertThat(out.toString()).contains("complete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "policies", "demo", "version", "completion"})
    void shouldKnowACommandAsWellAloneAsAmongAll(String command) {
        // Given the commands, all of them described
        StringWriter among = new StringWriter();
        Main.create().setOut(new PrintWriter(among, true)).execute(command, "--help");

        // When one is asked for
        int code = run(command, "--help");

        // Then it is the same, with what it takes from the command it belongs to
        assertThat(code).isZero();
        assertThat(out.toString()).isEqualTo(among.toString()).contains("scm-checks " + command, "--version");
    }

    @Test
    void shouldTellOfAllCommandsWhenOneIsNotKnown() {
        // When
        int code = run("chek");

        // Then
        assertThat(code).isEqualTo(Main.FAILURE);
        assertThat(err.toString()).contains("chek").contains("check");
    }

    private int run(String... arguments) {
        CommandLine line = Main.create(arguments)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return line.execute(arguments);
    }

    private void write(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void commit(Git git) throws Exception {
        git.add().addFilepattern(".").call();
        git.commit()
                .setMessage("change")
                .setAuthor("Ada", "ada@example.org")
                .setCommitter("Ada", "ada@example.org")
                .setSign(false)
                .call();
    }
}
