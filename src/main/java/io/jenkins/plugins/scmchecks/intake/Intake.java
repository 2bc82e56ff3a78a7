package io.jenkins.plugins.scmchecks.intake;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.Inbox;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.trigger.EventDispatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Keeps accepted deliveries under {@code $JENKINS_HOME/scm-checks/} until their builds are asked for. */
@Extension
public final class Intake {

    private static final Logger LOGGER = Logger.getLogger(Intake.class.getName());

    private Inbox inbox;

    static Intake get() {
        return ExtensionList.lookupSingleton(Intake.class);
    }

    /** Not earlier than all jobs are there, or the deliveries that a stop left over would find none. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void open() {
        get().start(Jenkins.get().getRootDir().toPath().resolve("scm-checks").resolve("inbox.log"));
    }

    @Terminator
    public static void close() {
        get().stop();
    }

    /**
     * @return what became of it; {@link Inbox.Receipt#OVERLOADED} while Jenkins starts or stops
     * @throws IOException when it could not be kept, so that its sender must not think it was
     */
    Inbox.Receipt take(Delivery delivery, String deliveryId) throws IOException {
        Inbox current;
        synchronized (this) {
            current = inbox;
        }
        return current == null ? Inbox.Receipt.OVERLOADED : current.accept(delivery, deliveryId);
    }

    private synchronized void start(Path file) {
        if (inbox != null) {
            return;
        }
        try {
            inbox = Inbox.open(file, Inbox.Settings.DEFAULT, Clock.systemUTC());
            inbox.start(Intake::dispatch);
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, "No webhooks can be taken: " + file + " cannot be opened", e);
        }
    }

    private synchronized void stop() {
        if (inbox != null) {
            inbox.close();
            inbox = null;
        }
    }

    private static void dispatch(Delivery delivery, String deliveryId) throws MalformedDeliveryException {
        Optional<ScmIntegration> integration =
                ScmChecksGlobalConfiguration.get().integration(delivery.integration());
        if (integration.isEmpty()) {
            LOGGER.log(Level.INFO, "Delivery {0} is for {1}, which is no longer there", new Object[] {
                deliveryId, delivery.integration()
            });
            return;
        }
        for (ScmEvent event : integration.get().provider().parser().parse(delivery)) {
            int builds = EventDispatcher.get().dispatch(integration.get(), event);
            LOGGER.log(Level.FINE, "Delivery {0}: {1}, {2} builds", new Object[] {deliveryId, event.type(), builds});
        }
    }
}
