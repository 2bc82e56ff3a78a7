package io.jenkins.plugins.scmchecks.engine.analysis.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.analysis.Analysis;
import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.Scan;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportFormats;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.Directory;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With tools that are small scripts, as only those can be told what to do. */
@DisabledOnOs(OS.WINDOWS)
class ToolAnalyzerTest {

    @TempDir
    Path root;

    @TempDir
    Path bin;

    private final Map<String, String> variables = new HashMap<>();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void prepare() throws IOException {
        variables.put("PATH", bin + ":" + System.getenv("PATH"));
        Files.writeString(root.resolve("a.py"), "x");
        Files.writeString(root.resolve("b.py"), "x");
        Files.writeString(root.resolve("c.txt"), "x");
    }

    @Test
    void shouldGiveTheToolTheChangedFilesItUnderstandsAndReadItsOutput() throws Exception {
        // Given
        install("lint", "for f in \"$@\"; do echo \"$f:1:2: error: bad [R1]\"; done; echo working >&2; exit 1");
        ToolSpec spec = createSpec("lint", "*.py");

        // When
        Analysis analysis = analyse(spec, true, List.of("a.py", "c.txt"));

        // Then
        assertThat(analysis.notices()).isEmpty();
        assertThat(analysis.findings()).singleElement().satisfies(f -> {
            assertThat(f.tool()).isEqualTo("lint");
            assertThat(f.location().toString()).isEqualTo("a.py:1:2");
            assertThat(f.rule().id()).isEqualTo("R1");
        });
        assertThat(log).containsExactly("[lint] working");
    }

    @Test
    void shouldNotRunWhenNothingThatConcernsItChanged() throws Exception {
        ToolSpec spec = createSpec("not-installed", "*.py");

        assertThat(analyse(spec, true, List.of("c.txt")).notices()).isEmpty();
    }

    @Test
    void shouldSayThatAProgramIsMissing() throws Exception {
        Analysis analysis = analyse(new ToolSpecReader().preset("semgrep"), true, List.of("a.py"), "/nowhere");

        assertThat(analysis.notices())
                .containsExactly(Notice.error(
                        null,
                        "the tool semgrep was not run: 'semgrep' is not on the PATH of this agent; install it (pipx install"
                                + " semgrep) or leave it out"));
    }

    @Test
    void shouldNeverTakeAFileNameForAnOptionOrAShellCommand() throws Exception {
        // Given
        install("lint", "for a in \"$@\"; do printf '<%s>' \"$a\" >> " + bin + "/seen; done");
        for (String name : List.of("--exec=x.py", "$(touch pwned).py", "; touch pwned;.py", "@args.py")) {
            Files.writeString(root.resolve(name), "x");
        }

        // When
        Analysis analysis = analyseEverything(createSpec("lint", "*.py"));

        // Then
        assertThat(analysis.notices()).isEmpty();
        assertThat(Files.readString(bin.resolve("seen")))
                .contains("<./--exec=x.py>", "<./$(touch pwned).py>", "<./; touch pwned;.py>", "<./@args.py>", "<a.py>");
        assertThat(root.resolve("pwned")).doesNotExist();
    }

    @Test
    void shouldGiveManyFilesInSeveralRuns() throws Exception {
        install("lint", "echo run >> " + bin + "/runs; for f in \"$@\"; do echo \"$f:1: bad\"; done");
        for (int i = 0; i < 1000; i++) {
            Files.writeString(root.resolve("a-file-with-" + "x".repeat(180) + "-in-its-name-" + i + ".py"), "");
        }

        Analysis analysis = analyseEverything(createSpec("lint", "*.py"));

        assertThat(analysis.findings()).hasSize(1002);
        assertThat(Files.readAllLines(bin.resolve("runs"))).hasSizeGreaterThan(1);
    }

    @Test
    void shouldTellAFailureFromFindingsAndKeepWhatWasReported() throws Exception {
        install("lint", "echo 'a.py:1: bad'; echo 'cannot open rules' >&2; exit 2");

        Analysis analysis = analyseEverything(createSpec("lint", "*.py"));

        assertThat(analysis.findings()).hasSize(1);
        assertThat(analysis.notices())
                .containsExactly(
                        Notice.error(null, "the tool lint failed: it ended with exit code 2: cannot open rules"));
    }

    @Test
    void shouldSayThatAReportIsMissing() throws Exception {
        install("lint", "exit 0");
        ToolSpec spec = ToolSpec.of("lint", List.of("lint", "--out", "{report}"), "sarif");

        assertThat(analyse(spec, true, List.of("a.py")).notices())
                .containsExactly(Notice.error(null, "the tool lint failed: it wrote no report"));
    }

    @Test
    void shouldEndAToolThatTakesTooLongWithAllItStarted() throws Exception {
        install("lint", "sleep 600 & echo $! > " + bin + "/child; wait");
        ToolSpec spec = createSpec("lint", "*.py");

        Analysis analysis = analyse(analyzer(spec, true, Duration.ofMillis(500)), true, List.of("a.py"));

        assertThat(analysis.notices()).singleElement().asString().contains("took longer than");
        long child = Long.parseLong(Files.readString(bin.resolve("child")).strip());
        assertThat(isRunning(child)).isFalse();
    }

    @Test
    void shouldEndTheToolWhenTheAnalysisIsStopped() throws Exception {
        install("lint", "echo $$ > " + bin + "/pid.new; mv " + bin + "/pid.new " + bin + "/pid; sleep 600");
        ToolSpec spec = createSpec("lint", "*.py");
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        Thread thread = new Thread(() -> {
            try {
                analyse(spec, true, List.of("a.py"));
            } catch (Exception e) {
                thrown.add(e);
            }
        });

        thread.start();
        while (Files.notExists(bin.resolve("pid")) && thread.isAlive()) {
            Thread.sleep(5);
        }
        thread.interrupt();
        thread.join();

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(isRunning(Long.parseLong(Files.readString(bin.resolve("pid")).strip()))).isFalse();
    }

    @Test
    void shouldShowNoSecretToATool() throws Exception {
        // Given
        install("lint", "env > " + bin + "/env");
        variables.putAll(Map.of(
                "SCM_CHECKS_URL", "canary", "GITHUB_TOKEN", "canary", "DB_PASSWORD", "canary", "AWS_SECRET_ACCESS_KEY", "canary",
                "apiKey", "canary", "GOFLAGS", "harmless", "LC_ALL", "C"));

        // When
        analyseEverything(createSpec("lint", "*.py"));
        String trusted = Files.readString(bin.resolve("env"));
        analyse(createIsolated("lint"), false, List.of("a.py"));
        String untrusted = Files.readString(bin.resolve("env"));

        // Then
        assertThat(trusted).doesNotContain("canary").contains("GOFLAGS=harmless", "LC_ALL=C");
        assertThat(untrusted).doesNotContain("canary", "GOFLAGS").contains("LC_ALL=C");
    }

    @Test
    void shouldRunNothingThatAnUntrustedChangeCouldHaveWritten() throws Exception {
        // Given
        Path local = Files.createDirectories(root.resolve("node_modules/.bin"));
        write(local.resolve("lint"), "touch " + bin + "/pwned");
        String path = local + ":." + ":" + variables.get("PATH");
        variables.put("PATH", path);

        // When
        Analysis missing = analyse(createIsolated("lint"), false, List.of("a.py"));
        Analysis own = analyse(ToolSpec.of("own", List.of("./run.sh"), "lines"), false, List.of("a.py"));
        Analysis eslint = analyse(new ToolSpecReader().preset("eslint"), false, List.of("a.js"), "/nowhere", "a.js");

        // Then
        assertThat(bin.resolve("pwned")).doesNotExist();
        assertThat(missing.notices()).extracting(Notice::message).anyMatch(m -> m.contains("is not on the PATH"));
        assertThat(own.notices()).extracting(Notice::message).anyMatch(m -> m.contains("not trusted: it is a command"));
        assertThat(eslint.notices()).extracting(Notice::message).anyMatch(m -> m.contains("JavaScript of the repository"));
        // A trusted change may bring its own.
        variables.put("PATH", path);
        assertThat(analyse(createIsolated("lint"), true, List.of("a.py")).notices()).isEmpty();
        assertThat(bin.resolve("pwned")).exists();
    }

    @Test
    void shouldNotBeSteeredByAnUntrustedChange() throws Exception {
        // Given
        install("lint", "echo \"$@\" > " + bin + "/arguments");
        ToolSpec isolated = createIsolated("lint");
        ToolSpec without = new ToolSpec(
                "lint", List.of("lint", "{files}"), "lines", null, List.of("*.py"), Set.of(0), Set.of(),
                List.of("lint.toml"), null, null, null, null);

        // Then
        analyse(isolated, false, List.of("a.py"));
        assertThat(Files.readString(bin.resolve("arguments")).strip()).isEqualTo("a.py");
        Analysis steered = analyse(isolated, false, List.of("a.py", "deep/lint.toml"));
        assertThat(Files.readString(bin.resolve("arguments")).strip()).isEqualTo("--no-config a.py");
        assertThat(steered.notices()).singleElement().asString().contains("brings its own deep/lint.toml");
        Files.delete(bin.resolve("arguments"));
        Analysis refused = analyse(without, false, List.of("a.py", "lint.toml"));
        assertThat(bin.resolve("arguments")).doesNotExist();
        assertThat(refused.notices()).singleElement().asString().contains("was not run", "lint.toml");
        analyse(without, true, List.of("a.py", "lint.toml"));
        assertThat(bin.resolve("arguments")).exists();
    }

    @Test
    void shouldKnowPresetsWhoseFormatsCanBeRead() {
        ToolSpecReader reader = new ToolSpecReader();

        assertThat(reader.names()).hasSizeGreaterThan(25).contains("semgrep", "trivy", "eslint", "ruff", "hadolint");
        assertThat(reader.names()).allSatisfy(name -> {
            ToolSpec spec = reader.preset(name);
            assertThat(new ReportFormats().isKnown(spec.format())).as(name).isTrue();
            assertThat(spec.install()).as(name).isNotBlank();
            assertThat(String.join(" ", spec.command()).replaceAll("\\{(files|report|dir|root|isolated|path|line|column"
                            + "|category|msg|symbol|relpath|severity|test_id)}", ""))
                    .as(name)
                    .doesNotContain("{", "}");
        });
    }

    @Test
    void shouldReadToolsOfATeamsOwn() {
        ToolSpec spec = new ToolSpecReader()
                .read(List.of("ruff", Map.of("name", "own", "command", List.of("own", "{files}"), "format", "lines", "exits", "0-3")))
                .get(1);

        assertThat(spec.exits()).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(spec.executes()).isNotNull();
        assertThatThrownBy(() -> new ToolSpecReader().read("rufff")).hasMessageContaining("there is no tool 'rufff'");
        assertThatThrownBy(() -> new ToolSpecReader().read(Map.of("name", "x", "command", "rm -rf /", "format", "lines")))
                .hasMessageContaining("a command (a list");
        assertThatThrownBy(() -> new ToolSpecReader().read(Map.of("name", "x", "executes", "no")))
                .hasMessageContaining("'executes' is not known");
    }

    private static ToolSpec createSpec(String name, String files) {
        return new ToolSpec(
                name, List.of(name, "{files}"), "lines", null, List.of(files), Set.of(0, 1), Set.of(), List.of(), null, null, null, "");
    }

    private static ToolSpec createIsolated(String name) {
        return new ToolSpec(
                name, List.of(name, "{isolated}", "{files}"), "lines", null, List.of("*.py"), Set.of(0), Set.of(),
                List.of("lint.toml"), null, List.of("--no-config"), null, "");
    }

    private void install(String name, String script) throws IOException {
        write(bin.resolve(name), script);
    }

    private static void write(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Analysis analyseEverything(ToolSpec spec) throws Exception {
        return analyse(analyzer(spec, true, Duration.ofMinutes(1)), true, List.of());
    }

    private Analysis analyse(ToolSpec spec, boolean trusted, List<String> changed) throws Exception {
        return analyse(analyzer(spec, false, Duration.ofMinutes(1)), trusted, changed);
    }

    private Analysis analyse(ToolSpec spec, boolean trusted, List<String> changed, String path, String... files)
            throws Exception {
        variables.put("PATH", path);
        for (String file : files) {
            Files.writeString(root.resolve(file), "");
        }
        return analyse(spec, trusted, changed);
    }

    private ToolAnalyzer analyzer(ToolSpec spec, boolean everything, Duration limit) {
        return new ToolAnalyzer(List.of(spec), everything, limit, variables, log::add);
    }

    private Analysis analyse(ToolAnalyzer analyzer, boolean trusted, List<String> changed) throws Exception {
        List<FileChange> changes = changed.stream()
                .map(p -> new FileChange(p, p, FileChange.Kind.MODIFIED, List.of()))
                .toList();
        AnalysisContext context = new AnalysisContext(
                new Directory(root), ChangeSet.of("base", "head", changes), trusted, Progress.NONE);
        return new Scan(List.of(analyzer)).run(context, p -> true);
    }

    /** A child whose parent is gone may stay as a zombie where nobody collects it. */
    private static boolean isRunning(long pid) throws IOException, InterruptedException {
        Path status = Path.of("/proc", Long.toString(pid), "stat");
        for (int i = 0; i < 400 && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false); i++) {
            if (Files.exists(status) && Arrays.asList(Files.readString(status).split(" ")).contains("Z")) {
                return false;
            }
            Thread.sleep(5);
        }
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
