package io.jenkins.plugins.scmchecks.engine.scm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.publish.CheckPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.publish.Reconciler;
import io.jenkins.plugins.scmchecks.engine.publish.Renderer;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider does, whatever its API is like. What a provider lacks, its capabilities say. */
public abstract class ProviderContract {

    private static final String FILE = "infra/main.tf";
    private static final Rule RULE = new Rule("SCM-TEST-1", "Something is open", "", null, Severity.HIGH, List.of());
    private static final URI ADDRESS = URI.create("https://jenkins.example.org/scm-checks/webhooks/acme");

    private final List<Duration> pauses = new ArrayList<>();
    private ProviderFixture fixture;
    private ScmConnection connection;

    protected abstract ProviderFixture createFixture() throws Exception;

    @BeforeEach
    void connect() throws Exception {
        fixture = createFixture();
        connection = fixture.provider().connect(fixture.integration());
    }

    @AfterEach
    void disconnect() {
        connection.close();
        fixture.close();
    }

    @Test
    void shouldTellWhoItSignsInAs() {
        ConnectionReport report = connection.test();

        assertThat(report.status()).as(report.reason()).isEqualTo(ConnectionReport.Status.ACTIVE);
        assertThat(report.account()).isNotBlank();
        assertThat(report.missing()).isEmpty();
    }

    @Test
    void shouldSayThatACredentialIsNotKnownAndKeepItToItself() {
        try (ScmConnection revoked = fixture.provider().connect(fixture.withRevokedCredential())) {
            ConnectionReport report = revoked.test();

            assertThat(report.status()).isEqualTo(ConnectionReport.Status.UNAUTHORIZED);
            assertThat(report.reason()).isNotBlank();
            assertThat(report.toString()).doesNotContain(fixture.secret());
        }
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        Integration good = fixture.integration();
        Integration nowhere = new Integration(
                good.name(),
                good.kind(),
                URI.create("http://127.0.0.1:1" + good.apiUrl().getPath()),
                good.organization(),
                good.credential(),
                good.trust());
        try (ScmConnection unreachable = fixture.provider().connect(nowhere)) {
            assertThat(unreachable.test().status()).isEqualTo(ConnectionReport.Status.UNREACHABLE);
        }
    }

    @Test
    void shouldListMoreRepositoriesThanOnePageHolds() throws ScmException {
        // Given
        fixture.addRepositories(1_200);

        // When
        Set<RepositoryPath> paths = new HashSet<>();
        connection.repositories(repository -> paths.add(repository.path()));

        // Then
        assertThat(paths).hasSize(1_201).contains(fixture.repository());
    }

    @Test
    void shouldListBranchesAndFolders() throws ScmException {
        assertThat(connection.branches(fixture.repository())).contains("main");
        if (fixture.hasFolders()) {
            assertThat(connection.folders(fixture.repository(), "main", "")).containsExactly("app");
        }
        assertThat(connection.repository(fixture.repository()).defaultBranch()).isEqualTo("main");
    }

    @Test
    void shouldSayThatARepositoryIsNotToBeSeen() {
        RepositoryPath unknown = new RepositoryPath(fixture.repository().owner() + "/nowhere");
        ScmException e = null;
        try {
            connection.repository(unknown);
        } catch (ScmException thrown) {
            e = thrown;
        }
        assertThat(e).isNotNull();
        assertThat(e.reason()).isIn(ScmException.Reason.NOT_FOUND, ScmException.Reason.FORBIDDEN);
        assertThat(e).hasMessageContaining("nowhere");
    }

    @Test
    void shouldRegisterItsWebhookOnceAndTouchNoOther() throws ScmException {
        assumeThat(connection.capabilities()).contains(Capability.REGISTER_WEBHOOKS);
        // Given
        fixture.addForeignWebhook("https://ci.example.org/hook");

        // When
        connection.webhooks().ensure(fixture.repository(), ADDRESS);
        fixture.writes();
        connection.webhooks().ensure(fixture.repository(), ADDRESS);

        // Then
        assertThat(fixture.writes()).isZero();
        assertThat(connection.webhooks().find(fixture.repository(), ADDRESS)).isNotEmpty().allMatch(h -> h.active());
        assertThat(new HashSet<>(fixture.webhooks()))
                .containsExactlyInAnyOrder("https://ci.example.org/hook", ADDRESS.toString());

        // When
        assertThat(connection.webhooks().remove(fixture.repository(), ADDRESS)).isPositive();

        // Then
        assertThat(fixture.webhooks()).containsExactly("https://ci.example.org/hook");
    }

    @Test
    void shouldKnowItsDeliveriesFromForgedOnes() {
        Delivery good = fixture.deliver(ScmEvent.Type.PUSH);
        var verifier = fixture.provider().verifier();
        var trust = fixture.integration().trust();

        assertThat(verifier.verify(good, trust)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verifier.verify(good, trust)).as("sent again").isEqualTo(verifier.verify(good, trust));
        assertThat(verifier.verify(good, null)).isInstanceOf(Verdict.Refused.class);
        assertThat(verifier.verify(forged(good), trust)).isInstanceOf(Verdict.Refused.class);
        assertThat(verifier.verify(new Delivery("acme", java.util.Map.of(), good.body(), good.receivedAt()), trust))
                .isInstanceOf(Verdict.Refused.class);
    }

    /** {@return the delivery as somebody without the secret would make it; by default, with one byte changed} */
    protected Delivery forged(Delivery good) {
        byte[] body = good.body().clone();
        body[body.length / 2] ^= 1;
        return new Delivery(good.integration(), good.headers(), body, good.receivedAt());
    }

    @Test
    void shouldReadEveryEventThatItTellsOf() throws Exception {
        for (ScmEvent.Type type : fixture.eventTypes()) {
            List<ScmEvent> events = fixture.provider().parser().parse(fixture.deliver(type));

            assertThat(events).as(type.name()).extracting(ScmEvent::type).contains(type);
            for (ScmEvent event : events) {
                if (event instanceof ScmEvent.InRepository in) {
                    assertThat(in.repository()).isEqualTo(fixture.repository());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 51, 1_001})
    void shouldPublishOnceHoweverManyFindings(int count) throws Exception {
        assumeThat(connection.capabilities()).contains(Capability.PULL_REQUESTS);
        // Given
        long number = fixture.openPullRequest(FILE, 1_100, false);
        PullRequest pullRequest = connection.pullRequest(fixture.repository(), number);
        CheckReport report = createReport(pullRequest, lines(1, count), 0);

        // When
        PublishOutcome outcome = publish(pullRequest, report);

        // Then
        assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
        ProviderFixture.Page page = fixture.page(number);
        int limit = connection.publisher().limits().inlineComments();
        assertThat(page.check()).isEqualTo(count == 0 ? "success" : "failure");
        if (connection.capabilities().contains(Capability.CHECKS)) {
            int most = connection.publisher().limits().annotations();
            assertThat(page.annotations()).isEqualTo(Math.min(count, most));
        }
        if (connection.capabilities().contains(Capability.INLINE_COMMENTS)) {
            assertThat(page.openThreads()).hasSize(Math.min(count, limit));
        }
        if (connection.capabilities().contains(Capability.SUMMARY_COMMENT)) {
            assertThat(page.summaries()).hasSize(1);
        }

        // When it is published again
        fixture.writes();
        PublishOutcome again = publish(pullRequest, report);

        // Then nothing is written
        assertThat(again.done()).isEmpty();
        assertThat(fixture.writes()).isZero();
    }

    @Test
    void shouldResolveWhatIsFixedAndWriteOnlyWhatIsNew() throws Exception {
        assumeThat(connection.capabilities()).contains(Capability.INLINE_COMMENTS);
        // Given
        long number = fixture.openPullRequest(FILE, 10, false);
        PullRequest first = connection.pullRequest(fixture.repository(), number);
        publish(first, createReport(first, lines(2, 2), 0));

        // When a push mends line 2 and breaks line 7
        fixture.push(number, FILE, 11);
        PullRequest second = connection.pullRequest(fixture.repository(), number);
        assertThat(second.headSha()).isNotEqualTo(first.headSha());
        PublishOutcome outcome = publish(second, createReport(second, lines(3, 1), 7));

        // Then
        assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
        ProviderFixture.Page page = fixture.page(number);
        assertThat(page.openThreads()).containsExactlyInAnyOrder(FILE + ":3", FILE + ":7");
        if (connection.capabilities().contains(Capability.RESOLVE_THREADS)) {
            assertThat(page.resolvedThreads()).isEqualTo(1);
        }
        assertThat(page.summaries()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void shouldAnswerTheForksPullRequestWhereItIsOpen() throws Exception {
        assumeThat(connection.capabilities()).contains(Capability.PULL_REQUESTS);
        long number = fixture.openPullRequest(FILE, 5, true);
        PullRequest pullRequest = connection.pullRequest(fixture.repository(), number);
        assertThat(pullRequest.fork()).isTrue();

        PublishOutcome outcome = publish(pullRequest, createReport(pullRequest, lines(1, 1), 0));

        assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
        assertThat(fixture.page(number).check()).isEqualTo("failure");
    }

    @Test
    void shouldTellHowLongToWaitWhenThereAreTooManyRequests() throws Exception {
        assumeThat(connection.capabilities()).contains(Capability.PULL_REQUESTS);
        long number = fixture.openPullRequest(FILE, 5, false);
        PullRequest pullRequest = connection.pullRequest(fixture.repository(), number);
        CheckReport report = createReport(pullRequest, lines(1, 2), 0);
        fixture.limitRate(Duration.ofSeconds(600));

        PublishOutcome limited = publish(pullRequest, report);

        assertThat(limited.isComplete()).isFalse();
        assertThat(limited.retryAfter()).hasValueSatisfying(wait -> assertThat(wait)
                .isBetween(Duration.ofSeconds(590), Duration.ofSeconds(610)));

        // When the wait is over
        fixture.limitRate(Duration.ZERO);

        // Then it goes on as if nothing had been
        assertThat(publish(pullRequest, report).isComplete()).isTrue();
        assertThat(fixture.page(number).check()).isEqualTo("failure");
    }

    @Test
    void shouldTryAgainWhenTheServerFailsAndWriteNothingTwice() throws Exception {
        assumeThat(connection.capabilities()).contains(Capability.PULL_REQUESTS);
        long number = fixture.openPullRequest(FILE, 5, false);
        PullRequest pullRequest = connection.pullRequest(fixture.repository(), number);
        fixture.failWrites(500, 2);

        PublishOutcome outcome = publish(pullRequest, createReport(pullRequest, lines(1, 2), 0));

        assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
        assertThat(pauses).isNotEmpty();
        ProviderFixture.Page page = fixture.page(number);
        if (connection.capabilities().contains(Capability.INLINE_COMMENTS)) {
            assertThat(page.openThreads()).containsExactlyInAnyOrder(FILE + ":1", FILE + ":2");
        }
        assertThat(page.summaries()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void shouldSayWhyWhenTheCredentialIsRevokedBeforePublishing() throws Exception {
        assumeThat(connection.capabilities()).contains(Capability.PULL_REQUESTS);
        long number = fixture.openPullRequest(FILE, 5, false);
        PullRequest pullRequest = connection.pullRequest(fixture.repository(), number);
        try (ScmConnection revoked = fixture.provider().connect(fixture.withRevokedCredential())) {
            PublishOutcome outcome = publish(revoked, pullRequest, createReport(pullRequest, lines(1, 1), 0));

            assertThat(outcome.failure()).isNotNull();
            assertThat(outcome.failure().reason()).isEqualTo(ScmException.Reason.UNAUTHORIZED);
            assertThat(outcome.retryAfter()).isEmpty();
            assertThat(outcome.toString()).doesNotContain(fixture.secret());
        }
    }

    private PublishOutcome publish(PullRequest pullRequest, CheckReport report) throws InterruptedException {
        return publish(connection, pullRequest, report);
    }

    private PublishOutcome publish(ScmConnection to, PullRequest pullRequest, CheckReport report)
            throws InterruptedException {
        CheckPublisher publisher =
                new CheckPublisher(new Renderer(), new Reconciler(), pauses::add, 4, Duration.ofMinutes(1));
        return publisher.publish(
                to, new Publisher.Target(fixture.repository(), pullRequest.headSha(), pullRequest), report);
    }

    private static int[] lines(int first, int count) {
        return IntStream.range(first, first + count).toArray();
    }

    /** A report of one finding on each of the lines, and one more on line {@code another} unless that is 0. */
    private static CheckReport createReport(PullRequest pullRequest, int[] lines, int another) {
        FileChange file = new FileChange(
                FILE, null, FileChange.Kind.ADDED, List.of(new FileChange.Hunk(1, 0, 1, 1_100)));
        ChangeSet change = ChangeSet.of(pullRequest.baseSha(), pullRequest.headSha(), List.of(file));
        List<TrackedFinding> findings = new ArrayList<>();
        for (int line : lines) {
            findings.add(createFinding(line));
        }
        if (another > 0) {
            findings.add(createFinding(another));
        }
        return new CheckReport(
                "SCM Checks", change, findings, List.of(), Gate.DEFAULT.evaluate(findings, List.of()), null);
    }

    private static TrackedFinding createFinding(int line) {
        Finding finding = Finding.of("scm-checks", RULE, "line " + line + " is open", new Location(FILE, Region.line(line)))
                .withFingerprint("f".repeat(20) + String.format("%04d", line));
        return new TrackedFinding(finding, TrackedFinding.State.NEW, true);
    }
}
