package io.jenkins.plugins.scmchecks.outbox;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.engine.publish.CheckPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.Pause;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.Conclusion;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.publish.Reconciler;
import io.jenkins.plugins.scmchecks.engine.publish.Renderer;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.page.ReportAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Gives the answers that builds could not give themselves. One failure that may pass lets the other answers of that
 * integration wait as well, so that a provider that is down is asked once a minute and not once for each build.
 */
@Extension
public final class LateAnswers extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(LateAnswers.class.getName());

    private final Renderer renderer = new Renderer();
    private final CheckPublisher publisher =
            new CheckPublisher(renderer, new Reconciler(), Pause.SLEEP, 1, Duration.ZERO);

    /** Until when an integration's provider asked to be left alone. */
    private final Map<String, Instant> patience = new HashMap<>();

    public LateAnswers() {
        super("SCM Checks answers");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) throws InterruptedException {
        give(Instant.now());
    }

    /** Tries all that is due, the oldest first. */
    void give(Instant now) throws InterruptedException {
        patience.values().removeIf(until -> !until.isAfter(now));
        List<OwedAnswer> oldestFirst = Outbox.get().all().stream()
                .sorted(Comparator.comparingLong(OwedAnswer::since))
                .toList();
        for (OwedAnswer answer : oldestFirst) {
            if (patience.containsKey(answer.integration())) {
                continue;
            }
            Run<?, ?> run = Run.fromExternalizableId(answer.run());
            boolean building = run != null && run.isBuilding();
            boolean left = answer.due() == 0 && !building;
            if (left || answer.isDue(now)) {
                give(answer, run, now);
            }
        }
    }

    private void give(OwedAnswer answer, Run<?, ?> run, Instant now) throws InterruptedException {
        Optional<ScmIntegration> integration = ScmChecksGlobalConfiguration.get().integration(answer.integration());
        if (integration.isEmpty()) {
            end(answer, run, null, List.of("the integration '" + answer.integration() + "' is no longer there"));
            return;
        }
        PublishOutcome outcome;
        String link = null;
        try (ScmConnection connection = integration.get().connect()) {
            RepositoryPath repository = new RepositoryPath(answer.repository());
            PullRequest pullRequest =
                    answer.pullRequest() == 0 ? null : connection.pullRequest(repository, answer.pullRequest());
            link = pullRequest == null
                    ? integration.get().commitUrl(repository, answer.sha())
                    : pullRequest.webUrl();
            // Comments and summary are about the newest commit; an older one gets its check alone.
            boolean newest = pullRequest != null && answer.sha().equals(pullRequest.headSha());
            outcome = publish(
                    connection, new Publisher.Target(repository, answer.sha(), newest ? pullRequest : null), answer, run);
        } catch (ScmException e) {
            outcome = new PublishOutcome(List.of(), List.of(), e);
        }
        settle(answer, run, link, outcome, now);
    }

    private PublishOutcome publish(ScmConnection connection, Publisher.Target target, OwedAnswer answer, Run<?, ?> run)
            throws InterruptedException {
        if (answer.conclusion() != null) {
            return publisher.publish(
                    connection,
                    target,
                    renderer.aborted(answer.check(), answer.conclusion(), answer.reason(), answer.detailsUrl()));
        }
        Optional<CheckReport> report = run == null ? Optional.empty() : ReportAction.report(run, answer.check());
        if (report.isPresent()) {
            return publisher.publish(connection, target, report.get());
        }
        String reason = run == null ? "The build was deleted." : "The build ended before its check did.";
        return publisher.publish(
                connection, target, renderer.aborted(answer.check(), Conclusion.CANCELLED, reason, answer.detailsUrl()));
    }

    private void settle(OwedAnswer answer, Run<?, ?> run, String link, PublishOutcome outcome, Instant now) {
        Optional<Duration> wait = outcome.retryAfter();
        if (wait.isPresent()) {
            patience.put(answer.integration(), now.plus(wait.get()).plusSeconds(1));
            if (Outbox.get().later(answer, now, wait.get())) {
                LOGGER.log(Level.FINE, "{0} of {1}: {2}", new Object[] {
                    answer.check(), answer.run(), outcome.failure().getMessage()
                });
                return;
            }
        }
        Stream<String> failure = Stream.ofNullable(outcome.failure()).map(ScmException::getMessage);
        Stream<String> skipped = outcome.skipped().stream().map(PublishOutcome.Skipped::toString);
        end(answer, run, link, Stream.concat(skipped, failure).toList());
    }

    private static void end(OwedAnswer answer, Run<?, ?> run, String link, List<String> problems) {
        Outbox.get().drop(answer);
        String what = answer.check() + " of " + answer.run() + ", commit " + answer.sha() + " of " + answer.repository();
        LOGGER.log(
                problems.isEmpty() ? Level.INFO : Level.WARNING,
                problems.isEmpty() ? "Published later: " + what : "Not published: " + what + ": " + problems);
        if (run != null) {
            ReportAction.published(run, answer.check(), new ReportAction.Published(link, problems));
        }
    }
}
