package io.jenkins.plugins.scmchecks.fuzz;

import io.jenkins.plugins.scmchecks.engine.analysis.secret.SecretAnalyzer;

/** Secrets in any file. */
public final class SecretFuzz {

    private static final SecretAnalyzer ANALYZER = new SecretAnalyzer();

    private SecretFuzz() {}

    public static void fuzzerTestOneInput(byte[] content) {
        FuzzedFile.analyze(ANALYZER, "settings.properties", content);
    }
}
