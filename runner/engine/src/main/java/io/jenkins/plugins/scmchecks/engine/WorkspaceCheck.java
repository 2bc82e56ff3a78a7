package io.jenkins.plugins.scmchecks.engine;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Packs;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyPack;
import io.jenkins.plugins.scmchecks.engine.analysis.secret.SecretHistory;
import io.jenkins.plugins.scmchecks.engine.analysis.store.ProgramIdentity;
import io.jenkins.plugins.scmchecks.engine.analysis.store.ResultDirectory;
import io.jenkins.plugins.scmchecks.engine.analysis.store.ResultStore;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.Directory;
import io.jenkins.plugins.scmchecks.engine.change.GitWorkspace;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;

/** Checks a directory on disk: finds its repository, its base and its configuration, then runs the {@link Check}. */
public final class WorkspaceCheck {

    /**
     * What to check.
     *
     * @param directory in a git working tree or, without a base, any directory
     * @param base a branch, tag or commit to compare with; null to report everything there is
     * @param configuration that goes before what the repository itself says
     * @param trusted false for a fork's pull request: then the base's configuration counts, not the fork's
     * @param detailsUrl the build's page, or null
     * @param progress to tell of long work
     * @param cache a directory for what was found out, so that the next run need not; outside of what is analysed, as
     *     its files could say there that nothing is wrong with them; null for none
     */
    public record Options(
            Path directory,
            String base,
            Configuration configuration,
            boolean trusted,
            String detailsUrl,
            Progress progress,
            Path cache) {

        /** Without a cache. */
        public Options(
                Path directory,
                String base,
                Configuration configuration,
                boolean trusted,
                String detailsUrl,
                Progress progress) {
            this(directory, base, configuration, trusted, detailsUrl, progress, null);
        }

        public Options {
            Objects.requireNonNull(directory, "directory");
            Objects.requireNonNull(configuration, "configuration");
            Objects.requireNonNull(progress, "progress");
        }
    }

    private final Analyzers analyzers;

    public WorkspaceCheck() {
        this(new Analyzers());
    }

    public WorkspaceCheck(Analyzers analyzers) {
        this.analyzers = analyzers;
    }

    /**
     * @throws IOException when the directory, its history or its configuration cannot be read; the message says how to
     *     mend it
     * @throws IllegalArgumentException when the configuration asks for something that is not there
     * @throws InterruptedException when it is stopped
     */
    public CheckReport run(Options options) throws IOException, InterruptedException {
        if (options.base() == null) {
            return withoutBase(options);
        }
        try (GitWorkspace workspace = GitWorkspace.open(options.directory())) {
            ChangeSet change = workspace.changes(options.base());
            return run(options, workspace.workingTree(), workspace.tree(change.baseSha()), change, workspace);
        }
    }

    private CheckReport withoutBase(Options options) throws IOException, InterruptedException {
        if (!options.trusted()) {
            throw new IOException("a change that is not trusted needs a base, whose configuration it is judged by");
        }
        GitWorkspace workspace;
        try {
            workspace = GitWorkspace.open(options.directory());
        } catch (IOException e) {
            return run(options, new Directory(options.directory()), null, ChangeSet.withoutBase(null), null);
        }
        try (workspace) {
            ChangeSet change = ChangeSet.withoutBase(workspace.head().orElse(null));
            return run(options, workspace.workingTree(), null, change, workspace);
        }
    }

    /**
     * The same for whoever found the repository and its base already.
     *
     * @param base the files of the merge base; null only where there is none and the change is trusted
     * @param workspace that the change was found in; null only where there is no git, and so no base
     */
    public CheckReport run(
            Options options, SourceTree head, SourceTree base, ChangeSet change, GitWorkspace workspace)
            throws IOException, InterruptedException {
        // A fork's change is judged by the base's rules, not by its own.
        SourceTree rules = options.trusted() ? head : base;
        Configuration repository = new ConfigurationReader().read(rules);
        List<Notice> notices = new ArrayList<>();
        List<PolicyPack> teamPacks = Packs.ofTeam(rules, notices::add);
        Configuration configuration = options.configuration().orElse(repository);
        try (ResultDirectory earlier = earlier(options, workspace)) {
            return run(options, configuration, head, base, change, workspace, teamPacks, notices,
                    earlier == null ? ResultStore.inMemory() : earlier);
        }
    }

    /** {@return the results of earlier runs; null where none are kept} */
    private static ResultDirectory earlier(Options options, GitWorkspace workspace) {
        String program = options.cache() == null || workspace == null ? null : ProgramIdentity.current().orElse(null);
        if (program == null) {
            return null;
        }
        // What a fork's change is found to have is believed by no other analysis.
        return ResultDirectory.open(
                options.cache(), workspace.root(), program, ResultDirectory.Limits.DEFAULT, Clock.systemUTC(),
                options.trusted());
    }

    private CheckReport run(
            Options options, Configuration configuration, SourceTree head, SourceTree base, ChangeSet change,
            GitWorkspace workspace, List<PolicyPack> teamPacks, List<Notice> notices, ResultStore results)
            throws IOException, InterruptedException {
        return new Check().run(new Check.Request(
                configuration.nameOrDefault(),
                head,
                workspace == null || base == null ? base : workspace.base(change),
                change,
                analyzers.create(configuration, teamPacks),
                configuration.gateOrDefault(),
                configuration.selection(),
                options.trusted(),
                options.detailsUrl(),
                configuration.runs("secret") && change.hasBase() ? history(workspace, change, notices) : List.of(),
                notices,
                options.progress(),
                results));
    }

    /** Secrets that a commit of the change added and a later one took away: whoever has the history has them. */
    private static List<Finding> history(GitWorkspace workspace, ChangeSet change, List<Notice> notices)
            throws IOException {
        List<Finding> findings = new ArrayList<>();
        FindingSink sink = new FindingSink() {
            @Override
            public void finding(Finding finding) {
                findings.add(finding);
            }

            @Override
            public void notice(Notice notice) {
                notices.add(notice);
            }
        };
        ObjectId head = ObjectId.fromString(workspace.head().orElseThrow());
        new SecretHistory().scan(workspace.repository(), ObjectId.fromString(change.baseSha()), head, sink);
        return findings;
    }
}
