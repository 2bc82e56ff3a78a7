package io.jenkins.plugins.scmchecks.engine.webhook;

import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.util.List;

/** What happened at a provider, in terms that all providers share. Commit ids are full, names untrusted. */
public sealed interface ScmEvent {

    /** What a job trigger can choose from. */
    enum Type {
        PUSH,
        BRANCH_CREATED,
        BRANCH_DELETED,
        TAG_CREATED,
        TAG_DELETED,
        PULL_REQUEST_OPENED,
        PULL_REQUEST_UPDATED,
        PULL_REQUEST_RETARGETED,
        PULL_REQUEST_CLOSED,
        PULL_REQUEST_MERGED,
        RERUN_REQUESTED,
        INSTALLATION_CHANGED,
        PING
    }

    Type type();

    /** Events that belong to a repository. */
    sealed interface InRepository extends ScmEvent {
        RepositoryPath repository();
    }

    /**
     * Commits arrived on a branch that is there already.
     *
     * @param branch without {@code refs/heads/}
     * @param before the branch's commit before
     * @param after the branch's commit now
     * @param actor login name, or empty
     */
    record Push(RepositoryPath repository, String branch, String before, String after, String actor)
            implements InRepository {
        @Override
        public Type type() {
            return Type.PUSH;
        }
    }

    /**
     * A branch or tag came or went.
     *
     * @param type BRANCH_CREATED, BRANCH_DELETED, TAG_CREATED or TAG_DELETED
     * @param name without {@code refs/heads/} or {@code refs/tags/}
     * @param sha the commit it points to, or pointed to; null where the provider does not tell
     * @param actor login name, or empty
     */
    record RefChange(RepositoryPath repository, Type type, String name, String sha, String actor)
            implements InRepository {
        public RefChange {
            switch (type) {
                case BRANCH_CREATED, BRANCH_DELETED, TAG_CREATED, TAG_DELETED -> {}
                default -> throw new IllegalArgumentException(type + " is not a change of a ref");
            }
        }
    }

    /**
     * Something happened to a pull request. Reopening counts as opened.
     *
     * @param type PULL_REQUEST_OPENED, _UPDATED (new commits), _RETARGETED (another target branch), _CLOSED or _MERGED
     * @param pullRequest as it is now
     * @param actor login name, or empty
     */
    record PullRequestChange(RepositoryPath repository, Type type, PullRequest pullRequest, String actor)
            implements InRepository {
        public PullRequestChange {
            switch (type) {
                case PULL_REQUEST_OPENED,
                        PULL_REQUEST_UPDATED,
                        PULL_REQUEST_RETARGETED,
                        PULL_REQUEST_CLOSED,
                        PULL_REQUEST_MERGED -> {}
                default -> throw new IllegalArgumentException(type + " is not a change of a pull request");
            }
        }
    }

    /**
     * Somebody pressed "re-run" on a check.
     *
     * @param pullRequest its number, or 0 when the check belongs to none (a fork's never does)
     */
    record RerunRequested(
            RepositoryPath repository, String headSha, String branch, String externalId, long pullRequest, String actor)
            implements InRepository {
        @Override
        public Type type() {
            return Type.RERUN_REQUESTED;
        }
    }

    /**
     * What the integration may see has changed.
     *
     * @param account the organization's login
     * @param change such as {@code created}, {@code deleted}, {@code suspend}, {@code added}, {@code removed}
     * @param repositories that the change is about; empty for all
     */
    record InstallationChanged(String account, String change, List<RepositoryPath> repositories) implements ScmEvent {
        public InstallationChanged {
            repositories = List.copyOf(repositories);
        }

        @Override
        public Type type() {
            return Type.INSTALLATION_CHANGED;
        }
    }

    /** The provider tries whether anybody listens. */
    record Ping() implements ScmEvent {
        @Override
        public Type type() {
            return Type.PING;
        }
    }
}
