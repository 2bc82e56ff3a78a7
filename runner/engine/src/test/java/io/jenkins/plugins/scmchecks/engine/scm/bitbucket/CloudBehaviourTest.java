package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Bitbucket Cloud does in its own way. */
class CloudBehaviourTest {

    private final CloudFixture fixture = new CloudFixture(true);
    private final ScmConnection connection = connect(fixture.token.value());

    private ScmConnection connect(String token) {
        return fixture.provider().connect(fixture.integration(new ScmCredential.Token(token)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldNameTheScopesThatAreMissing() {
        String token = fixture.forge.bitbucketCloud().accessToken(fixture.acme, Account.Role.WRITE, "repository").value();

        ConnectionReport report = connect(token).test();

        assertThat(report.missing()).hasSize(2);
        assertThat(report.missing().get(0)).startsWith("pullrequest").contains("comments");
        assertThat(report.missing().get(1)).startsWith("webhook").contains("register");
    }

    @Test
    void shouldSayThatAppPasswordsHaveEnded() {
        String value = fixture.forge.bitbucketCloud().apiToken(fixture.alice, "account", "pullrequest").value();

        ConnectionReport report =
                fixture.provider().connect(fixture.integration(new ScmCredential.UserToken("alice", value))).test();

        assertThat(report.status()).isEqualTo(ConnectionReport.Status.UNAUTHORIZED);
        assertThat(report.reason()).contains("app passwords are no longer accepted").doesNotContain(value);
    }

    @Test
    void shouldSayThatThereIsNoSuchWorkspace() {
        ConnectionReport report = fixture.provider()
                .connect(fixture.integration("nobody", new ScmCredential.Token(fixture.token.value())))
                .test();

        assertThat(report.status()).isEqualTo(ConnectionReport.Status.NOT_INSTALLED);
        assertThat(report.reason()).contains("nobody");
    }

    @Test
    void shouldNotFollowANextPageToAnotherHost() {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .body(ResponseBody.create(
                                "{\"values\":[],\"next\":\"https://evil.example/2.0/repositories/acme?page=2\"}",
                                MediaType.get("application/json")))
                        .build())
                .build();
        try (ScmConnection elsewhere = new CloudProvider(http, Clock.systemUTC()).connect(fixture.integration())) {
            assertThatThrownBy(() -> elsewhere.repositories(r -> {}))
                    .isInstanceOf(ScmException.class)
                    .hasMessageContaining("another address");
        }
    }

    @Test
    void shouldGiveCommitsInFullAndAddressesWithoutAName() throws ScmException {
        long number = fixture.openPullRequest(Reporting.FILE, 3, false);

        assertThat(connection.pullRequest(fixture.repository(), number).headSha())
                .isEqualTo(fixture.pull(number).headSha());
        assertThat(connection.pullRequest(fixture.repository(), number).baseSha())
                .isEqualTo(fixture.pull(number).baseSha());
        assertThat(connection.repository(fixture.repository()).cloneUrl())
                .isEqualTo(fixture.forge.cloneUrl(fixture.repo));
    }

    @Test
    void shouldReadFoldersOfBranchesWithASlashInTheirName() throws ScmException {
        fixture.repo.commit("feature/x \"y\"".replace(" ", "-"), "Add", Map.of("app/deep/a.txt", "x\n"));

        assertThat(connection.folders(fixture.repository(), "feature/x-\"y\"", "app")).containsExactly("deep");
        assertThatThrownBy(() -> connection.folders(fixture.repository(), "nowhere", ""))
                .hasMessageContaining("no branch or tag 'nowhere'");
    }

    @Test
    void shouldReadTheChangedLinesOfAPullRequest() throws ScmException {
        Repo repo = fixture.repo;
        repo.commit("main", "More", Map.of("old.txt", BitbucketFixture.lines(30), "gone.txt", "x\n"));
        repo.commit("topic", "Change", Map.of("app/main.txt", "y\n"));
        repo.rename("topic", "Rename", "old.txt", "new.txt");
        repo.delete("topic", "Delete", "gone.txt");
        long number = repo.openPullRequest("Change", "topic", "main", fixture.alice).number();

        ChangeSet changes =
                connection.changes(fixture.repository(), connection.pullRequest(fixture.repository(), number));

        assertThat(changes.files().keySet()).containsExactlyInAnyOrder("app/main.txt", "new.txt", "gone.txt");
        assertThat(changes.files().get("app/main.txt").hunks()).containsExactly(new FileChange.Hunk(1, 30, 1, 1));
        assertThat(changes.files().get("new.txt").kind()).isEqualTo(FileChange.Kind.RENAMED);
        assertThat(changes.files().get("new.txt").hunks()).isEmpty();
        assertThat(changes.files().get("gone.txt").kind()).isEqualTo(FileChange.Kind.DELETED);
    }

    @Test
    void shouldHideItsMarkersAndShowNoHtml() throws Exception {
        long number = fixture.openPullRequest(Reporting.FILE, 30, false);

        Reporting.publish(fixture, connection, number, Reporting.finding(3, "wrong"));

        PullRequest pull = fixture.pull(number);
        String comment = pull.threads().get(0).comments().get(0).body();
        assertThat(comment).startsWith("[//]: # (scm-checks:").doesNotContain("<sub>", "<details>", "<!--");
        assertThat(comment).contains("```html\n</details>\n```");
        assertThat(pull.comments().get(0).body()).startsWith("[//]: # (scm-checks:").doesNotContain("<!--");
    }

    @Test
    void shouldCutWhatIsTooLongForAnAnnotation() throws Exception {
        long number = fixture.openPullRequest(Reporting.FILE, 30, false);

        PublishOutcome outcome =
                Reporting.publish(fixture, connection, number, Reporting.finding(3, "long ".repeat(2_000)));

        assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
        assertThat(fixture.page(number).annotations()).isEqualTo(1);
    }

    @Test
    void shouldWriteAReportAnewWhenItWasNotFinished() throws Exception {
        long number = fixture.openPullRequest(Reporting.FILE, 300, false);
        fixture.forge.failAfter(
                1, (method, path) -> method.equals("POST") && path.endsWith("/annotations"), Fault.dropAfterwards(), 1);

        PublishOutcome outcome = Reporting.publish(fixture, connection, number, Reporting.findings(250));

        assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
        assertThat(fixture.page(number).annotations()).isEqualTo(250);
        assertThat(fixture.page(number).check()).isEqualTo("failure");
    }

    @Test
    void shouldTakeAwayTheAnnotationsOfWhatIsMended() throws Exception {
        long number = fixture.openPullRequest(Reporting.FILE, 300, false);
        Reporting.publish(fixture, connection, number, Reporting.findings(3));

        Reporting.publish(fixture, connection, number, Reporting.finding(2, "wrong 2"));

        assertThat(fixture.page(number).annotations()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeAPersonsCommentForItsOwn() throws Exception {
        // Given somebody who copies our comment with its marker
        long number = fixture.openPullRequest(Reporting.FILE, 30, false);
        Reporting.publish(fixture, connection, number, Reporting.finding(3, "wrong"));
        PullRequest pull = fixture.pull(number);
        String copied = pull.comments().get(0).body();
        pull.comments().clear();
        pull.comments().add(new Comment(7, fixture.alice, copied, fixture.forge.state().now(), 0));

        // When
        PublishOutcome outcome = Reporting.publish(fixture, connection, number, Reporting.finding(3, "else"));

        // Then
        assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
        assertThat(pull.comments()).hasSize(2);
        assertThat(pull.comments().get(0).body()).isEqualTo(copied);
    }

    @Test
    void shouldLeaveAThreadResolvedThatAPersonResolved() throws Exception {
        long number = fixture.openPullRequest(Reporting.FILE, 30, false);
        Reporting.publish(fixture, connection, number, Reporting.finding(3, "wrong"));
        ReviewThread thread = fixture.pull(number).threads().get(0);
        thread.resolve(fixture.alice);
        fixture.writes();

        PublishOutcome outcome = Reporting.publish(fixture, connection, number, Reporting.finding(3, "wrong"));

        assertThat(outcome.done()).isEmpty();
        assertThat(thread.resolvedBy()).isEqualTo(fixture.alice);
    }

    @Test
    void shouldReopenItsThreadWhenTheFindingIsBack() throws Exception {
        long number = fixture.openPullRequest(Reporting.FILE, 30, false);
        Reporting.publish(fixture, connection, number, Reporting.finding(3, "wrong"));
        Reporting.publish(fixture, connection, number);
        assertThat(fixture.page(number).resolvedThreads()).isEqualTo(1);

        Reporting.publish(fixture, connection, number, Reporting.finding(3, "wrong"));

        assertThat(fixture.page(number).openThreads()).containsExactly("a.tf:3");
        assertThat(fixture.pull(number).threads()).hasSize(1);
    }

    @Test
    void shouldCommentOnAForksPullRequestAndSayWhyThereIsNoReport() throws Exception {
        // Given a base repository that does not know the fork's commit
        long number = fixture.openPullRequest(Reporting.FILE, 30, true);
        fixture.forge.bitbucketCloud().hideForkCommits();

        // When
        PublishOutcome outcome = Reporting.publish(fixture, connection, number, Reporting.finding(3, "wrong"));

        // Then
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.skipped()).hasSize(1);
        assertThat(outcome.skipped().get(0).toString()).contains("does not know the fork's commit");
        assertThat(fixture.page(number).openThreads()).containsExactly("a.tf:3");
    }

    @Test
    void shouldRepairItsWebhook() throws ScmException {
        URI address = URI.create("https://jenkins.example.org/scm-checks/webhooks/acme");
        fixture.forge.bitbucketCloud().addHook(fixture.repo, address.toString(), "", "repo:push");
        assertThat(connection.webhooks().find(fixture.repository(), address).get(0).problem())
                .contains("pullrequest:created", "no secret");

        connection.webhooks().ensure(fixture.repository(), address);

        assertThat(connection.webhooks().find(fixture.repository(), address))
                .singleElement()
                .satisfies(hook -> assertThat(hook.problem()).isEmpty());
        assertThat(fixture.forge.bitbucketCloud().hooks(fixture.repo)).hasSize(1);
        assertThat(List.copyOf(fixture.forge.bitbucketCloud().hooks(fixture.repo)).get(0).secret())
                .isEqualTo(BitbucketFixture.SECRET);
    }
}
