package io.jenkins.plugins.scmchecks.engine;

import io.jenkins.plugins.scmchecks.engine.analysis.tool.ToolSpec;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Selection;
import java.util.List;
import java.util.Objects;

/**
 * What to run and how to judge it, as a team, a build step or a command line says.
 *
 * @param name of the check; null for the default
 * @param analyzers by name, in any order; null for the default
 * @param reports globs of other tools' reports
 * @param tools that are installed on the agent, to run
 * @param gate null for the default
 * @param selection of files and rules
 */
public record Configuration(
        String name,
        List<String> analyzers,
        List<String> reports,
        List<ToolSpec> tools,
        Gate gate,
        Selection selection) {

    /** The file in a repository's root in which a team says what it wants. */
    public static final String FILE = ".scm-checks.yml";

    /** The name of a check that has been given none. */
    public static final String DEFAULT_NAME = "SCM Checks";

    /** Says nothing. */
    public static final Configuration EMPTY = new Configuration(null, null, List.of(), List.of(), null, Selection.EVERYTHING);

    public Configuration {
        analyzers = analyzers == null ? null : List.copyOf(analyzers);
        reports = List.copyOf(reports);
        tools = List.copyOf(tools);
        Objects.requireNonNull(selection, "selection");
    }

    /** A configuration without tools. */
    public Configuration(
            String name, List<String> analyzers, List<String> reports, Gate gate, Selection selection) {
        this(name, analyzers, reports, List.of(), gate, selection);
    }

    /**
     * {@return this, with what it does not say taken from {@code other}}
     */
    public Configuration orElse(Configuration other) {
        return new Configuration(
                name == null ? other.name : name,
                analyzers == null ? other.analyzers : analyzers,
                reports.isEmpty() ? other.reports : reports,
                tools.isEmpty() ? other.tools : tools,
                gate == null ? other.gate : gate,
                selection == Selection.EVERYTHING ? other.selection : selection);
    }

    /** {@return whether the analyzer is wanted, by name or by default} */
    public boolean runs(String analyzer) {
        return (analyzers == null ? Analyzers.BUILT_IN : analyzers).contains(analyzer);
    }

    public String nameOrDefault() {
        return name == null || name.isBlank() ? DEFAULT_NAME : name;
    }

    public Gate gateOrDefault() {
        return gate == null ? Gate.DEFAULT : gate;
    }
}
