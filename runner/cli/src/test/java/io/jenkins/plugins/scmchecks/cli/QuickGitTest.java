package io.jenkins.plugins.scmchecks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickGitTest {

    @TempDir
    Path directory;

    private File distribution;

    @BeforeEach
    void createDistribution() throws IOException {
        distribution = createGit("usr/bin");
    }

    @Test
    void shouldKnowWhereADistributionsGitIsConfigured() throws IOException {
        // Given folders before it in which there is no git
        Files.createDirectories(directory.resolve("bin"));

        // When, Then
        assertThat(isDistributions("Linux", Map.of("PATH", path("missing", "bin", "usr/bin")))).isTrue();
    }

    @Test
    void shouldLeaveAnotherGitToItself() throws IOException {
        // Given one that somebody built, which has its configuration elsewhere
        createGit("usr/local/bin");

        // When, Then
        assertThat(isDistributions("Linux", Map.of("PATH", path("usr/local/bin", "usr/bin")))).isFalse();
        assertThat(isDistributions("Linux", Map.of("PATH", path("usr/bin", "usr/local/bin")))).isTrue();
        assertThat(isDistributions("Linux", Map.of("PATH", path("bin")))).isFalse();
        assertThat(isDistributions("Linux", Map.of())).isFalse();
    }

    @Test
    void shouldLeaveOtherSystemsAndANamedConfigurationToGit() {
        String path = path("usr/bin");
        assertThat(isDistributions("Mac OS X", Map.of("PATH", path))).isFalse();
        assertThat(isDistributions("Windows 11", Map.of("PATH", path))).isFalse();
        assertThat(isDistributions("Linux", Map.of("PATH", path, "GIT_CONFIG_SYSTEM", "/opt/gitconfig")))
                .isFalse();
    }

    private boolean isDistributions(String system, Map<String, String> environment) {
        return QuickGit.isDistributionsGit(system, environment, distribution);
    }

    private String path(String... folders) {
        StringBuilder path = new StringBuilder();
        for (String folder : folders) {
            path.append(path.isEmpty() ? "" : File.pathSeparator).append(directory.resolve(folder));
        }
        return path.toString();
    }

    private File createGit(String folder) throws IOException {
        Path git = Files.createDirectories(directory.resolve(folder)).resolve("git");
        Files.writeString(git, "#!/bin/sh\n");
        assertThat(git.toFile().setExecutable(true)).isTrue();
        return git.toFile();
    }
}
