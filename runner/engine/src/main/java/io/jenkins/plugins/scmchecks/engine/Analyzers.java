package io.jenkins.plugins.scmchecks.engine;

import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyPack;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Readers;
import io.jenkins.plugins.scmchecks.engine.analysis.secret.SecretAnalyzer;
import java.util.ArrayList;
import java.util.List;

/** Makes analyzers out of their names. */
public final class Analyzers {

    /** The names of the analyzers that need nothing installed; they are the default. */
    public static final List<String> BUILT_IN = List.of("policy", "secret");

    /**
     * @param configuration whose analyzers and reports are wanted
     * @param teamPacks the repository's own policies
     * @throws IllegalArgumentException naming an analyzer that is not known, and those that are
     */
    public List<Analyzer> create(Configuration configuration, List<PolicyPack> teamPacks) {
        List<Analyzer> analyzers = new ArrayList<>();
        List<String> names = configuration.analyzers() == null ? BUILT_IN : configuration.analyzers();
        for (String name : names) {
            analyzers.add(create(name, teamPacks));
        }
        if (!configuration.reports().isEmpty()) {
            analyzers.add(new ReportAnalyzer(configuration.reports()));
        }
        return analyzers;
    }

    private static Analyzer create(String name, List<PolicyPack> teamPacks) {
        return switch (name) {
            case "policy" -> new PolicyAnalyzer(Readers.all(), teamPacks);
            case "secret" -> new SecretAnalyzer();
            default -> throw new IllegalArgumentException(
                    "unknown analyzer '" + name + "'; use one of " + String.join(", ", BUILT_IN));
        };
    }
}
