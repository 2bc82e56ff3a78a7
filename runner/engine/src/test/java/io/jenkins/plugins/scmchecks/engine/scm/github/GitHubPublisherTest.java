package io.jenkins.plugins.scmchecks.engine.scm.github;

import static io.jenkins.plugins.scmchecks.engine.scm.github.GitHubForge.finding;
import static io.jenkins.plugins.scmchecks.engine.scm.github.GitHubForge.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.Capability;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubPublisherTest {

    private final GitHubForge github = new GitHubForge();

    @AfterEach
    void stop() {
        github.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 1, 1", "51, 51, 50", "1001, 1000, 50"})
    void shouldPublishAnyNumberOfFindingsAndNothingTheSecondTime(int count, int annotations, int comments)
            throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();

        // When
        PublishOutcome outcome = github.publish(connection, findings(count), List.of());

        // Then
        assertThat(outcome.isComplete()).as("%s", outcome).isTrue();
        Check check = onlyCheck();
        assertThat(check.status()).isEqualTo("completed");
        assertThat(check.conclusion()).isEqualTo(count == 0 ? "success" : "failure");
        assertThat(check.annotations()).hasSize(annotations).doesNotHaveDuplicates();
        assertThat(check.detailsUrl()).isEqualTo("https://ci.example/job/1/");
        assertThat(github.pull.threads()).hasSize(comments);
        assertThat(github.pull.comments()).hasSize(1);

        // When, Then
        assertThat(github.publish(connection, findings(count), List.of()).done()).isEmpty();
        assertThat(github.forge.writes()).isEmpty();
    }

    @Test
    void shouldWriteFewRequests() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();

        // When
        github.publish(connection, findings(20), List.of());

        // Then: the check with its annotations, one review, the summary
        assertThat(github.forge.writes()).hasSize(3);
        assertThat(github.pull.reviews()).hasSize(1);
    }

    @Test
    void shouldResolveTheThreadOfWhatIsFixedAndWriteWhatIsNew() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        github.publish(connection, List.of(finding("main.tf", 20), finding("new.tf", 5)), List.of());
        ReviewThread fixed = threadOf("main.tf");
        ReviewThread kept = threadOf("new.tf");

        // When: a second push fixes one finding and adds another
        github.shop.commit("feature", "Mend", Map.of("main.tf", GitHubForge.lines(1, 40), "added.tf", "x\n"));
        PublishOutcome outcome = github.publish(
                connection, List.of(finding("new.tf", 5), finding("added.tf", 1)), List.of(finding("main.tf", 20)));

        // Then
        assertThat(outcome.isComplete()).as("%s", outcome).isTrue();
        assertThat(github.pull.threads()).hasSize(3);
        assertThat(fixed.resolved()).isTrue();
        assertThat(fixed.resolvedBy()).isEqualTo(github.app.bot());
        assertThat(kept.resolved()).isFalse();
        assertThat(kept.comments()).hasSize(1);
        assertThat(github.pull.comments()).singleElement().satisfies(c -> assertThat(c.body())
                .contains("2 new findings, 1 fixed · gate failed"));
        assertThat(github.shop.checks(github.pull.headSha())).hasSize(1);

        // When, Then: nothing is left to do
        github.publish(
                connection, List.of(finding("new.tf", 5), finding("added.tf", 1)), List.of(finding("main.tf", 20)));
        assertThat(github.forge.writes()).isEmpty();
    }

    @Test
    void shouldReopenWhatWeResolvedAndLeaveWhatAPersonResolved() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        List<Finding> both = List.of(finding("main.tf", 20), finding("new.tf", 5));
        github.publish(connection, both, List.of());
        threadOf("new.tf").resolve(github.alice);
        github.publish(connection, List.of(finding("new.tf", 5)), List.of());
        assertThat(threadOf("main.tf").resolved()).isTrue();

        // When
        github.publish(connection, both, List.of());

        // Then
        assertThat(threadOf("main.tf").resolved()).isFalse();
        assertThat(threadOf("new.tf").resolvedBy()).isEqualTo(github.alice);
        assertThat(github.pull.threads()).hasSize(2);
    }

    @Test
    void shouldMarkCommentsAsFixedWhereItMayNotResolveThreads() throws Exception {
        // Given
        github.installation.grant(GitHubForge.permissions("contents:read"));
        ScmConnection connection = github.connectAsApp();
        assertThat(connection.capabilities()).contains(Capability.CHECKS).doesNotContain(Capability.RESOLVE_THREADS);
        github.publish(connection, List.of(finding("main.tf", 20)), List.of());
        String before = bodyOf(threadOf("main.tf"));

        // When
        PublishOutcome outcome = github.publish(connection, List.of(), List.of());

        // Then
        assertThat(outcome.isComplete()).as("%s", outcome).isTrue();
        assertThat(bodyOf(threadOf("main.tf"))).contains("**Fixed.**").contains("Something is wrong");
        github.publish(connection, List.of(), List.of());
        assertThat(github.forge.writes()).isEmpty();

        // When, Then: it is back
        github.publish(connection, List.of(finding("main.tf", 20)), List.of());
        assertThat(bodyOf(threadOf("main.tf"))).isEqualTo(before);
        assertThat(github.pull.threads()).hasSize(1);
    }

    @Test
    void shouldShowTheSameCheckRunInProgressAndCompleted() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        Publisher.Target target = github.target(connection);

        // When
        github.publisher(1).publish(
                connection, target, github.renderer.inProgress(GitHubForge.CHECK, "https://ci.example/job/1/"));

        // Then
        assertThat(onlyCheck().status()).isEqualTo("in_progress");
        assertThat(github.pull.threads()).isEmpty();
        assertThat(github.pull.comments()).isEmpty();

        // When, Then
        github.publish(connection, findings(60), List.of());
        assertThat(onlyCheck().status()).isEqualTo("completed");
        assertThat(onlyCheck().annotations()).hasSize(60);
    }

    @Test
    void shouldBeginANewCheckRunForANewAnalysisOfTheSameCommit() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        github.publish(connection, findings(2), List.of());

        // When
        github.publisher(1).publish(
                connection, github.target(connection), github.renderer.inProgress(GitHubForge.CHECK, null));
        github.publish(connection, findings(1), List.of());

        // Then
        List<Check> checks = github.shop.checks(github.pull.headSha());
        assertThat(checks).hasSize(2);
        Check newest = checks.stream().max((a, b) -> Long.compare(a.id(), b.id())).orElseThrow();
        assertThat(newest.status()).isEqualTo("completed");
        assertThat(newest.annotations()).hasSize(1);
    }

    @Test
    void shouldLeaveCommentsAloneWhenAnAnalysisWasAborted() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        github.publish(connection, findings(1), List.of());
        String summary = github.pull.comments().get(0).body();

        // When
        github.publisher(1).publish(
                connection,
                github.target(connection),
                github.renderer.aborted(
                        GitHubForge.CHECK, Publication.Conclusion.CANCELLED, "Stopped by *alice* @acme", null));

        // Then
        assertThat(github.shop.checks(github.pull.headSha()))
                .extracting(Check::conclusion)
                .contains("cancelled");
        assertThat(github.pull.threads()).noneMatch(ReviewThread::resolved);
        assertThat(github.pull.comments().get(0).body()).isEqualTo(summary);
    }

    @Test
    void shouldContinueACheckRunWhoseAnnotationsAreNotAllThere() throws Exception {
        // Given: the third batch fails, and the process does not try again
        ScmConnection connection = github.connectAsApp();
        Publisher.Target target = github.target(connection);
        CheckReport report = github.report(connection, findings(180), List.of());
        github.forge.failAfter(
                1, RequestMatcher.of("PATCH", "/api/v3/repos/acme/shop/check-runs/*"), Fault.status(502), 1);
        PublishOutcome first = github.publisher(1).publish(connection, target, report);
        assertThat(first.failure()).isNotNull();
        assertThat(onlyCheck().status()).isEqualTo("in_progress");
        assertThat(onlyCheck().annotations()).hasSize(100);

        // When
        PublishOutcome second = github.publisher(1).publish(connection, target, report);

        // Then
        assertThat(second.isComplete()).as("%s", second).isTrue();
        assertThat(onlyCheck().status()).isEqualTo("completed");
        assertThat(onlyCheck().annotations()).hasSize(180).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v3/repos/acme/shop/check-runs",
                "/api/v3/repos/acme/shop/pulls/1/reviews",
                "/api/v3/repos/acme/shop/issues/1/comments"
            })
    void shouldNotDoAgainWhatWasDoneWhenOnlyTheAnswerWasLost(String path) throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        github.forge.fail(RequestMatcher.of("POST", path), Fault.dropAfterwards(), 1);

        // When
        PublishOutcome outcome = github.publish(connection, findings(3), List.of());

        // Then
        assertThat(outcome.isComplete()).as("%s", outcome).isTrue();
        assertThat(onlyCheck().annotations()).hasSize(3);
        assertThat(github.pull.threads()).hasSize(3);
        assertThat(github.pull.comments()).hasSize(1);
        assertThat(github.pauses).hasSize(1);
    }

    @Test
    void shouldWaitAsLongAsGitHubAsksFor() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        github.forge.fail(
                RequestMatcher.of("POST", "/api/v3/repos/acme/shop/pulls/1/reviews"),
                Fault.retryAfter(403, Duration.ofSeconds(7)),
                1);

        // When
        PublishOutcome outcome = github.publish(connection, findings(2), List.of());

        // Then
        assertThat(github.pauses).containsExactly(Duration.ofSeconds(7));
        assertThat(outcome.isComplete()).isTrue();
        assertThat(github.pull.threads()).hasSize(2);
    }

    @Test
    void shouldLeaveALongWaitToItsCallerAndGoOnLater() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        github.forge.fail(
                RequestMatcher.of("POST", "/api/v3/repos/acme/shop/issues/1/comments"),
                Fault.retryAfter(429, Duration.ofMinutes(10)),
                1);

        // When
        PublishOutcome outcome = github.publish(connection, findings(2), List.of());

        // Then
        assertThat(github.pauses).isEmpty();
        assertThat(outcome.retryAfter()).contains(Duration.ofMinutes(10));
        assertThat(outcome.done()).hasSize(2);
        assertThat(github.publish(connection, findings(2), List.of()).done()).hasSize(1);
        assertThat(github.forge.writes()).hasSize(1);
    }

    @Test
    void shouldTellWhenThePrimaryLimitEnds() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        Publisher.Target target = github.target(connection);
        CheckReport report = github.report(connection, findings(2), List.of());
        github.forge.rateLimit(1);

        // When
        PublishOutcome outcome = github.publisher(3).publish(connection, target, report);

        // Then
        assertThat(outcome.failure().reason()).isEqualTo(ScmException.Reason.RATE_LIMITED);
        assertThat(outcome.retryAfter().orElseThrow()).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
    }

    @Test
    void shouldSurviveServerErrorsAndGiveUpInTheEnd() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        github.forge.fail(RequestMatcher.of("POST", "/api/v3/repos/acme/shop/check-runs"), Fault.status(500), 2);

        // When, Then
        assertThat(github.publish(connection, findings(1), List.of()).isComplete()).isTrue();
        assertThat(github.pauses).hasSize(2);

        // When: it does not end
        github.forge.fail(RequestMatcher.of("*", "/api/v3/repos/acme/shop/commits/**"), Fault.status(503), 99);
        PublishOutcome outcome = github.publish(connection, findings(2), List.of());

        // Then
        assertThat(outcome.failure().reason()).isEqualTo(ScmException.Reason.UNAVAILABLE);
        assertThat(outcome.failure()).hasMessageContaining("503").hasMessageContaining("check-runs");
        assertThat(github.pauses).hasSize(4);
    }

    @Test
    void shouldSayThatTheInstallationIsGone() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        Publisher.Target target = github.target(connection);
        CheckReport report = github.report(connection, findings(1), List.of());
        github.installation.delete();

        // When
        PublishOutcome outcome = github.publisher(3).publish(connection, target, report);

        // Then
        assertThat(outcome.failure()).isNotNull();
        assertThat(outcome.failure().isTransient()).isFalse();
        assertThat(github.pauses).isEmpty();
    }

    @Test
    void shouldDoTheOthersWhenOneStepLacksAPermission() throws Exception {
        // Given
        github.installation.grant(GitHubForge.permissions("pull_requests:read"));
        ScmConnection connection = github.connectAsApp();

        // When
        PublishOutcome outcome = github.publish(connection, findings(2), List.of());

        // Then
        assertThat(onlyCheck().annotations()).hasSize(2);
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.skipped()).isNotEmpty();
        assertThat(outcome.skipped().get(0).step()).isEqualTo("write 2 inline comments");
        assertThat(outcome.skipped().get(0).reason()).contains("pull_requests=write");
    }

    @Test
    void shouldAnswerAPullRequestOfAFork() throws Exception {
        // Given
        Account stranger = github.forge.user("stranger");
        Repo fork = github.shop.fork(stranger);
        String head = fork.commit("evil", "From outside", Map.of("fork.tf", "x\n"));
        PullRequest pull = github.shop.openPullRequest("Fork", "", fork, "evil", "main", stranger);
        ScmConnection connection = github.connectAsApp();
        Publisher.Target target = github.target(connection, pull);
        CheckReport report = GitHubForge.report(
                connection.changes(GitHubForge.SHOP, target.pullRequest()),
                List.of(finding("fork.tf", 1)),
                List.of(),
                List.of());

        // When
        PublishOutcome outcome = github.publisher(1).publish(connection, target, report);

        // Then
        assertThat(target.pullRequest().fork()).isTrue();
        assertThat(outcome.isComplete()).as("%s", outcome).isTrue();
        assertThat(github.shop.checks(head)).hasSize(1);
        assertThat(pull.threads()).hasSize(1);
        github.forge.resetRequests();
        github.publisher(1).publish(connection, target, report);
        assertThat(github.forge.writes()).isEmpty();
    }

    @Test
    void shouldListInTheSummaryWhatGitHubDoesNotTakeOnTheDiff() throws Exception {
        // Given: the change set is of the first push, the pull request has moved on
        ScmConnection connection = github.connectAsApp();
        CheckReport report =
                github.report(connection, List.of(finding("new.tf", 1_200), finding("main.tf", 20)), List.of());
        github.shop.commit("feature", "Shorter", Map.of("new.tf", GitHubForge.lines(1, 10)));
        Publisher.Target target = github.target(connection);

        // When
        PublishOutcome outcome = github.publisher(1).publish(connection, target, report);

        // Then
        assertThat(outcome.failure()).isNull();
        assertThat(github.pull.threads()).singleElement().satisfies(t -> assertThat(t.original().path())
                .isEqualTo("main.tf"));
        assertThat(github.pull.comments()).singleElement().satisfies(c -> assertThat(c.body())
                .contains("not accepted on this line")
                .contains("new.tf:1200"));

        // When, Then: it is not tried again
        github.forge.resetRequests();
        github.publisher(1).publish(connection, target, report);
        assertThat(github.forge.writes()).isEmpty();
    }

    @Test
    void shouldNotTakeOthersCommentsForOurs() throws Exception {
        // Given: somebody copies our texts
        ScmConnection connection = github.connectAsApp();
        github.publish(connection, List.of(finding("main.tf", 20)), List.of());
        String summary = github.pull.comments().get(0).body();
        github.pull.comments().clear();
        github.pull.comments().add(
                new Comment(9_999, github.alice, summary, github.forge.clock().instant(), 0));

        // When
        github.publish(connection, List.of(finding("main.tf", 20)), List.of());

        // Then
        assertThat(github.pull.comments()).hasSize(2);
        assertThat(github.pull.comments().get(0).body()).isEqualTo(summary);
    }

    @Test
    void shouldCutTextsThatAreTooLong() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        List<Finding> findings = findings(400).stream()
                .map(f -> finding("new.tf", f.location().line(), "long ".repeat(20_000) + f.location()))
                .toList();

        // When
        PublishOutcome outcome = github.publish(connection, findings, List.of());

        // Then
        assertThat(outcome.isComplete()).as("%s", outcome).isTrue();
        assertThat(github.pull.comments().get(0).body()).contains("…and").contains("more.");
        github.publish(connection, findings, List.of());
        assertThat(github.forge.writes()).isEmpty();
    }

    @Test
    void shouldSetACommitStatusByToken() throws Exception {
        // Given
        ScmConnection connection = github.connectByToken("repo");
        Publisher.Target target = github.target(connection);

        // When
        github.publisher(1).publish(connection, target, github.renderer.inProgress(GitHubForge.CHECK, null));
        PublishOutcome outcome = github.publish(connection, findings(2), List.of());

        // Then
        assertThat(outcome.isComplete()).as("%s", outcome).isTrue();
        assertThat(github.shop.statuses().stream().map(s -> s.context() + " " + s.state()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("scm-checks pending", "scm-checks failure");
        assertThat(github.pull.threads()).hasSize(2).allSatisfy(t -> assertThat(
                        t.comments().get(0).author())
                .isEqualTo(github.alice));
        assertThat(github.pull.comments()).hasSize(1);
        github.publish(connection, findings(2), List.of());
        assertThat(github.forge.writes()).isEmpty();

        // When, Then: a fixed one is resolved by the token's user
        github.publish(connection, findings(1), List.of(finding("new.tf", 2)));
        assertThat(github.pull.threads()).filteredOn(ReviewThread::resolved).hasSize(1);
    }

    @Test
    void shouldPublishOnlyTheCheckOfACommitWithoutPullRequest() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        CheckReport report = github.report(connection, findings(1), List.of());
        Publisher.Target target = new Publisher.Target(GitHubForge.SHOP, github.pull.headSha(), null);

        // When
        PublishOutcome outcome = github.publisher(1).publish(connection, target, report);

        // Then
        assertThat(outcome.isComplete()).as("%s", outcome).isTrue();
        assertThat(onlyCheck().annotations()).hasSize(1);
        assertThat(github.pull.threads()).isEmpty();
    }

    private Check onlyCheck() {
        List<Check> checks = github.shop.checks(github.pull.headSha());
        assertThat(checks).hasSize(1);
        return checks.get(0);
    }

    private ReviewThread threadOf(String path) {
        return github.pull.threads().stream()
                .filter(t -> t.original().path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String bodyOf(ReviewThread thread) {
        return thread.comments().get(0).body();
    }
}
