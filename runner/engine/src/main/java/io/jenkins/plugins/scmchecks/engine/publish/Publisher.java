package io.jenkins.plugins.scmchecks.engine.publish;

import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;

/**
 * How a provider is told: it can look at what is there and do one step. What to do is decided by {@link Reconciler},
 * the same for all providers.
 */
public interface Publisher {

    /**
     * What is published to.
     *
     * @param repository the one that the pull request targets, never a fork
     * @param headSha the commit
     * @param pullRequest or null when only the commit gets a check
     */
    record Target(RepositoryPath repository, String headSha, PullRequest pullRequest) {}

    PublishLimits limits();

    /**
     * Reads what is there of ours.
     *
     * @param checkExternalId of the check that is looked for
     */
    Observed observe(Target target, String checkExternalId) throws ScmException;

    /** Does one step, in as few requests as the provider allows. */
    void apply(Target target, PlanAction action) throws ScmException;
}
