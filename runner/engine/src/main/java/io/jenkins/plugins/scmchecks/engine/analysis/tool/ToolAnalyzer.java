package io.jenkins.plugins.scmchecks.engine.analysis.tool;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs tools that are installed on the agent and takes their reports: on the files that a change touches, or on the
 * tree. Tools get no secret of ours to see, and nothing that an untrusted change brings steers or extends them.
 */
public final class ToolAnalyzer implements Analyzer {

    /** How long a tool may take. */
    public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(10);

    private final List<ToolSpec> tools;
    private final boolean everything;
    private final Duration limit;
    private final Map<String, String> variables;
    private final Consumer<String> log;

    /**
     * @param tools to run, one after the other: most use all cores themselves
     * @param everything whether files that the change does not touch are looked at too
     * @param limit of time for each
     * @param variables the environment of this process, of which tools see what is no secret
     * @param log takes what the tools say, line by line; called from several threads
     */
    public ToolAnalyzer(
            List<ToolSpec> tools,
            boolean everything,
            Duration limit,
            Map<String, String> variables,
            Consumer<String> log) {
        this.tools = List.copyOf(tools);
        this.everything = everything;
        this.limit = limit;
        this.variables = Map.copyOf(variables);
        this.log = log;
    }

    @Override
    public String name() {
        return "tool";
    }

    @Override
    public Reach reach() {
        return Reach.DIRECTORY;
    }

    @Override
    public Session open(AnalysisContext context) {
        return Session.atTheEnd(sink -> {
            Path root = context.tree().directory().orElse(null);
            if (root != null) {
                runAll(context, root, sink);
            }
        });
    }

    private void runAll(AnalysisContext context, Path root, FindingSink sink) throws InterruptedException {
        List<String> files = new ArrayList<>();
        try {
            context.tree().walk(entry -> {
                if (everything || context.change().touches(entry.path())) {
                    files.add(entry.path());
                }
            });
        } catch (IOException e) {
            sink.notice(Notice.error(null, "no tool was run, as the files cannot be listed: " + e.getMessage()));
            return;
        }
        ToolEnvironment environment = new ToolEnvironment(variables, root, context.trusted());
        for (ToolSpec tool : tools) {
            new ToolRun(tool, context, root, environment, limit, log, sink).run(files);
        }
    }
}
