package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import io.jenkins.plugins.scmchecks.engine.publish.AnsweringPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;

/** Answers on GitLab: a commit status, discussions on lines, one summary note. */
final class GitLabPublisher extends AnsweringPublisher {

    /**
     * Notes take a million characters; so many render well and hold a thousand findings. GitLab.com takes 60 notes a
     * minute from a user, so that 50 comments and the summary go out in one go.
     */
    private static final PublishLimits LIMITS =
            new PublishLimits(0, 0, 0, CommitStatuses.DESCRIPTION, 0, 250_000, 50, false);

    GitLabPublisher(GitLabSession session) {
        super(LIMITS, new CommitStatuses(session), new Discussions(session));
    }
}
