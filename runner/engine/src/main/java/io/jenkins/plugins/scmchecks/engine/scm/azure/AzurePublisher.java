package io.jenkins.plugins.scmchecks.engine.scm.azure;

import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.PlanAction;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.List;

/** Answers on Azure DevOps: a status of the pull request or the commit, threads on lines, one summary thread. */
final class AzurePublisher implements Publisher {

    /**
     * A comment takes 150 000 characters; Azure DevOps shows whole files, so every line of a changed one can have
     * one.
     */
    private static final PublishLimits LIMITS =
            new PublishLimits(0, 0, 0, Statuses.DESCRIPTION, 0, 150_000, 50, true);

    private final Statuses statuses;
    private final Threads threads;

    AzurePublisher(AzureSession session) {
        this.statuses = new Statuses(session);
        this.threads = new Threads(session);
    }

    @Override
    public PublishLimits limits() {
        return LIMITS;
    }

    @Override
    public String digest(Publication.Check check) {
        return Statuses.digest(check);
    }

    @Override
    public Observed observe(Target target, String checkExternalId) throws ScmException {
        Observed.Check check = statuses.observe(target, checkExternalId);
        if (target.pullRequest() == null) {
            return new Observed(check, List.of(), null);
        }
        Threads.Found found = threads.observe(target, checkExternalId);
        return new Observed(check, found.threads(), found.summary());
    }

    @Override
    public List<Refusal> apply(Target target, PlanAction action) throws ScmException {
        if (action instanceof PlanAction.CreateCheck create) {
            statuses.write(target, create.check());
        } else if (action instanceof PlanAction.UpdateCheck update) {
            statuses.write(target, update.check());
        } else if (action instanceof PlanAction.CreateComments create) {
            return threads.create(target, create.comments());
        } else if (action instanceof PlanAction.UpdateComment update) {
            threads.edit(target, update.thread().id(), update.thread().commentId(), update.comment().body());
        } else if (action instanceof PlanAction.ResolveThread resolve) {
            threads.resolve(target, resolve.thread(), true);
        } else if (action instanceof PlanAction.ReopenThread reopen) {
            threads.resolve(target, reopen.thread(), false);
        } else if (action instanceof PlanAction.CreateSummary create) {
            threads.createSummary(target, create.body());
        } else if (action instanceof PlanAction.UpdateSummary update) {
            threads.updateSummary(target, update.observed(), update.body());
        } else {
            throw new IllegalArgumentException("unknown step: " + action);
        }
        return List.of();
    }
}
