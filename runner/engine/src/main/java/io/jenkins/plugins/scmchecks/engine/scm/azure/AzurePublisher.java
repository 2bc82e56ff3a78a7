package io.jenkins.plugins.scmchecks.engine.scm.azure;

import io.jenkins.plugins.scmchecks.engine.publish.AnsweringPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;

/** Answers on Azure DevOps: a status of the pull request or the commit, threads on lines, one summary thread. */
final class AzurePublisher extends AnsweringPublisher {

    /**
     * A comment takes 150 000 characters; Azure DevOps shows whole files, so every line of a changed one can have
     * one.
     */
    private static final PublishLimits LIMITS =
            new PublishLimits(0, 0, 0, Statuses.DESCRIPTION, 0, 150_000, 50, true);

    AzurePublisher(AzureSession session) {
        super(LIMITS, new Statuses(session), new Threads(session));
    }
}
