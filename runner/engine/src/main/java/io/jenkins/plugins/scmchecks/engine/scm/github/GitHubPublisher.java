package io.jenkins.plugins.scmchecks.engine.scm.github;

import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.PlanAction;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.List;

/** Answers on GitHub: a check run as an App or a commit status by a token, review threads, one summary comment. */
final class GitHubPublisher implements Publisher {

    /** REST API, check runs: 50 annotations a request, 64 KB a message, 255 characters a title, 65 535 a summary. */
    private static final PublishLimits CHECK_RUN =
            new PublishLimits(1_000, CheckRuns.ANNOTATIONS_PER_REQUEST, 16_000, 255, 65_535, 65_000, 50, false);

    /** REST API, commit statuses: 140 characters of description, no annotations. */
    private static final PublishLimits STATUS =
            new PublishLimits(0, 0, 0, CommitStatuses.DESCRIPTION, 0, 65_000, 50, false);

    private final GitHubSession session;
    private final CheckRuns checkRuns;
    private final CommitStatuses statuses;
    private final ReviewThreads threads;
    private final SummaryComment summary;

    GitHubPublisher(GitHubSession session) {
        this.session = session;
        this.checkRuns = new CheckRuns(session);
        this.statuses = new CommitStatuses(session.api());
        this.threads = new ReviewThreads(session);
        this.summary = new SummaryComment(session);
    }

    @Override
    public PublishLimits limits() {
        return session.isApp() ? CHECK_RUN : STATUS;
    }

    @Override
    public String digest(Publication.Check check) {
        return session.isApp() ? Digest.of(check) : CommitStatuses.digest(check);
    }

    @Override
    public Observed observe(Target target, String checkExternalId) throws ScmException {
        Observed.Check check = session.isApp()
                ? checkRuns.observe(target, checkExternalId)
                : statuses.observe(target, checkExternalId);
        if (target.pullRequest() == null) {
            return new Observed(check, List.of(), null);
        }
        return new Observed(
                check, threads.observe(target, checkExternalId), summary.observe(target, checkExternalId));
    }

    @Override
    public List<Refusal> apply(Target target, PlanAction action) throws ScmException {
        if (action instanceof PlanAction.CreateCheck create) {
            writeCheck(target, null, create.check());
        } else if (action instanceof PlanAction.UpdateCheck update) {
            writeCheck(target, update.observed(), update.check());
        } else if (action instanceof PlanAction.CreateComments create) {
            return threads.create(target, create.comments());
        } else if (action instanceof PlanAction.UpdateComment update) {
            threads.edit(target, update.thread(), update.comment().body());
        } else if (action instanceof PlanAction.ResolveThread resolve) {
            threads.resolve(target, resolve.thread());
        } else if (action instanceof PlanAction.ReopenThread reopen) {
            threads.reopen(reopen.thread());
        } else if (action instanceof PlanAction.CreateSummary create) {
            summary.create(target, create.body());
        } else if (action instanceof PlanAction.UpdateSummary update) {
            summary.update(target, update.observed(), update.body());
        } else {
            throw new IllegalArgumentException("unknown step: " + action);
        }
        return List.of();
    }

    private void writeCheck(Target target, Observed.Check observed, Publication.Check check) throws ScmException {
        if (session.isApp()) {
            checkRuns.write(target, observed, check);
        } else {
            statuses.write(target, check);
        }
    }
}
