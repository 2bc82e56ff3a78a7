package io.jenkins.plugins.scmchecks.fuzz;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Readers;
import java.util.List;

/** Bicep, Jenkinsfiles, Compose files, GitHub Actions and GitLab CI: the same bytes as each of them. */
public final class PipelineFuzz {

    private static final PolicyAnalyzer ANALYZER = new PolicyAnalyzer(Readers.all(), List.of());
    private static final List<String> NAMES = List.of(
            "main.bicep", "Jenkinsfile", "compose.yaml", ".github/workflows/build.yml", ".gitlab-ci.yml");

    private PipelineFuzz() {}

    public static void fuzzerTestOneInput(byte[] content) {
        NAMES.forEach(name -> FuzzedFile.analyze(ANALYZER, name, content));
    }
}
