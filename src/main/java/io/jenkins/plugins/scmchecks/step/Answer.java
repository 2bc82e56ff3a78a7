package io.jenkins.plugins.scmchecks.step;

import hudson.model.Run;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.engine.publish.CheckPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.publish.Renderer;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.outbox.Outbox;
import io.jenkins.plugins.scmchecks.outbox.OwedAnswer;
import io.jenkins.plugins.scmchecks.page.ReportAction;
import io.jenkins.plugins.scmchecks.trigger.EventDispatcher;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells the provider, from the controller, of one check of one commit. Nothing here throws because of the provider: what
 * could not be told is said in the log and kept in {@link #problems}.
 */
final class Answer implements AutoCloseable {

    private final CheckSubject subject;
    private final Run<?, ?> run;
    private final ScmConnection connection;
    private final PullRequest pullRequest;
    private final PrintStream log;
    private final CheckPublisher publisher = new CheckPublisher();
    private final Renderer renderer = new Renderer();
    private final List<String> problems = new ArrayList<>();
    private String sha;
    private OwedAnswer owed;

    private Answer(
            CheckSubject subject, Run<?, ?> run, ScmConnection connection, PullRequest pullRequest, PrintStream log) {
        this.subject = subject;
        this.run = run;
        this.connection = connection;
        this.pullRequest = pullRequest;
        this.log = log;
    }

    /**
     * Opens the way to the provider and looks at the pull request.
     *
     * @throws ScmException when there is no way to it
     */
    static Answer open(CheckSubject subject, Run<?, ?> run, PrintStream log) throws ScmException {
        ScmConnection connection = subject.integration().connect();
        try {
            PullRequest pullRequest = subject.pullRequest() == 0
                    ? null
                    : connection.pullRequest(subject.repository(), subject.pullRequest());
            return new Answer(subject, run, connection, pullRequest, log);
        } catch (ScmException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** {@return the pull request as the provider has it now, or null when the build is about none} */
    PullRequest pullRequest() {
        return pullRequest;
    }

    /** Chooses the commit that all the rest is about. */
    void about(String commit) {
        this.sha = commit;
    }

    List<String> problems() {
        return problems;
    }

    /** {@return what the build's page shows of it} */
    ReportAction.Published published() {
        return new ReportAction.Published(link(), problems);
    }

    /** {@return the page of the pull request or the commit, for people} */
    private String link() {
        return pullRequest == null
                ? subject.integration().commitUrl(subject.repository(), sha)
                : pullRequest.webUrl();
    }

    /**
     * Says that the check runs. From here on its end is owed: should the build not tell it, {@link Outbox} does.
     */
    void running(String name, String detailsUrl) throws InterruptedException {
        owed = subject.owed(sha, name, run, detailsUrl);
        if (isLeftToAnother()) {
            return;
        }
        Outbox.get().begin(owed);
        told(publisher.publish(connection, target(), renderer.inProgress(name, detailsUrl)));
        // What cannot be told now may well be told at the end, so it is no problem yet.
        problems.clear();
    }

    void aborted(String name, Publication.Conclusion conclusion, String reason, String detailsUrl)
            throws InterruptedException {
        if (isLeftToAnother()) {
            return;
        }
        settled(
                publisher.publish(connection, target(), renderer.aborted(name, conclusion, reason, detailsUrl)),
                owed.ended(conclusion, reason));
    }

    void report(CheckReport report) throws InterruptedException {
        if (isLeftToAnother()) {
            return;
        }
        PublishOutcome outcome = publisher.publish(connection, target(), report);
        outcome.done().forEach(step -> log.println("[scmCheck] Published: " + step));
        if (outcome.isComplete() && outcome.done().isEmpty()) {
            log.println("[scmCheck] Published: everything was there already");
        }
        settled(outcome, owed);
        log.println("[scmCheck] See " + link());
    }

    /** One commit has one check, and what counts there is the pull request, not what was pushed last. */
    private boolean isLeftToAnother() {
        Optional<Long> overtaking = EventDispatcher.get().overtakenBy(run);
        overtaking.ifPresent(number -> {
            log.println("[scmCheck] Not published: the build of pull request #" + number + " answers for this commit");
            Outbox.get().drop(owed);
        });
        return overtaking.isPresent();
    }

    private void settled(PublishOutcome outcome, OwedAnswer answer) {
        told(outcome);
        if (Outbox.get().settle(answer, outcome)) {
            problems.add(Outbox.TRIED_AGAIN);
        }
    }

    private void told(PublishOutcome outcome) {
        outcome.skipped().forEach(s -> problems.add(s.toString()));
        if (outcome.failure() != null) {
            problems.add(outcome.failure().getMessage());
        }
    }

    private Publisher.Target target() {
        return new Publisher.Target(subject.repository(), sha, pullRequest);
    }

    @Override
    public void close() {
        connection.close();
    }
}
