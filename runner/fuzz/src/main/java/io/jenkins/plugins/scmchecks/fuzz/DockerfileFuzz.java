package io.jenkins.plugins.scmchecks.fuzz;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Readers;
import java.util.List;

/** Dockerfiles and the policies on them. */
public final class DockerfileFuzz {

    private static final PolicyAnalyzer ANALYZER = new PolicyAnalyzer(Readers.all(), List.of());

    private DockerfileFuzz() {}

    public static void fuzzerTestOneInput(byte[] content) {
        FuzzedFile.analyze(ANALYZER, "Dockerfile", content);
    }
}
