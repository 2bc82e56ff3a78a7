package io.jenkins.plugins.scmchecks.fuzz;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Readers;
import java.util.List;

/** YAML: Kubernetes, CloudFormation, and whatever else is written in it. */
public final class YamlFuzz {

    private static final PolicyAnalyzer ANALYZER = new PolicyAnalyzer(Readers.all(), List.of());

    private YamlFuzz() {}

    public static void fuzzerTestOneInput(byte[] content) {
        FuzzedFile.analyze(ANALYZER, "manifest.yaml", content);
    }
}
