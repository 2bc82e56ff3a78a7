package io.jenkins.plugins.scmchecks.engine.scm.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.PlanAction;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport.Status;
import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection.Webhooks.Hook;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.forge.azure.AzureToken;
import io.jenkins.plugins.scmchecks.forge.azure.Subscription;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is peculiar to Azure DevOps. */
class AzureDevOpsTest {

    private static final URI ADDRESS = URI.create("https://jenkins.example.org/scm-checks/webhooks/acme");
    private static final String CHECK = Marker.externalId("SCM Checks");

    private final AzureFixture fixture = new AzureFixture();
    private final ScmConnection connection = fixture.provider().connect(fixture.integration());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldUnderstandTheSignInPageOfAnExpiredToken() {
        // Given
        String expired = fixture.forge.azure()
                .token(fixture.alice, fixture.forge.clock().instant().minusSeconds(1), Set.of("vso.code_write"))
                .value();

        // When
        ConnectionReport report = test("acme", expired);

        // Then
        assertThat(report.status()).isEqualTo(Status.UNAUTHORIZED);
        assertThat(report.reason()).contains("203", "expired", "Make a new one");
    }

    @Test
    void shouldUnderstandTheWayToTheSignInPage() {
        fixture.forge.fail(RequestMatcher.any(), Fault.status(302), 10);

        assertThat(connection.test().status()).isEqualTo(Status.UNAUTHORIZED);
    }

    @Test
    void shouldSayWhichScopesAndPermissionsAreMissing() {
        // Given
        String reading = fixture.forge.azure().token(fixture.alice, null, Set.of("vso.code")).value();
        Account bob = fixture.forge.user("bob");
        fixture.acme.member(bob, Account.Role.READ);
        String reader = fixture.forge.azure()
                .token(bob, null, AzureToken.ALL_SCOPES)
                .value();

        // Then
        assertThat(test("acme", reading).missing()).hasSize(2)
                .anyMatch(m -> m.startsWith("scope Pull Request Threads (Read & write)"))
                .anyMatch(m -> m.startsWith("scope Code (Status)"));
        assertThat(test("", reading).missing()).singleElement().asString()
                .startsWith("scope Project and Team (Read)");
        assertThat(test("acme", reader).missing())
                .anyMatch(m -> m.startsWith("permission Contribute to pull requests"));
    }

    @Test
    void shouldSayThatThereIsNoSuchProject() {
        assertThat(test("nowhere", fixture.token.value()).status()).isEqualTo(Status.NOT_INSTALLED);
        assertThat(test("", fixture.token.value())).satisfies(report -> {
            assertThat(report.status()).isEqualTo(Status.ACTIVE);
            assertThat(report.repositories()).isEqualTo(1);
        });
    }

    @Test
    void shouldListEveryProjectWhenNoneIsNamed() throws ScmException {
        fixture.forge.repository(fixture.forge.organization("other project"), "tools");
        List<String> found = new ArrayList<>();

        fixture.provider().connect(fixture.integration("", fixture.token.value()))
                .repositories(r -> found.add(r.path().value() + " " + r.cloneUrl().contains("@")));

        assertThat(found).containsExactlyInAnyOrder("acme/shop false", "other project/tools false");
    }

    @Test
    void shouldSpeakAnOlderServersVersionAndSayWhatItLacks() throws Exception {
        // Given
        fixture.forge.azure().version("6.0");
        long number = fixture.openPullRequest("infra/main.tf", 3, false);

        // When
        ConnectionReport report = connection.test();
        publish(number, Publication.Conclusion.SUCCESS);

        // Then
        assertThat(report.status()).as(report.reason()).isEqualTo(Status.ACTIVE);
        assertThat(report.server()).contains("6.0");
        assertThat(report.notes()).anyMatch(n -> n.contains("2022"));
        assertThat(fixture.page(number).check()).isEqualTo("success");
    }

    @Test
    void shouldTakeARequestToSlowDownForNoFailure() {
        fixture.forge.azure().delay(Duration.ofSeconds(30));

        ConnectionReport report = connection.test();

        assertThat(report.status()).isEqualTo(Status.ACTIVE);
        assertThat(report.notes()).anyMatch(n -> n.contains("delays"));
    }

    @Test
    void shouldWaitAsLongAsTheRealLimitSays() {
        fixture.forge.azure().rateLimit(1);

        assertThatThrownBy(() -> {
            connection.branches(fixture.repository());
            connection.branches(fixture.repository());
        }).isInstanceOfSatisfying(ScmException.class, e -> {
            assertThat(e.reason()).isEqualTo(ScmException.Reason.RATE_LIMITED);
            assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(290), Duration.ofSeconds(300));
        });
    }

    @Test
    void shouldMakeAnotherServiceHookOfOneThatWasSwitchedOff() throws ScmException {
        // Given
        Hook made = connection.webhooks().ensure(fixture.repository(), ADDRESS);
        List<Subscription> subscriptions = fixture.forge.azure().subscriptions(fixture.repo);
        assertThat(subscriptions).extracting(Subscription::event).containsExactly("git.push",
                "git.pullrequest.created", "git.pullrequest.updated");
        fixture.forge.azure().status(subscriptions.get(0), "disabledBySystem");
        fixture.forge.azure().status(subscriptions.get(1), "onProbation");

        // When
        Hook found = connection.webhooks().find(fixture.repository(), ADDRESS).get(0);
        fixture.writes();
        Hook repaired = connection.webhooks().ensure(fixture.repository(), ADDRESS);

        // Then
        assertThat(found.active()).isFalse();
        assertThat(found.problem()).contains("disabledBySystem", "onProbation");
        assertThat(repaired).isEqualTo(made);
        assertThat(repaired.problem()).isEmpty();
        assertThat(fixture.writes()).isEqualTo(2);
    }

    @Test
    void shouldMakeOneServiceHookOfThoseThatTellOfOneKindOfUpdateEach() throws ScmException {
        // Given
        for (String change : List.of("PushNotification", "StatusUpdateNotification")) {
            fixture.forge.azure().subscribe(
                    fixture.repo, "git.pullrequest.updated", change, ADDRESS.toString(), "scm-checks", "a:pass");
        }

        // When
        Hook found = connection.webhooks().find(fixture.repository(), ADDRESS).get(0);
        connection.webhooks().ensure(fixture.repository(), ADDRESS);

        // Then
        assertThat(found.problem()).contains("kinds of change only", "git.push", "git.pullrequest.created");
        assertThat(fixture.forge.azure().subscriptions(fixture.repo))
                .filteredOn(s -> s.event().equals("git.pullrequest.updated"))
                .singleElement()
                .satisfies(s -> assertThat(s.publisherInputs()).doesNotContainKey("notificationType"));
    }

    @Test
    void shouldRemoveServiceHooksThatTellEverythingTwice() throws ScmException {
        connection.webhooks().ensure(fixture.repository(), ADDRESS);
        fixture.forge.azure().subscribe(fixture.repo, "git.push", ADDRESS.toString(), "scm-checks", "a:pass");

        connection.webhooks().ensure(fixture.repository(), ADDRESS);

        assertThat(fixture.forge.azure().subscriptions(fixture.repo)).hasSize(3);
    }

    @Test
    void shouldSaySoWhenAHookHasAnotherUser() throws ScmException {
        fixture.forge.azure().subscribe(fixture.repo, "git.push", ADDRESS.toString(), "somebody", "x");

        assertThat(connection.webhooks().find(fixture.repository(), ADDRESS).get(0).problem())
                .contains("user and password", "git.pullrequest.created");
        assertThat(connection.webhooks().ensure(fixture.repository(), ADDRESS).problem()).isEmpty();
    }

    @Test
    void shouldLeaveToPersonsWhatTheyClosedAndReopenWhatIsNotFixed() throws Exception {
        // Given
        long number = fixture.openPullRequest("infra/main.tf", 5, false);
        Target target = target(number);
        Publisher publisher = connection.publisher();
        publisher.apply(target, new PlanAction.CreateComments(List.of(comment(2), comment(3))));
        publisher.apply(target, new PlanAction.CreateSummary(Marker.ofSummary(CHECK) + "\nAll in all"));
        Observed observed = publisher.observe(target, CHECK);
        assertThat(observed.threads()).hasSize(2).noneMatch(Observed.Thread::resolved);
        assertThat(observed.summary().body()).endsWith("All in all");

        // When we resolve one and a person closes the other
        publisher.apply(target, new PlanAction.ResolveThread(observed.threads().get(0)));
        patch(number, observed.threads().get(1).id(), "wontFix");

        // Then
        assertThat(publisher.observe(target, CHECK).threads())
                .allMatch(Observed.Thread::resolved)
                .extracting(Observed.Thread::resolvedByUs)
                .containsExactly(true, false);
    }

    @Test
    void shouldRefuseTheCommentThatWouldBreakThePageAndWriteTheOthers() throws Exception {
        long number = fixture.openPullRequest("infra/main.tf", 5, false);
        Publication.InlineComment elsewhere =
                new Publication.InlineComment("f-9", "README.md", "README.md", 1, 1, 1, "x");

        List<Publisher.Refusal> refused = connection.publisher()
                .apply(target(number), new PlanAction.CreateComments(List.of(elsewhere, comment(99), comment(2))));

        assertThat(refused).extracting(Publisher.Refusal::fingerprint).containsExactly("f-9", "f-99");
        assertThat(fixture.pull(number).threads()).extracting(ReviewThread::original)
                .extracting(ReviewThread.Anchor::line).containsExactly(2);
    }

    @Test
    void shouldSetTheStatusOfACommitWhereThereIsNoPullRequest() throws Exception {
        Target target = new Target(fixture.repository(), fixture.repo.sha("main"), null);
        Publication.Check check = check(Publication.Conclusion.FAILURE);

        connection.publisher().apply(target, new PlanAction.CreateCheck(check));

        assertThat(fixture.repo.statuses()).singleElement().satisfies(status -> {
            assertThat(status.context()).isEqualTo("scm-checks/SCM Checks");
            assertThat(status.state()).isEqualTo("failure");
        });
        assertThat(connection.publisher().observe(target, CHECK).check().digest())
                .isEqualTo(connection.publisher().digest(check));
    }

    @Test
    void shouldWantAStatusForEachPush() throws Exception {
        // Given
        long number = fixture.openPullRequest("infra/main.tf", 5, false);
        publish(number, Publication.Conclusion.SUCCESS);

        // When
        fixture.push(number, "infra/main.tf", 6);

        // Then
        assertThat(connection.publisher().observe(target(number), CHECK).check()).isNull();
    }

    @Test
    void shouldTellWhichFilesChangedAndCountAllTheirLines() throws Exception {
        fixture.repo.commit("topic", "Change", Map.of("infra/main.tf", "a\n", "app/main.txt", "y\n"));
        fixture.repo.delete("topic", "Delete", "README.md");
        long number = fixture.repo.openPullRequest("Change", "topic", "main", fixture.alice).number();
        PullRequest pullRequest = connection.pullRequest(fixture.repository(), number);

        ChangeSet changes = connection.changes(fixture.repository(), pullRequest);

        assertThat(changes.baseSha()).isEqualTo(fixture.repo.sha("main"));
        assertThat(changes.files()).containsOnlyKeys("infra/main.tf", "app/main.txt", "README.md");
        assertThat(changes.changes("app/main.txt", 1)).isTrue();
        assertThat(changes.changes("README.md", 1)).isFalse();
    }

    private ConnectionReport test(String project, String pat) {
        try (ScmConnection other = fixture.provider().connect(fixture.integration(project, pat))) {
            return other.test();
        }
    }

    private Target target(long number) throws ScmException {
        PullRequest pullRequest = connection.pullRequest(fixture.repository(), number);
        return new Target(fixture.repository(), pullRequest.headSha(), pullRequest);
    }

    private void publish(long number, Publication.Conclusion conclusion) throws ScmException {
        connection.publisher().apply(target(number), new PlanAction.CreateCheck(check(conclusion)));
    }

    private static Publication.Check check(Publication.Conclusion conclusion) {
        return new Publication.Check("SCM Checks", CHECK, conclusion, "Something", "", List.of(), null);
    }

    private static Publication.InlineComment comment(int line) {
        String body = Marker.ofFinding(CHECK, "f-" + line) + "\nLine " + line;
        return new Publication.InlineComment("f-" + line, "infra/main.tf", null, line, line, 0, body);
    }

    private void patch(long number, String thread, String status) throws ScmException {
        AzureSession session = new AzureSession(fixture.integration(), Http.client(), Clock.systemUTC());
        session.api().patch(
                session.repository(fixture.repository(), "pullRequests", Long.toString(number), "threads", thread),
                Map.of("status", status));
    }
}
