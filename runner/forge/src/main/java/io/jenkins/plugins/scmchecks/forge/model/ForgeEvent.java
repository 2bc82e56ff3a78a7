package io.jenkins.plugins.scmchecks.forge.model;

import org.eclipse.jgit.lib.ObjectId;

/** What happened, for the webhooks of every dialect to tell. */
public sealed interface ForgeEvent {

    Repo repo();

    Account sender();

    /**
     * A ref was created, moved or deleted; the zero id stands for "not there".
     *
     * @param ref the full name
     */
    record RefMoved(Repo repo, String ref, ObjectId before, ObjectId after, boolean forced, Account sender)
            implements ForgeEvent {

        public boolean created() {
            return before.equals(ObjectId.zeroId());
        }

        public boolean deleted() {
            return after.equals(ObjectId.zeroId());
        }
    }

    /**
     * A pull request changed.
     *
     * @param before the head before SYNCHRONIZED or the base branch before RETARGETED, else null
     * @param beforeSha the base commit before RETARGETED, else null
     */
    record PullRequestChanged(
            PullRequest pullRequest, Action action, String before, String beforeSha, Account sender)
            implements ForgeEvent {

        /** What happened to it. MERGED is closing by merge. */
        public enum Action { OPENED, SYNCHRONIZED, REOPENED, RETARGETED, EDITED, CLOSED, MERGED }

        @Override
        public Repo repo() {
            return pullRequest.repo();
        }
    }

    /** Somebody asked for a check to run again. */
    record CheckRerequested(Check check, Account sender) implements ForgeEvent {
        @Override
        public Repo repo() {
            return check.repo();
        }
    }
}
