package io.jenkins.plugins.scmchecks.step;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.scmchecks.engine.change.GitWorkspace;
import java.io.File;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * What the workspace itself says it is. An agent said it, so it is checked before it is used.
 *
 * @param head the commit that is checked out, or null
 * @param parents of that commit
 * @param remoteUrl of its remote, or null
 */
record WorkspaceFacts(String head, List<String> parents, String remoteUrl) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String SHA = "[0-9a-f]{40}([0-9a-f]{24})?";

    /** A workspace that git knows nothing of. */
    static final WorkspaceFacts NONE = new WorkspaceFacts(null, List.of(), null);

    WorkspaceFacts {
        parents = parents.stream().filter(p -> p.matches(SHA)).limit(16).toList();
        head = head != null && head.matches(SHA) ? head : null;
    }

    /**
     * Tells for which commit the provider wants to hear of what was analysed. Many builds analyse a merge that they
     * made themselves, which the provider has never seen.
     *
     * @param expected the commit that the build is about, or null
     * @return it, or the commit that was analysed when that is another one, or null when there is none
     */
    String reported(String expected) {
        if (head == null || head.equals(expected) || parents.contains(expected)) {
            return expected;
        }
        boolean merge = parents.size() > 1;
        return expected != null && merge ? parents.get(parents.size() - 1) : head;
    }

    /** Opens the repository that a directory of the agent belongs to, unless that is one around the agent itself. */
    static Optional<GitWorkspace> open(File directory, String agentRoot) throws IOException {
        GitWorkspace git;
        try {
            git = GitWorkspace.open(directory.toPath());
        } catch (IOException e) {
            return Optional.empty();
        }
        Path root = git.root().toRealPath();
        if (agentRoot != null && Path.of(agentRoot).toRealPath().startsWith(root)) {
            git.close();
            return Optional.empty();
        }
        return Optional.of(git);
    }

    /** Reads the facts on the agent. */
    static final class Read extends MasterToSlaveFileCallable<WorkspaceFacts> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String agentRoot;

        Read(String agentRoot) {
            this.agentRoot = agentRoot;
        }

        @Override
        public WorkspaceFacts invoke(File workspace, VirtualChannel channel) throws IOException {
            Optional<GitWorkspace> opened = open(workspace, agentRoot);
            if (opened.isEmpty()) {
                return NONE;
            }
            try (GitWorkspace git = opened.get();
                    RevWalk walk = new RevWalk(git.repository())) {
                String head = git.head().orElse(null);
                if (head == null) {
                    return new WorkspaceFacts(null, List.of(), git.remoteUrl().orElse(null));
                }
                RevCommit commit = walk.parseCommit(ObjectId.fromString(head));
                List<String> parents =
                        Arrays.stream(commit.getParents()).map(ObjectId::name).toList();
                return new WorkspaceFacts(head, parents, git.remoteUrl().orElse(null));
            }
        }
    }
}
