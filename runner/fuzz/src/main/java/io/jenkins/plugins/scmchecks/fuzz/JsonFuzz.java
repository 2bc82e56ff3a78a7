package io.jenkins.plugins.scmchecks.fuzz;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Readers;
import java.util.List;

/** JSON: Terraform plans, Kubernetes, templates. */
public final class JsonFuzz {

    private static final PolicyAnalyzer ANALYZER = new PolicyAnalyzer(Readers.all(), List.of());

    private JsonFuzz() {}

    public static void fuzzerTestOneInput(byte[] content) {
        FuzzedFile.analyze(ANALYZER, "template.json", content);
    }
}
