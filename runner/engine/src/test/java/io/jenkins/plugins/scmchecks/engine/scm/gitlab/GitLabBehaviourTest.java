package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.PlanAction;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.Conclusion;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.InlineComment;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential.OAuthClient;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.forge.git.Edit;
import io.jenkins.plugins.scmchecks.forge.gitlab.GitLabApplication;
import io.jenkins.plugins.scmchecks.forge.gitlab.GitLabHook;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is peculiar to GitLab. */
class GitLabBehaviourTest {

    private static final String CHECK = Marker.externalId("SCM Checks");
    private static final URI ADDRESS = URI.create("https://jenkins.example.org/scm-checks/webhooks/acme");

    private GitLabFixture fixture;
    private ScmConnection connection;

    @BeforeEach
    void connect() {
        fixture = new GitLabFixture("webhook-secret");
        connection = fixture.provider().connect(fixture.integration());
    }

    @AfterEach
    void disconnect() {
        fixture.close();
    }

    @Test
    void shouldCommentOnAnUnchangedLineByBothItsNumbers() throws Exception {
        // Given a line before line 20, which is 21 in the head then
        Publisher.Target target = createChange(GitLabFixture.lines(30).replace("line 20\n", "new\nline 20\n"));
        InlineComment unchanged = createComment("f1", "app/main.txt", 21, 20, "text");
        InlineComment added = createComment("f2", "app/main.txt", 20, 0, "text");
        InlineComment wrong = createComment("f3", "app/main.txt", 22, 0, "text");

        // When
        List<Publisher.Refusal> refused =
                connection.publisher().apply(target, new PlanAction.CreateComments(List.of(wrong, unchanged, added)));

        // Then the one whose numbers are wrong costs only itself
        assertThat(refused).extracting(Publisher.Refusal::fingerprint).containsExactly("f3");
        assertThat(refused.get(0).reason()).contains("line_code");
        assertThat(fixture.page(target.pullRequest().number()).openThreads())
                .containsExactly("app/main.txt:21", "app/main.txt:20");
    }

    @Test
    void shouldWaitForADiffThatIsNotPreparedYet() throws Exception {
        Publisher.Target target = createChange("changed\n");
        Publisher.Target early = new Publisher.Target(target.repository(), "e".repeat(40), target.pullRequest());

        assertThatThrownBy(() -> connection.publisher().apply(
                        early, new PlanAction.CreateComments(List.of(createComment("f", "app/main.txt", 1, 0, "x")))))
                .isInstanceOfSatisfying(ScmException.class, e -> assertThat(e.isTransient()).isTrue());
    }

    @Test
    void shouldNotRunCommandsOfAFinding() throws Exception {
        // Given
        Publisher.Target target = createChange("changed\n");
        String body = "danger\n/close\n```suggestion\n/etc\n```\n";

        // When
        connection.publisher().apply(target, new PlanAction.CreateComments(
                List.of(createComment("f", "app/main.txt", 1, 0, body))));
        connection.publisher().apply(target, new PlanAction.CreateSummary(Marker.ofSummary(CHECK) + "\n/close\n"));

        // Then the merge request stands open, and what is read is what was wanted
        assertThat(fixture.pull(target.pullRequest().number()).open()).isTrue();
        Observed observed = connection.publisher().observe(target, CHECK);
        assertThat(observed.threads()).singleElement().satisfies(t -> assertThat(t.body()).endsWith(body));
        assertThat(observed.summary().body()).endsWith("\n/close\n");
        assertThat(fixture.pull(target.pullRequest().number()).threads().get(0).comments().get(0).body())
                .contains("```suggestion:-0+0\n/etc\n");
    }

    @Test
    void shouldTellItsOwnThreadsFromThoseOfOthersAndWhoResolvedThem() throws Exception {
        // Given a thread of ours, resolved by a person, and a person's that quotes our marker
        Publisher.Target target = createChange("changed\n");
        connection.publisher().apply(target, new PlanAction.CreateComments(
                List.of(createComment("f", "app/main.txt", 1, 0, "x"))));
        var pull = fixture.pull(target.pullRequest().number());
        pull.threads().get(0).resolve(fixture.alice);
        pull.threads().get(0).comments().add(new Comment(1, fixture.alice, "I disagree", Instant.EPOCH, 0));
        pull.comments().add(new Comment(2, fixture.alice, Marker.ofSummary(CHECK) + "\nmine", Instant.EPOCH, 0));

        // When
        Observed observed = connection.publisher().observe(target, CHECK);

        // Then
        assertThat(observed.summary()).isNull();
        assertThat(observed.threads()).singleElement().satisfies(thread -> {
            assertThat(thread.resolved()).isTrue();
            assertThat(thread.resolvedByUs()).isFalse();
            assertThat(thread.replies()).isEqualTo(1);
        });
    }

    @Test
    void shouldPutTheStatusIntoTheMergeRequestsPipeline() throws Exception {
        // Given
        Publisher.Target target = createChange("changed\n");
        String ref = "refs/merge-requests/" + target.pullRequest().number() + "/head";
        long own = fixture.forge.gitlab().addPipeline(fixture.repo, target.headSha(), ref);
        fixture.forge.gitlab().addPipeline(fixture.repo, target.headSha(), "another-branch");

        // When
        setStatus(target, Conclusion.IN_PROGRESS, "running");
        setStatus(target, Conclusion.SUCCESS, "No new findings");

        // Then no further pipeline was made, and the status moved on in its own
        assertThat(fixture.forge.gitlab().pipelines(fixture.repo, target.headSha())).hasSize(2).contains(own);
        assertThat(fixture.repo.statuses()).singleElement().satisfies(s -> assertThat(s.state()).isEqualTo("success"));
    }

    @Test
    void shouldTakeAStateThatIsThereAlreadyForDone() throws Exception {
        Publisher.Target target = createChange("changed\n");

        setStatus(target, Conclusion.IN_PROGRESS, "running");
        setStatus(target, Conclusion.IN_PROGRESS, "still running");

        Publication.Check other = createCheck(Conclusion.IN_PROGRESS, "yet another title");
        assertThat(connection.publisher().observe(target, CHECK).check().digest())
                .isEqualTo(connection.publisher().digest(other));
        setStatus(target, Conclusion.FAILURE, "1 new finding");
        assertThat(fixture.page(target.pullRequest().number()).check()).isEqualTo("failure");
    }

    @Test
    void shouldSayWhyAForksCommitHasNoStatus() throws Exception {
        // Given a fork that the token's bot cannot see, with a branch whose name the target has as well
        var fork = fixture.repo.fork(fixture.alice);
        fork.commit("main", "Change", Map.of("app/main.txt", "changed\n"));
        long number = fixture.repo.openPullRequest("Fork", "", fork, "main", "main", fixture.alice).number();
        assertThat(target(number).pullRequest().headRepository()).isNull();
        assertThatThrownBy(() -> setStatus(target(number), Conclusion.FAILURE, "1 new finding"))
                .isInstanceOfSatisfying(
                        ScmException.class, e -> assertThat(e.reason()).isEqualTo(ScmException.Reason.FORBIDDEN));

        // When it can, and may not write there
        fork.collaborator(fixture.bot, Account.Role.READ);
        assertThatThrownBy(() -> setStatus(target(number), Conclusion.FAILURE, "1 new finding"))
                .isInstanceOfSatisfying(ScmException.class, e -> {
                    assertThat(e.reason()).isEqualTo(ScmException.Reason.FORBIDDEN);
                    assertThat(e).hasMessageContaining("alice/shop").hasMessageContaining("Developer");
                });

        // Then nothing is at the target's branch of that name
        assertThat(fixture.repo.statuses()).isEmpty();
        assertThat(fixture.forge.gitlab().pipelines(fixture.repo, target(number).headSha())).isEmpty();
    }

    @Test
    void shouldCountEveryLineOfACollapsedFileAsChanged() throws Exception {
        Publisher.Target target = createChange(GitLabFixture.lines(5_000), Map.of("small.txt", "one\ntwo\n"));

        ChangeSet changes = connection.changes(fixture.repository(), target.pullRequest());

        assertThat(changes.changes("app/main.txt", 4_999)).isTrue();
        assertThat(changes.changes("small.txt", 2)).isTrue();
        assertThat(changes.changes("small.txt", 3)).isFalse();
        assertThat(changes.touches("README.md")).isFalse();
        assertThat(changes.baseSha()).isEqualTo(fixture.repo.sha("main"));
    }

    @Test
    void shouldReplaceAWebhookThatGitLabHasSwitchedOff() throws Exception {
        // Given
        connection.webhooks().ensure(fixture.repository(), ADDRESS);
        GitLabHook first = fixture.forge.gitlab().hooks(fixture.repo).get(0);
        assertThat(first.token()).isEqualTo("webhook-secret");
        fixture.forge.gitlab().disable(first);
        assertThat(connection.webhooks().find(fixture.repository(), ADDRESS)).singleElement().satisfies(hook -> {
            assertThat(hook.active()).isFalse();
            assertThat(hook.problem()).contains("switched it off");
        });

        // When
        assertThat(connection.webhooks().ensure(fixture.repository(), ADDRESS).problem()).isEmpty();

        // Then
        assertThat(fixture.forge.gitlab().hooks(fixture.repo)).singleElement().satisfies(hook -> {
            assertThat(hook.id()).isNotEqualTo(first.id());
            assertThat(hook.disabled()).isFalse();
        });
    }

    @Test
    void shouldSayWhatATokenLacksAndWhenItEnds() {
        // Given
        Account reader = fixture.forge.user("reader");
        fixture.acme.member(reader, Account.Role.READ);
        Instant end = Instant.parse("2099-03-01T00:00:00Z");
        var token = fixture.forge.gitlab().token(reader, end, "read_api");

        // When
        ConnectionReport report = test(new ScmCredential.Token(token.value()));

        // Then
        assertThat(report.status()).isEqualTo(ConnectionReport.Status.ACTIVE);
        assertThat(report.expires()).isEqualTo(end);
        assertThat(report.server()).isEqualTo("GitLab 19.1.0-ee");
        assertThat(report.missing()).hasSize(2).anyMatch(m -> m.startsWith("api:")).anyMatch(m -> m.contains("Developer"));
        assertThat(report.notes()).anyMatch(n -> n.contains("Maintainer"));
        assertThat(report.repositories()).isEqualTo(1);
    }

    @Test
    void shouldTellAMissingGroupAndABlockedAccountApart() {
        Integration good = fixture.integration();
        Integration elsewhere = new Integration(
                "acme", ProviderKind.GITLAB, good.apiUrl(), "acme/nowhere", good.credential(), good.trust());
        try (ScmConnection other = fixture.provider().connect(elsewhere)) {
            assertThat(other.test().status()).isEqualTo(ConnectionReport.Status.NOT_INSTALLED);
            assertThat(other.test().reason()).contains("acme/nowhere");
        }

        fixture.forge.gitlab().block(fixture.bot);
        assertThat(connection.test().status()).isEqualTo(ConnectionReport.Status.SUSPENDED);
    }

    @Test
    void shouldListByKeysetWithoutAGroup() throws Exception {
        fixture.addRepositories(101);
        Integration good = fixture.integration();
        Integration all = new Integration("acme", ProviderKind.GITLAB, good.apiUrl(), "", good.credential(), good.trust());
        List<RepositoryPath> paths = new ArrayList<>();

        fixture.provider().connect(all).repositories(repository -> paths.add(repository.path()));

        assertThat(paths).hasSize(102).doesNotHaveDuplicates().contains(fixture.repository());
    }

    @Test
    void shouldStopAtTheLimitOfNotesAndSayHowLong() throws Exception {
        Publisher.Target target = createChange("changed\n");
        fixture.forge.gitlab().notesLimit(1);
        connection.publisher().apply(target, new PlanAction.CreateSummary("one"));

        assertThatThrownBy(() -> connection.publisher().apply(target, new PlanAction.CreateSummary("two")))
                .isInstanceOfSatisfying(ScmException.class, e -> {
                    assertThat(e.reason()).isEqualTo(ScmException.Reason.RATE_LIMITED);
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(1));
                });
    }

    @Test
    void shouldRenewOAuthTokensOnceForAllConnectionsAndHandOutTheNextRefreshToken() throws Exception {
        // Given
        GitLabApplication application = fixture.forge.gitlab().application(fixture.bot, "api");
        OAuthClient first = new OAuthClient(application.id(), application.secret(), application.refreshToken());
        List<OAuthClient> stored = new ArrayList<>();
        GitLabProvider provider =
                new GitLabProvider(Http.client(), fixture.forge.clock(), (integration, renewed) -> stored.add(renewed));
        ScmConnection one = provider.connect(fixture.integration(first));

        // When two connections are used, one of them made with what was stored
        assertThat(one.test().status()).isEqualTo(ConnectionReport.Status.ACTIVE);
        ScmConnection two = provider.connect(fixture.integration(stored.get(0)));
        assertThat(two.repository(fixture.repository()).defaultBranch()).isEqualTo("main");

        // Then one exchange was enough
        assertThat(stored).extracting(OAuthClient::refreshToken).containsExactly(application.refreshToken());

        // When the token is about to end, and when it is revoked before
        fixture.forge.clock().advance(Duration.ofMinutes(119));
        one.repository(fixture.repository());
        assertThat(stored).hasSize(2);
        application.revokeAccess();
        two.repository(fixture.repository());

        // Then it is renewed
        assertThat(stored).hasSize(3);
        assertThat(stored.get(2).refreshToken()).isEqualTo(application.refreshToken());
    }

    @Test
    void shouldSayThatARefreshTokenIsUsedUp() {
        GitLabApplication application = fixture.forge.gitlab().application(fixture.bot, "api");

        ConnectionReport report =
                test(new OAuthClient(application.id(), application.secret(), "used-up-refresh-token"));

        assertThat(report.status()).isEqualTo(ConnectionReport.Status.UNAUTHORIZED);
        assertThat(report.reason())
                .contains("authorize the application again")
                .doesNotContain("used-up-refresh-token", application.secret());
    }

    private ConnectionReport test(ScmCredential credential) {
        try (ScmConnection other = fixture.provider().connect(fixture.integration(credential))) {
            return other.test();
        }
    }

    private Publisher.Target createChange(String main) throws ScmException {
        return createChange(main, Map.of());
    }

    private Publisher.Target createChange(String main, Map<String, String> more) throws ScmException {
        List<Edit> edits = new ArrayList<>();
        edits.add(new Edit.Write("app/main.txt", main.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        more.forEach((path, text) ->
                edits.add(new Edit.Write(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        fixture.repo.commit("feature", "Change", edits, fixture.alice);
        return target(fixture.repo.openPullRequest("Change", "feature", "main", fixture.alice).number());
    }

    private Publisher.Target target(long number) throws ScmException {
        PullRequest pullRequest = connection.pullRequest(fixture.repository(), number);
        return new Publisher.Target(fixture.repository(), pullRequest.headSha(), pullRequest);
    }

    private void setStatus(Publisher.Target target, Conclusion conclusion, String title) throws ScmException {
        connection.publisher().apply(target, new PlanAction.CreateCheck(createCheck(conclusion, title)));
    }

    private static Publication.Check createCheck(Conclusion conclusion, String title) {
        return new Publication.Check("SCM Checks", CHECK, conclusion, title, "", List.of(), null);
    }

    private static InlineComment createComment(String fingerprint, String path, int line, int baseLine, String body) {
        return new InlineComment(
                fingerprint, path, path, line, line, baseLine, Marker.ofFinding(CHECK, fingerprint) + "\n" + body);
    }
}
