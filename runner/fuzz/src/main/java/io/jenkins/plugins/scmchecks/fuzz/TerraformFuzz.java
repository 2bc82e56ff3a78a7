package io.jenkins.plugins.scmchecks.fuzz;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Readers;
import java.util.List;

/** Terraform's native syntax, its evaluation and the policies on it. */
public final class TerraformFuzz {

    private static final PolicyAnalyzer ANALYZER = new PolicyAnalyzer(Readers.all(), List.of());

    private TerraformFuzz() {}

    public static void fuzzerTestOneInput(byte[] content) {
        FuzzedFile.analyze(ANALYZER, "main.tf", content);
    }
}
