package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.PlanAction;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.List;

/** Answers on Bitbucket Cloud: a Code Insights report, a build status, comments on lines, one summary comment. */
final class CloudPublisher implements Publisher {

    /** Bitbucket takes 32 768 characters of a comment; what hides markers makes it a little longer than it was. */
    private static final PublishLimits LIMITS = new PublishLimits(
            CloudChecks.ANNOTATIONS,
            CloudChecks.PER_REQUEST,
            ReportText.DETAILS,
            ReportText.DESCRIPTION,
            ReportText.SUMMARY,
            32_000,
            50,
            false);

    private final CloudChecks checks;
    private final CloudComments comments;

    CloudPublisher(CloudSession session) {
        this.checks = new CloudChecks(session);
        this.comments = new CloudComments(session);
    }

    @Override
    public PublishLimits limits() {
        return LIMITS;
    }

    @Override
    public String digest(Publication.Check check) {
        return CloudChecks.digest(check);
    }

    @Override
    public Observed observe(Target target, String checkExternalId) throws ScmException {
        Observed.Check check = checks.observe(target, checkExternalId);
        if (target.pullRequest() == null) {
            return new Observed(check, List.of(), null);
        }
        CloudComments.Found found = comments.observe(target, checkExternalId);
        return new Observed(check, found.threads(), found.summary());
    }

    @Override
    public List<Refusal> apply(Target target, PlanAction action) throws ScmException {
        if (action instanceof PlanAction.CreateCheck create) {
            checks.write(target, create.check(), false);
        } else if (action instanceof PlanAction.UpdateCheck update) {
            checks.write(target, update.check(), true);
        } else if (action instanceof PlanAction.CreateComments create) {
            return comments.create(target, create.comments());
        } else if (action instanceof PlanAction.UpdateComment update) {
            comments.edit(target, update.thread().id(), update.comment().body());
        } else if (action instanceof PlanAction.ResolveThread resolve) {
            comments.resolve(target, resolve.thread());
        } else if (action instanceof PlanAction.ReopenThread reopen) {
            comments.reopen(target, reopen.thread());
        } else if (action instanceof PlanAction.CreateSummary create) {
            comments.create(target, create.body());
        } else if (action instanceof PlanAction.UpdateSummary update) {
            comments.edit(target, update.observed().id(), update.body());
        } else {
            throw new IllegalArgumentException("unknown step: " + action);
        }
        return List.of();
    }
}
