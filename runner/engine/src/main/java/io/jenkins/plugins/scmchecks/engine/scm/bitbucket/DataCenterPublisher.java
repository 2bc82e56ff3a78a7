package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.PlanAction;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.List;

/** Answers on Bitbucket Data Center: a Code Insights report, a build status, comments on lines, one summary comment. */
final class DataCenterPublisher implements Publisher {

    /**
     * Bitbucket takes 32 768 characters of a comment; what hides markers makes it a little longer than it was. An
     * annotation's message has its title in it.
     */
    private static final PublishLimits LIMITS = new PublishLimits(
            DataCenterChecks.ANNOTATIONS,
            DataCenterChecks.ANNOTATIONS,
            ReportText.DETAILS - 250,
            ReportText.DESCRIPTION,
            ReportText.SUMMARY,
            32_000,
            50,
            false);

    private final DataCenterChecks checks;
    private final DataCenterComments comments;

    DataCenterPublisher(DataCenterSession session) {
        this.checks = new DataCenterChecks(session);
        this.comments = new DataCenterComments(session);
    }

    @Override
    public PublishLimits limits() {
        return LIMITS;
    }

    @Override
    public String digest(Publication.Check check) {
        return DataCenterChecks.digest(check);
    }

    @Override
    public Observed observe(Target target, String checkExternalId) throws ScmException {
        Observed.Check check = checks.observe(target, checkExternalId);
        if (target.pullRequest() == null) {
            return new Observed(check, List.of(), null);
        }
        DataCenterComments.Found found = comments.observe(target, checkExternalId);
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
            comments.edit(target, update.thread(), update.comment());
        } else if (action instanceof PlanAction.ResolveThread resolve) {
            comments.resolve(target, resolve.thread(), true);
        } else if (action instanceof PlanAction.ReopenThread reopen) {
            comments.resolve(target, reopen.thread(), false);
        } else if (action instanceof PlanAction.CreateSummary create) {
            comments.create(target, create.body());
        } else if (action instanceof PlanAction.UpdateSummary update) {
            comments.edit(target, update.observed(), update.body());
        } else {
            throw new IllegalArgumentException("unknown step: " + action);
        }
        return List.of();
    }
}
