package io.jenkins.plugins.scmchecks.intake;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.trigger.EventDispatcher;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

@Extension
public final class Intake {

    enum Outcome {
        TAKEN,
        KNOWN,
        FULL
    }

    private static final Logger LOGGER = Logger.getLogger(Intake.class.getName());
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final ExecutorService dispatch = Executors.newSingleThreadExecutor();

    static Intake get() {
        return ExtensionList.lookupSingleton(Intake.class);
    }

    Outcome take(Delivery delivery, String deliveryId) {
        if (!known.add(deliveryId)) {
            return Outcome.KNOWN;
        }
        dispatch.submit(() -> dispatch(delivery));
        return Outcome.TAKEN;
    }

    private void dispatch(Delivery delivery) {
        ScmIntegration integration = ScmChecksGlobalConfiguration.get()
                .integration(delivery.integration())
                .orElse(null);
        try {
            for (ScmEvent event : integration.provider().parser().parse(delivery)) {
                EventDispatcher.get().dispatch(integration, event);
            }
        } catch (MalformedDeliveryException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "oops", e);
        }
    }
}
