package io.jenkins.plugins.scmchecks.step;

import hudson.AbortException;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.scmchecks.engine.Analyzers;
import io.jenkins.plugins.scmchecks.engine.Configuration;
import io.jenkins.plugins.scmchecks.engine.ConfigurationReader;
import io.jenkins.plugins.scmchecks.engine.WorkspaceCheck;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.tool.ToolSpecReader;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.Directory;
import io.jenkins.plugins.scmchecks.engine.change.GitWorkspace;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Selection;
import io.jenkins.plugins.scmchecks.page.ReportCodec;
import java.io.File;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/**
 * The analysis, on the agent. It is given no credential, and what it returns is a report of bounded size in
 * {@link ReportCodec}'s form.
 */
final class AgentAnalysis extends MasterToSlaveFileCallable<byte[]> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Order order;
    private final TaskListener listener;

    /**
     * What to do.
     *
     * @param name of the check
     * @param analyzers by name; null for what the repository's file says, or the default
     * @param reports patterns of report files
     * @param tools that are installed on the agent, to run
     * @param gate as far as the step says
     * @param bases what to compare with, the first that is there; empty for nothing
     * @param baseNeeded whether an analysis without one of them is no use
     * @param trusted false for a fork's commits
     * @param detailsUrl the build's page, or null
     * @param agentRoot above which no repository is looked for
     */
    record Order(
            String name,
            List<String> analyzers,
            List<String> reports,
            List<String> tools,
            StepGate gate,
            List<String> bases,
            boolean baseNeeded,
            boolean trusted,
            String detailsUrl,
            String agentRoot)
            implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    AgentAnalysis(Order order, TaskListener listener) {
        this.order = order;
        this.listener = listener;
    }

    @Override
    public byte[] invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        Optional<GitWorkspace> opened = WorkspaceFacts.open(workspace, order.agentRoot);
        if (opened.isEmpty()) {
            listener.getLogger().println("[scmCheck] The workspace is not a git clone: every finding counts as new.");
            return analyse(workspace, new Directory(workspace.toPath()), null, ChangeSet.withoutBase(null), null);
        }
        try (GitWorkspace git = opened.get()) {
            ChangeSet change = change(git);
            SourceTree base = change.hasBase() ? git.tree(change.baseSha()) : null;
            return analyse(workspace, git.workingTree(), base, change, git);
        }
    }

    private ChangeSet change(GitWorkspace git) throws IOException {
        IOException failure = null;
        for (String base : order.bases) {
            try {
                return git.changes(base);
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null && order.baseNeeded) {
            throw failure;
        }
        listener.getLogger()
                .println("[scmCheck] There is nothing to compare with, so every finding counts as new"
                        + (failure == null ? "." : ": " + failure.getMessage()));
        return ChangeSet.withoutBase(git.head().orElse(null));
    }

    private byte[] analyse(File workspace, SourceTree head, SourceTree base, ChangeSet change, GitWorkspace git)
            throws IOException, InterruptedException {
        if (!order.trusted && base == null) {
            throw new AbortException("this comes from a fork, and there is no base to judge it by; fetch the target branch"
                    + " into the clone, or name a base with the step's option base");
        }
        // A fork's own file is not read: it could loosen the gate that the fork has to pass.
        Gate file = new ConfigurationReader().read(order.trusted ? head : base).gateOrDefault();
        Configuration configuration = new Configuration(
                order.name,
                order.analyzers,
                order.reports,
                new ToolSpecReader().read(order.tools),
                order.gate.over(file),
                Selection.EVERYTHING);
        return ReportCodec.write(new WorkspaceCheck(new Analyzers(listener.getLogger()::println))
                .run(
                        new WorkspaceCheck.Options(
                                workspace.toPath(),
                                null,
                                configuration,
                                order.trusted,
                                order.detailsUrl,
                                new LogProgress(listener.getLogger()),
                                cache()),
                        head,
                        base,
                        change,
                        git));
    }

    /** Of the agent, in none of its workspaces: what a build lays down in its own must not be believed by another. */
    private Path cache() {
        return order.agentRoot == null ? null : Path.of(order.agentRoot, "caches", "scm-checks");
    }
}
