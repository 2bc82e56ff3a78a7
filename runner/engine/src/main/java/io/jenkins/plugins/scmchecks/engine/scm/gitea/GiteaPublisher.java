package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.PlanAction;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.List;

/** Answers on Gitea: a commit status, a review's comments on lines, one summary comment. */
final class GiteaPublisher implements Publisher {

    /** A comment may be longer; so many characters fit into every database that Gitea runs on. */
    private static final PublishLimits LIMITS =
            new PublishLimits(0, 0, 0, CommitStatuses.DESCRIPTION, 0, 65_000, 50, false);

    private final CommitStatuses statuses;
    private final ReviewComments comments;
    private final SummaryComment summary;

    GiteaPublisher(GiteaSession session) {
        this.statuses = new CommitStatuses(session);
        this.comments = new ReviewComments(session);
        this.summary = new SummaryComment(session);
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
        return new Observed(
                check, comments.observe(target, checkExternalId), summary.observe(target, checkExternalId));
    }

    @Override
    public List<Refusal> apply(Target target, PlanAction action) throws ScmException {
        if (action instanceof PlanAction.CreateCheck create) {
            statuses.write(target, create.check());
        } else if (action instanceof PlanAction.UpdateCheck update) {
            statuses.write(target, update.check());
        } else if (action instanceof PlanAction.CreateComments create) {
            return comments.create(target, create.comments());
        } else if (action instanceof PlanAction.UpdateComment update) {
            comments.edit(target, update.thread(), update.comment().body());
        } else if (action instanceof PlanAction.ResolveThread resolve) {
            comments.resolve(target, resolve.thread());
        } else if (action instanceof PlanAction.ReopenThread reopen) {
            comments.reopen(target, reopen.thread());
        } else if (action instanceof PlanAction.CreateSummary create) {
            summary.create(target, create.body());
        } else if (action instanceof PlanAction.UpdateSummary update) {
            summary.update(target, update.observed(), update.body());
        } else {
            throw new IllegalArgumentException("unknown step: " + action);
        }
        return List.of();
    }
}
