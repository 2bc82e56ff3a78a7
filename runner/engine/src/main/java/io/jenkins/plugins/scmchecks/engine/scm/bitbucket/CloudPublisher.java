package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.publish.AnsweringPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;

/** Answers on Bitbucket Cloud: a Code Insights report, a build status, comments on lines, one summary comment. */
final class CloudPublisher extends AnsweringPublisher {

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

    CloudPublisher(CloudSession session) {
        super(LIMITS, new CloudChecks(session), new CloudComments(session));
    }
}
