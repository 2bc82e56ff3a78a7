package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import java.util.List;

/**
 * Judges infrastructure as code: readers give resources, policies judge them. Each finding names its resource, file
 * and region. Resources are judged as they are read, in parallel; only what hangs on other resources waits for the end.
 */
public final class PolicyAnalyzer implements Analyzer {

    private final List<ResourceReader> readers;
    private final List<PolicyPack> teamPacks;

    /**
     * @param readers of the platforms, usually {@link Readers#all}
     * @param teamPacks packs besides the built-in ones, see {@link Packs#ofTeam}
     */
    public PolicyAnalyzer(List<ResourceReader> readers, List<PolicyPack> teamPacks) {
        this.readers = List.copyOf(readers);
        this.teamPacks = List.copyOf(teamPacks);
    }

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public Session open(AnalysisContext context) {
        return new PolicySession(context, readers, true, teamPacks);
    }
}
