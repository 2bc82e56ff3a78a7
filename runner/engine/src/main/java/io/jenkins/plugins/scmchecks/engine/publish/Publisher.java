package io.jenkins.plugins.scmchecks.engine.publish;

import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.List;

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

    /**
     * An inline comment that the provider did not take although the others of its step were written.
     *
     * @param fingerprint of its finding
     * @param reason in the provider's words: untrusted
     */
    record Refusal(String fingerprint, String reason) {}

    PublishLimits limits();

    /**
     * Reads what is there of ours.
     *
     * @param checkExternalId of the check that is looked for, as {@link Marker#externalId} makes it
     */
    Observed observe(Target target, String checkExternalId) throws ScmException;

    /**
     * Does one step, in as few requests as the provider allows.
     *
     * @return the inline comments that were refused one by one; empty for most steps
     */
    List<Refusal> apply(Target target, PlanAction action) throws ScmException;

    /** {@return the digest of that part of the check which the provider keeps, to compare with what is observed} */
    default String digest(Publication.Check check) {
        return Digest.of(check);
    }
}
