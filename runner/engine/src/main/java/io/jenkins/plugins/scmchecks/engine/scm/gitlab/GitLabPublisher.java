package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.PlanAction;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.List;

/** Answers on GitLab: a commit status, discussions on lines, one summary note. */
final class GitLabPublisher implements Publisher {

    /**
     * Notes take a million characters; so many render well and hold a thousand findings. GitLab.com takes 60 notes a
     * minute from a user, so that 50 comments and the summary go out in one go.
     */
    private static final PublishLimits LIMITS =
            new PublishLimits(0, 0, 0, CommitStatuses.DESCRIPTION, 0, 250_000, 50, false);

    private final CommitStatuses statuses;
    private final Discussions discussions;

    GitLabPublisher(GitLabSession session) {
        this.statuses = new CommitStatuses(session);
        this.discussions = new Discussions(session);
    }

    @Override
    public PublishLimits limits() {
        return LIMITS;
    }

    @Override
    public String digest(Publication.Check check) {
        return CommitStatuses.digest(check);
    }

    @Override
    public Observed observe(Target target, String checkExternalId) throws ScmException {
        Observed.Check check = statuses.observe(target, checkExternalId);
        if (target.pullRequest() == null) {
            return new Observed(check, List.of(), null);
        }
        Discussions.Found found = discussions.observe(target, checkExternalId);
        return new Observed(check, found.threads(), found.summary());
    }

    @Override
    public List<Refusal> apply(Target target, PlanAction action) throws ScmException {
        if (action instanceof PlanAction.CreateCheck create) {
            statuses.write(target, create.check());
        } else if (action instanceof PlanAction.UpdateCheck update) {
            statuses.write(target, update.check());
        } else if (action instanceof PlanAction.CreateComments create) {
            return discussions.create(target, create.comments());
        } else if (action instanceof PlanAction.UpdateComment update) {
            discussions.edit(target, update.thread(), update.comment());
        } else if (action instanceof PlanAction.ResolveThread resolve) {
            discussions.resolve(target, resolve.thread(), true);
        } else if (action instanceof PlanAction.ReopenThread reopen) {
            discussions.resolve(target, reopen.thread(), false);
        } else if (action instanceof PlanAction.CreateSummary create) {
            discussions.createSummary(target, create.body());
        } else if (action instanceof PlanAction.UpdateSummary update) {
            discussions.updateSummary(target, update.observed(), update.body());
        } else {
            throw new IllegalArgumentException("unknown step: " + action);
        }
        return List.of();
    }
}
