package io.jenkins.plugins.scmchecks.engine.publish;

import io.jenkins.plugins.scmchecks.engine.scm.Capability;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes the provider show a publication: looks, plans, does each step. After a failure that may pass it waits, looks
 * again and plans anew, so that a step whose answer was lost is never done twice. A publishing failure is an outcome,
 * not an exception: it never decides about a build.
 */
public final class CheckPublisher {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final Renderer renderer;
    private final Reconciler reconciler;
    private final Pause pause;
    private final int attempts;
    private final Duration longestWait;

    /** One that tries four times, and leaves a wait of more than a minute to its caller. */
    public CheckPublisher() {
        this(new Renderer(), new Reconciler(), Pause.SLEEP, 4, Duration.ofMinutes(1));
    }

    /**
     * @param attempts how often to try in all
     * @param longestWait a provider that asks for more ends the attempt; the outcome tells how long it asked for
     */
    public CheckPublisher(
            Renderer renderer, Reconciler reconciler, Pause pause, int attempts, Duration longestWait) {
        this.renderer = Objects.requireNonNull(renderer, "renderer");
        this.reconciler = Objects.requireNonNull(reconciler, "reconciler");
        this.pause = Objects.requireNonNull(pause, "pause");
        this.attempts = attempts;
        this.longestWait = Objects.requireNonNull(longestWait, "longestWait");
    }

    /**
     * Publishes a report: check, inline comments and summary, as far as the provider can.
     *
     * @throws InterruptedException when the thread is interrupted while it waits to try again
     */
    public PublishOutcome publish(ScmConnection connection, Publisher.Target target, CheckReport report)
            throws InterruptedException {
        Set<Capability> capabilities = connection.capabilities();
        Publisher publisher = connection.publisher();
        return run(
                publisher,
                target,
                Marker.externalId(report.name()),
                report.change().headSha(),
                refused -> renderer.render(report, publisher.limits(), capabilities, refused));
    }

    /**
     * Publishes what {@link Renderer#inProgress}, {@link Renderer#aborted} or somebody else rendered.
     *
     * @throws InterruptedException when the thread is interrupted while it waits to try again
     */
    public PublishOutcome publish(ScmConnection connection, Publisher.Target target, Publication publication)
            throws InterruptedException {
        return run(connection.publisher(), target, publication.check().externalId(), null, refused -> publication);
    }

    private PublishOutcome run(
            Publisher publisher,
            Publisher.Target target,
            String externalId,
            String analysedSha,
            Function<Set<String>, Publication> publication)
            throws InterruptedException {
        Round round = new Round(publisher, target, externalId, analysedSha, publication);
        for (int attempt = 1; ; attempt++) {
            try {
                round.run();
                return round.outcome(null);
            } catch (ScmException e) {
                Duration wait = e.retryAfter().isZero() ? FIRST_WAIT.multipliedBy(1L << (attempt - 1)) : e.retryAfter();
                if (!e.isTransient() || attempt >= attempts || wait.compareTo(longestWait) > 0) {
                    return round.outcome(e);
                }
                pause.of(wait);
            }
        }
    }

    /** The attempts at one publication, and what is known from the earlier ones. */
    private final class Round {

        private final Publisher publisher;
        private final Publisher.Target target;
        private final String externalId;
        private final String analysedSha;
        private final Function<Set<String>, Publication> publication;
        private final Set<String> refused = new TreeSet<>();
        private final Set<String> skippedSteps = new HashSet<>();
        private final List<String> done = new ArrayList<>();
        private final List<PublishOutcome.Skipped> skipped = new ArrayList<>();

        Round(
                Publisher publisher,
                Publisher.Target target,
                String externalId,
                String analysedSha,
                Function<Set<String>, Publication> publication) {
            this.publisher = publisher;
            this.target = target;
            this.externalId = externalId;
            this.analysedSha = analysedSha;
            this.publication = publication;
        }

        void run() throws ScmException {
            Observed observed = publisher.observe(target, externalId);
            if (observed.summary() != null) {
                refused.addAll(RefusedComments.of(observed.summary().body(), analysedSha));
            }
            int known = refused.size();
            for (PlanAction action : plan(observed)) {
                if (refused.size() > known && writesSummary(action)) {
                    break; // the summary has to list what was refused: it is planned anew below
                }
                apply(action);
            }
            if (refused.size() > known) {
                for (PlanAction action : plan(observed)) {
                    if (writesSummary(action)) {
                        apply(action);
                    }
                }
            }
        }

        private List<PlanAction> plan(Observed observed) {
            Publication desired = publication.apply(refused);
            if (target.pullRequest() == null) {
                desired = Publication.ofCheck(desired.check());
            }
            return reconciler.plan(desired, observed, publisher::digest);
        }

        private void apply(PlanAction action) throws ScmException {
            String step = action.describe();
            if (skippedSteps.contains(step)) {
                return;
            }
            try {
                for (Publisher.Refusal refusal : publisher.apply(target, action)) {
                    refused.add(refusal.fingerprint());
                }
                done.add(step);
            } catch (ScmException e) {
                if (e.isTransient() || e.reason() == ScmException.Reason.UNAUTHORIZED) {
                    throw e;
                }
                skippedSteps.add(step);
                skipped.add(new PublishOutcome.Skipped(step, e.getMessage()));
            }
        }

        PublishOutcome outcome(ScmException failure) {
            return new PublishOutcome(done, skipped, failure);
        }
    }

    private static boolean writesSummary(PlanAction action) {
        return action instanceof PlanAction.CreateSummary || action instanceof PlanAction.UpdateSummary;
    }
}
