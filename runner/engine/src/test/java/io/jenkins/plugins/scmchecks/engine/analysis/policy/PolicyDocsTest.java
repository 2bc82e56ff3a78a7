package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyDocsTest {

    @Test
    void shouldWriteAPageForEachPlatform(@TempDir Path folder) throws Exception {
        // Given
        List<PolicyPack> packs = Stream.of("kubernetes", "dockerfile").flatMap(p -> Packs.builtIn(p).stream()).toList();

        // When
        List<Path> files = PolicyDocs.write(packs, folder.resolve("docs"));

        // Then
        assertThat(files).extracting(file -> file.getFileName().toString())
                .containsExactly("README.md", "dockerfile.md", "kubernetes.md");
        assertThat(Files.readString(folder.resolve("docs/kubernetes.md")))
                .contains("[SCM-K8S-001](#scm-k8s-001) | high | Container runs privileged")
                .contains("privileged: true\n```")
                .contains("**Known elsewhere as:** KSV017");
        assertThat(Files.readString(folder.resolve("docs/README.md")))
                .containsPattern("\\[dockerfile]\\(dockerfile.md\\) \\| [0-9]+ \\|");
    }
}
