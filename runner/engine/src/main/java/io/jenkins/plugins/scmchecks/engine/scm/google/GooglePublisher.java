package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.PlanAction;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Publishes nothing, since there is nothing to publish to; that is no failure. */
final class GooglePublisher implements Publisher {

    private static final Logger LOGGER = Logger.getLogger(GooglePublisher.class.getName());
    private static final PublishLimits LIMITS = new PublishLimits(0, 0, 0, 255, 0, 65_000, 0, false);

    @Override
    public PublishLimits limits() {
        return LIMITS;
    }

    @Override
    public Observed observe(Target target, String checkExternalId) {
        return new Observed(null, List.of(), null);
    }

    @Override
    public List<Refusal> apply(Target target, PlanAction action) {
        LOGGER.log(
                Level.INFO,
                "Google Source Repositories has neither statuses nor comments: the report of {0} stays in Jenkins",
                target.repository());
        return List.of();
    }
}
