package io.jenkins.plugins.scmchecks.config;

import io.jenkins.plugins.scmchecks.engine.scm.Capability;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection.Webhooks;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Registers or removes our webhooks on some repositories, one after the other. A repository that fails does not keep
 * the others from being done, unless they would fail for the same reason.
 */
final class WebhookWork implements Runnable {

    /** What is done to each repository. */
    enum Action {
        REGISTER,
        REMOVE
    }

    /**
     * How far it is.
     *
     * @param lines for people, the state first and then one for each repository
     * @param problems how many of them tell of a problem
     */
    record Report(List<String> lines, int problems) {}

    /**
     * What is left to be done when the provider may be asked again.
     *
     * @param after so long; zero when the provider did not say
     */
    record Rest(List<RepositoryPath> repositories, Duration after) {}

    private static final int MOST_LINES = 200;
    private static final Logger LOGGER = Logger.getLogger(WebhookWork.class.getName());

    private final ScmIntegration integration;
    private final Action action;
    private final List<RepositoryPath> repositories;
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> lines = new ArrayList<>();
    private int done;
    private int problems;
    private Rest rest;

    WebhookWork(ScmIntegration integration, Action action, Collection<RepositoryPath> repositories) {
        this.integration = integration;
        this.action = action;
        this.repositories = List.copyOf(repositories);
    }

    @Override
    public void run() {
        try (ScmConnection connection = integration.connect()) {
            if (!connection.capabilities().contains(Capability.REGISTER_WEBHOOKS)) {
                problem("With this credential webhooks cannot be registered from here: enter the webhook's address at "
                        + integration.kind().displayName() + " by hand");
                return;
            }
            for (int i = 0; i < repositories.size(); i++) {
                if (!goOn(connection.webhooks(), repositories.subList(i, repositories.size()))) {
                    return;
                }
            }
        } catch (ScmException e) {
            LOGGER.log(Level.FINE, "The webhooks of " + integration.getName(), e);
            problem(e.getMessage());
            leave(repositories, e);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The webhooks of " + integration.getName(), e);
            problem(e.getMessage() == null ? e.toString() : e.getMessage());
        } finally {
            end.countDown();
        }
    }

    /** Does the first of those that are left. {@return whether the next one is worth a try} */
    private boolean goOn(Webhooks webhooks, List<RepositoryPath> left) {
        RepositoryPath repository = left.get(0);
        try {
            act(webhooks, repository, URI.create(integration.getWebhookAddress()));
            return true;
        } catch (ScmException e) {
            problem(repository + ": " + e.getMessage());
            leave(left, e);
            // Permissions and repositories differ from one to the next; these do not.
            boolean sameForAll = e.isTransient() || e.reason() == ScmException.Reason.UNAUTHORIZED;
            if (sameForAll && left.size() > 1) {
                problem("The others were not tried");
            }
            return !sameForAll;
        }
    }

    private synchronized void leave(List<RepositoryPath> left, ScmException why) {
        if (why.isTransient()) {
            rest = new Rest(List.copyOf(left), why.retryAfter());
        }
    }

    /** {@return what the provider may be asked again, once this is done; empty when trying again would not help} */
    synchronized Optional<Rest> rest() {
        return Optional.ofNullable(rest);
    }

    Action action() {
        return action;
    }

    ScmIntegration integration() {
        return integration;
    }

    List<RepositoryPath> repositories() {
        return repositories;
    }

    private void act(Webhooks webhooks, RepositoryPath repository, URI address) throws ScmException {
        switch (action) {
            case REGISTER -> {
                Webhooks.Hook hook = webhooks.ensure(repository, address);
                if (hook.problem().isEmpty() && hook.active()) {
                    tell(repository + ": registered");
                } else {
                    problem(repository + ": " + (hook.problem().isEmpty() ? "it is switched off" : hook.problem()));
                }
            }
            case REMOVE -> {
                int removed = webhooks.remove(repository, address);
                tell(repository + ": " + (removed == 0 ? "there was none of ours" : "removed"));
            }
        }
        synchronized (this) {
            done++;
        }
    }

    private synchronized void tell(String line) {
        LOGGER.log(Level.FINE, "Webhooks of {0}: {1}", new Object[] {integration.getName(), line});
        if (lines.size() < MOST_LINES) {
            lines.add(line);
        }
    }

    private synchronized void problem(String line) {
        problems++;
        LOGGER.log(Level.WARNING, "Webhooks of {0}: {1}", new Object[] {integration.getName(), line});
        if (lines.size() < MOST_LINES) {
            lines.add(line);
        }
    }

    boolean isDone() {
        return end.getCount() == 0;
    }

    /** Waits until it is done, or so long. */
    Report await(Duration longest) {
        try {
            end.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return report();
    }

    synchronized Report report() {
        List<String> all = new ArrayList<>();
        String what = action == Action.REGISTER ? "Registering" : "Removing";
        String noun = repositories.size() == 1 ? " repository" : " repositories";
        all.add(what + ": " + done + " of " + repositories.size() + noun
                + (isDone() ? "" : "; it goes on in the background, press the button again to see how far it is"));
        all.addAll(lines);
        if (lines.size() == MOST_LINES) {
            all.add("Problems with further ones are in Jenkins' log");
        }
        return new Report(all, problems);
    }
}
