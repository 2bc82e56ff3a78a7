package io.jenkins.plugins.scmchecks.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.analysis.tool.ToolSpec;
import io.jenkins.plugins.scmchecks.engine.change.Directory;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {

    @TempDir
    Path directory;

    @Test
    void shouldReadEverySetting() throws IOException {
        Configuration configuration = read("""
                name: Security
                analyzers: [policy, secret]
                reports: target/*.sarif
                tools:
                  - ruff
                  - name: own
                    command: [own-lint, "{files}"]
                    format: lines
                fail-on: medium
                scope: all
                fail-on-errors: false
                exclude: ["test/fixtures/**", "*.min.js"]
                rules:
                  R1: off
                  R2: low
                """);

        assertThat(configuration.nameOrDefault()).isEqualTo("Security");
        assertThat(configuration.analyzers()).containsExactly("policy", "secret");
        assertThat(configuration.tools()).extracting(ToolSpec::name).containsExactly("ruff", "own");
        assertThat(configuration.reports()).containsExactly("target/*.sarif");
        assertThat(configuration.gateOrDefault()).isEqualTo(new Gate(Severity.MEDIUM, Gate.Scope.ALL, false));
        assertThat(configuration.selection().includes("test/fixtures/a/b.tf")).isFalse();
        assertThat(configuration.selection().includes("web/app.min.js")).isFalse();
        assertThat(configuration.selection().includes("web/app.js")).isTrue();
        assertThat(configuration.selection().apply(finding("R1"))).isEmpty();
        assertThat(configuration.selection().apply(finding("R2")))
                .hasValueSatisfying(f -> assertThat(f.severity()).isEqualTo(Severity.LOW));
        assertThat(configuration.selection().apply(finding("R3"))).contains(finding("R3"));
    }

    @Test
    void shouldBeEmptyWithoutAFile() throws IOException {
        assertThat(new ConfigurationReader().read(new Directory(directory))).isEqualTo(Configuration.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "fail-onn: high|'fail-onn' is not known",
        "fail-on: terrible|unknown severity 'terrible'",
        "tools: [rufff]|there is no tool 'rufff'",
        "scope: some|'scope' is new or all",
        "exclude: ['[']|is not a glob",
        "a: [|not readable as YAML",
        "[]|'the file' must be",
    })
    void shouldSayWhatIsWrong(String content, String message) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(ConfigurationReader.InvalidConfigurationException.class)
                .hasMessageStartingWith(".scm-checks.yml: ")
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseAYamlBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i));
            bomb.append("*a%d,".formatted(i - 1).repeat(8)).append("x]\n");
        }

        assertThatThrownBy(() -> read(bomb.toString()))
                .isInstanceOf(ConfigurationReader.InvalidConfigurationException.class)
                .hasMessageContaining("aliases");
    }

    private Configuration read(String content) throws IOException {
        Files.writeString(directory.resolve(Configuration.FILE), content);
        return new ConfigurationReader().read(new Directory(directory));
    }

    private static Finding finding(String rule) {
        return Finding.of("t", Rule.of(rule, Severity.HIGH), "m", new Location("a", null));
    }
}
