package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.publish.AnsweringPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;

/** Answers on Bitbucket Data Center: a Code Insights report, a build status, comments on lines, one summary comment. */
final class DataCenterPublisher extends AnsweringPublisher {

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

    DataCenterPublisher(DataCenterSession session) {
        super(LIMITS, new DataCenterChecks(session), new DataCenterComments(session));
    }
}
