package io.jenkins.plugins.scmchecks.engine;

import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyPack;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Readers;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.secret.SecretAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.tool.ToolAnalyzer;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** Makes analyzers out of their names. */
public final class Analyzers {

    private static final Logger LOGGER = Logger.getLogger(Analyzers.class.getName());

    /** The names of the analyzers that need nothing installed; they are the default. */
    public static final List<String> BUILT_IN = List.of("policy", "secret");

    private final Consumer<String> log;

    public Analyzers() {
        this(LOGGER::fine);
    }

    /** @param log takes what external tools say, line by line; called from several threads */
    public Analyzers(Consumer<String> log) {
        this.log = log;
    }

    /**
     * @param configuration whose analyzers and reports are wanted
     * @param teamPacks the repository's own policies
     * @throws IllegalArgumentException naming an analyzer that is not known, and those that are
     */
    public List<Analyzer> create(Configuration configuration, List<PolicyPack> teamPacks) {
        List<Analyzer> analyzers = new ArrayList<>();
        List<String> names = configuration.analyzers() == null ? BUILT_IN : configuration.analyzers();
        for (String name : names) {
            // These two are asked for by what they are given; naming them alone leaves the others out.
            if (!name.equals("report") && !name.equals("tool")) {
                analyzers.add(create(name, teamPacks));
            }
        }
        if (!configuration.reports().isEmpty()) {
            analyzers.add(new ReportAnalyzer(configuration.reports()));
        }
        if (!configuration.tools().isEmpty()) {
            boolean everything = configuration.gateOrDefault().scope() == Gate.Scope.ALL;
            analyzers.add(new ToolAnalyzer(
                    configuration.tools(), everything, ToolAnalyzer.DEFAULT_LIMIT, System.getenv(), log));
        }
        return analyzers;
    }

    private static Analyzer create(String name, List<PolicyPack> teamPacks) {
        return switch (name) {
            case "policy" -> new PolicyAnalyzer(Readers.all(), teamPacks);
            case "secret" -> new SecretAnalyzer();
            default -> throw new IllegalArgumentException(
                    "unknown analyzer '" + name + "'; use one of " + String.join(", ", BUILT_IN) + ", report, tool");
        };
    }
}
