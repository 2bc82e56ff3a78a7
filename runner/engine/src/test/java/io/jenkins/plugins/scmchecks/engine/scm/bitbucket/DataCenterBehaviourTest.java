package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Fix;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Bitbucket Data Center does in its own way. */
class DataCenterBehaviourTest {

    private final DataCenterFixture fixture = new DataCenterFixture();
    private final ScmConnection connection = fixture.provider().connect(fixture.integration());

    @AfterEach
    void close() {
        fixture.close();
    }

    private ScmConnection connect(String project, String token) {
        return fixture.provider().connect(fixture.integration(project, new ScmCredential.Token(token)));
    }

    @Test
    void shouldNotTakeAnAnswerToAnybodyForASignIn() {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> chain.proceed(
                        chain.request().newBuilder().removeHeader("Authorization").build()))
                .build();

        ConnectionReport report =
                new DataCenterProvider(http, Clock.systemUTC()).connect(fixture.integration()).test();

        assertThat(report.status()).isEqualTo(ConnectionReport.Status.UNAUTHORIZED);
        assertThat(report.reason()).contains("as to anybody");
    }

    @Test
    void shouldTellTheVersionAndWhatItLacks() {
        fixture.forge.bitbucketDataCenter().version("8.5.4");

        ConnectionReport report = connection.test();

        assertThat(report.server()).isEqualTo("Bitbucket Data Center 8.5.4");
        assertThat(report.notes()).singleElement().asString().contains("8.9");
        assertThat(report.repositories()).isEqualTo(1);
    }

    @Test
    void shouldNameThePermissionsThatAreMissing() {
        String token = fixture.forge.bitbucketDataCenter().token(fixture.alice, "REPO_READ").value();

        ConnectionReport report = connect("acme", token).test();

        assertThat(report.missing()).hasSize(2);
        assertThat(report.missing().get(0)).startsWith("repository write");
        assertThat(report.missing().get(1)).startsWith("repository admin").contains("webhooks");
    }

    @Test
    void shouldSayThatTheProjectIsNotThereOrTheAccountIsInactive() {
        assertThat(connect("nobody", fixture.token.value()).test().status())
                .isEqualTo(ConnectionReport.Status.NOT_INSTALLED);

        fixture.forge.bitbucketDataCenter().deactivate(fixture.alice);

        assertThat(connection.test().status()).isEqualTo(ConnectionReport.Status.SUSPENDED);
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
        assertThat(changes.files().get("new.txt").basePath()).isEqualTo("old.txt");
    }

    @Test
    void shouldCommentOnAnUnchangedLineOfARenamedFile() throws Exception {
        Repo repo = fixture.repo;
        repo.commit("main", "More", Map.of("old.tf", BitbucketFixture.lines(30)));
        repo.rename("topic", "Rename", "old.tf", Reporting.FILE);
        repo.commit("topic", "Change", Map.of(
                Reporting.FILE, BitbucketFixture.lines(30).replace("line 20\n", "changed\n")));
        long number = repo.openPullRequest("Change", "topic", "main", fixture.alice).number();

        PublishOutcome outcome = Reporting.publish(
                fixture, connection, number, Reporting.finding(20, "wrong"), Reporting.finding(21, "beside it"));

        assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
        assertThat(fixture.page(number).openThreads()).containsExactlyInAnyOrder("a.tf:20", "a.tf:21");
    }

    @Test
    void shouldSuggestForOneLineAndShowTheTextForSeveral() throws Exception {
        long number = fixture.openPullRequest(Reporting.FILE, 30, false);
        Finding one = Reporting.finding(3, "one").withFix(new Fix("Do this", Region.line(3), "mended 3"));
        Finding two = Reporting.finding(7, "two").withFix(new Fix("Do that", Region.lines(7, 8), "mended 7\nmended 8"));

        Reporting.publish(fixture, connection, number, one, two);
        fixture.writes();
        PublishOutcome again = Reporting.publish(fixture, connection, number, one, two);

        assertThat(fixture.pull(number).threads()).extracting(t -> t.comments().get(0).body())
                .anySatisfy(text -> assertThat(text).contains("```suggestion\nmended 3\n```"))
                .anySatisfy(text -> assertThat(text).contains("```text suggestion\nmended 7\nmended 8\n```"));
        assertThat(again.done()).isEmpty();
    }

    @Test
    void shouldWriteTheAnnotationsOnceThoughAnAnswerWasLost() throws Exception {
        long number = fixture.openPullRequest(Reporting.FILE, 1_000, false);
        fixture.forge.failAfter(
                0, (method, path) -> method.equals("POST") && path.endsWith("/annotations"), Fault.dropAfterwards(), 1);

        PublishOutcome outcome = Reporting.publish(fixture, connection, number, Reporting.findings(900));

        assertThat(outcome.isComplete()).as(outcome.toString()).isTrue();
        assertThat(fixture.page(number).annotations()).isEqualTo(900);
    }

    @Test
    void shouldKeepAnswersAndReopenItsThread() throws Exception {
        long number = fixture.openPullRequest(Reporting.FILE, 30, false);
        Reporting.publish(fixture, connection, number, Reporting.finding(3, "wrong"));
        PullRequest pull = fixture.pull(number);
        pull.threads().get(0).comments().add(new Comment(7, fixture.forge.user("bob"), "No", fixture.forge.state().now(), 0));

        Reporting.publish(fixture, connection, number);
        assertThat(fixture.page(number).resolvedThreads()).isEqualTo(1);
        Reporting.publish(fixture, connection, number, Reporting.finding(3, "wrong again"));

        assertThat(fixture.page(number).openThreads()).containsExactly("a.tf:3");
        assertThat(pull.threads()).hasSize(1);
        assertThat(pull.threads().get(0).comments()).hasSize(2);
        assertThat(pull.threads().get(0).comments().get(0).body()).contains("wrong again");
    }

    @Test
    void shouldSayThatAnOldServerResolvesNoThreads() throws Exception {
        fixture.forge.bitbucketDataCenter().version("8.5.4");
        long number = fixture.openPullRequest(Reporting.FILE, 30, false);
        Reporting.publish(fixture, connection, number, Reporting.finding(3, "wrong"));

        PublishOutcome outcome = Reporting.publish(fixture, connection, number);

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.skipped()).singleElement().asString().contains("8.9");
        assertThat(fixture.page(number).check()).isEqualTo("success");
    }

    @Test
    void shouldRepairItsWebhook() throws ScmException {
        URI address = URI.create("https://jenkins.example.org/scm-checks/webhooks/acme");
        fixture.forge.bitbucketDataCenter().addHook(fixture.repo, address.toString(), "", "pr:opened");

        connection.webhooks().ensure(fixture.repository(), address);

        assertThat(fixture.forge.bitbucketDataCenter().hooks(fixture.repo)).singleElement().satisfies(hook -> {
            assertThat(hook.secret()).isEqualTo(BitbucketFixture.SECRET);
            assertThat(hook.events()).containsAll(DataCenterWebhooks.EVENTS);
        });
    }
}
