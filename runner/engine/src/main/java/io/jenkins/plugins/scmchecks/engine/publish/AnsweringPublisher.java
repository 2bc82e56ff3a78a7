package io.jenkins.plugins.scmchecks.engine.publish;

import io.jenkins.plugins.scmchecks.engine.publish.Publication.InlineComment;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.List;

/** Answers at a provider that has a check, and whose comments on lines and on the whole are in one listing. */
public abstract class AnsweringPublisher implements Publisher {

    /** Where the check is: a commit status, a report, or both. */
    public interface Checks {

        /** {@return the digest of what the provider keeps of a check} */
        String digest(Publication.Check check);

        /** {@return what is there of ours, or null} */
        Observed.Check observe(Target target, String externalId) throws ScmException;

        /** @param before what is there already, or null */
        void write(Target target, Publication.Check check, Observed.Check before) throws ScmException;
    }

    /** Where the comments are. Only our own are ever seen or touched. */
    public interface Comments {

        /**
         * What is there of ours.
         *
         * @param summary or null
         */
        record Found(List<Observed.Thread> threads, Observed.Summary summary) {}

        Found observe(Target target, String externalId) throws ScmException;

        /** {@return those that the provider refused} */
        List<Refusal> create(Target target, List<InlineComment> comments) throws ScmException;

        void edit(Target target, Observed.Thread thread, InlineComment comment) throws ScmException;

        /** @param resolved false to reopen it */
        void resolve(Target target, Observed.Thread thread, boolean resolved) throws ScmException;

        void createSummary(Target target, String body) throws ScmException;

        void updateSummary(Target target, Observed.Summary summary, String body) throws ScmException;
    }

    private final PublishLimits limits;
    private final Checks checks;
    private final Comments comments;

    protected AnsweringPublisher(PublishLimits limits, Checks checks, Comments comments) {
        this.limits = limits;
        this.checks = checks;
        this.comments = comments;
    }

    @Override
    public final PublishLimits limits() {
        return limits;
    }

    @Override
    public final String digest(Publication.Check check) {
        return checks.digest(check);
    }

    @Override
    public final Observed observe(Target target, String checkExternalId) throws ScmException {
        Observed.Check check = checks.observe(target, checkExternalId);
        if (target.pullRequest() == null) {
            return new Observed(check, List.of(), null);
        }
        Comments.Found found = comments.observe(target, checkExternalId);
        return new Observed(check, found.threads(), found.summary());
    }

    @Override
    public final List<Refusal> apply(Target target, PlanAction action) throws ScmException {
        if (action instanceof PlanAction.CreateCheck create) {
            checks.write(target, create.check(), null);
        } else if (action instanceof PlanAction.UpdateCheck update) {
            checks.write(target, update.check(), update.observed());
        } else if (action instanceof PlanAction.CreateComments create) {
            return comments.create(target, create.comments());
        } else if (action instanceof PlanAction.UpdateComment update) {
            comments.edit(target, update.thread(), update.comment());
        } else if (action instanceof PlanAction.ResolveThread resolve) {
            comments.resolve(target, resolve.thread(), true);
        } else if (action instanceof PlanAction.ReopenThread reopen) {
            comments.resolve(target, reopen.thread(), false);
        } else if (action instanceof PlanAction.CreateSummary create) {
            comments.createSummary(target, create.body());
        } else if (action instanceof PlanAction.UpdateSummary update) {
            comments.updateSummary(target, update.observed(), update.body());
        } else {
            throw new IllegalArgumentException("unknown step: " + action);
        }
        return List.of();
    }
}
