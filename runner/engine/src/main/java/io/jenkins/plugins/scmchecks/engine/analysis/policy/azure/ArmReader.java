package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;

/**
 * Reads Azure's templates: ARM, JSON recognised by its {@code $schema}, and Bicep. Both give the same resources: the
 * type as Azure names it ({@code Microsoft.Storage/storageAccounts}), the address {@code type/name}.
 */
public final class ArmReader implements ResourceReader {

    static final String PLATFORM = "arm";

    @Override
    public String platform() {
        return PLATFORM;
    }

    @Override
    public Session open(AnalysisContext context) {
        return new ArmSession(context.tree());
    }
}
