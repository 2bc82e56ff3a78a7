package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.publish.FixedComment;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.PlanAction;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.InlineComment;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport.Status;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import io.jenkins.plugins.scmchecks.forge.gitea.GiteaHook;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.Review;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is peculiar to Gitea. */
class GiteaBehaviourTest {

    private static final String CHECK = Marker.externalId("SCM Checks");
    private static final URI ADDRESS = URI.create("https://jenkins.example.org/scm-checks/webhooks/acme");

    private final GiteaFixture fixture = new GiteaFixture();
    private final ScmConnection connection = fixture.provider().connect(fixture.integration());

    @AfterEach
    void stop() {
        connection.close();
        fixture.close();
    }

    @Test
    void shouldResolveAConversationAndReopenIt() throws ScmException {
        // Given
        Target target = createTarget();
        connection.publisher().apply(target, new PlanAction.CreateComments(List.of(createComment("f1", 2))));
        Observed.Thread open = thread(target);

        // When
        connection.publisher().apply(target, new PlanAction.ResolveThread(open));

        // Then
        Observed.Thread resolved = thread(target);
        assertThat(resolved.resolved()).isTrue();
        assertThat(resolved.resolvedByUs()).isTrue();
        assertThat(resolved.body()).isEqualTo(open.body());

        // When
        connection.publisher().apply(target, new PlanAction.ReopenThread(resolved));

        // Then
        assertThat(thread(target).resolved()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.25.3", "15.0.0+gitea-1.22.0"})
    void shouldStrikeAFixedCommentThroughAndBringItBackWhereNothingIsResolved(String version) throws ScmException {
        // Given
        fixture.forge.gitea().version(version);
        Target target = createTarget();
        InlineComment comment = createComment("f1", 2);
        connection.publisher().apply(target, new PlanAction.CreateComments(List.of(comment)));
        Observed.Thread open = thread(target);
        assertThat(open.resolved()).isFalse();

        // When
        connection.publisher().apply(target, new PlanAction.ResolveThread(open));

        // Then
        Observed.Thread fixed = thread(target);
        assertThat(fixed.resolved()).isTrue();
        assertThat(fixed.resolvedByUs()).isTrue();
        assertThat(fixed.body()).contains("~~Open~~ **Fixed.**")
                .satisfies(body -> assertThat(FixedComment.is(body)).isTrue());

        // When
        connection.publisher().apply(target, new PlanAction.ReopenThread(fixed));
        connection.publisher().apply(target, new PlanAction.UpdateComment(fixed, comment));

        // Then
        assertThat(thread(target).resolved()).isFalse();
    }

    @Test
    void shouldSeeThatAPersonResolvedAndAnswered() throws ScmException {
        // Given
        Target target = createTarget();
        connection.publisher().apply(target, new PlanAction.CreateComments(List.of(createComment("f1", 2))));
        ReviewThread thread = fixture.pull(target.pullRequest().number()).threads().get(0);

        // When
        thread.comments().add(new Comment(1, fixture.alice, "So be it", fixture.forge.clock().instant(),
                thread.comments().get(0).reviewId()));
        thread.resolve(fixture.alice);

        // Then
        Observed.Thread seen = thread(target);
        assertThat(seen.resolved()).isTrue();
        assertThat(seen.resolvedByUs()).isFalse();
        assertThat(seen.replies()).isEqualTo(1);
    }

    @Test
    void shouldDropItsOwnUnfinishedReviewAndNobodyElses() throws ScmException {
        // Given a draft that a broken request left, and one that a person writes with the same account
        Target target = createTarget();
        var pull = fixture.pull(target.pullRequest().number());
        draft(pull, createComment("f1", 2).body());
        draft(pull, "my own words");

        // When
        assertThat(connection.publisher().observe(target, CHECK).threads()).isEmpty();
        connection.publisher().apply(target, new PlanAction.CreateComments(List.of(createComment("f1", 2))));

        // Then
        assertThat(connection.publisher().observe(target, CHECK).threads()).hasSize(1);
        assertThat(pull.threads()).extracting(thread -> thread.comments().get(0).body())
                .hasSize(2).contains("my own words");
    }

    private void draft(io.jenkins.plugins.scmchecks.forge.model.PullRequest pull, String body) {
        Review review = new Review(fixture.forge.state().nextId(), fixture.bot, "", "PENDING", pull.headSha(),
                fixture.forge.clock().instant());
        pull.reviews().add(review);
        var side = io.jenkins.plugins.scmchecks.forge.git.FileDiff.Side.RIGHT;
        pull.addThread(new ReviewThread.Anchor("infra/main.tf", side, 2, side, 2), pull.headSha()).comments()
                .add(new Comment(fixture.forge.state().nextId(), fixture.bot, body, review.submittedAt(), review.id()));
    }

    @Test
    void shouldRefuseOnlyTheCommentWhoseLineIsNotTaken() throws ScmException {
        Target target = createTarget();

        var refused = connection.publisher().apply(target, new PlanAction.CreateComments(
                List.of(createComment("f1", 2), createComment("f2", 900), createComment("f3", 4))));

        assertThat(refused).singleElement().satisfies(r -> assertThat(r.fingerprint()).isEqualTo("f2"));
        assertThat(connection.publisher().observe(target, CHECK).threads()).hasSize(2);
    }

    @Test
    void shouldReadTheDiffOfAPullRequest() throws ScmException {
        fixture.repo.commit("topic", "Edit", Map.of("app/main.txt", GiteaFixture.lines(30) + "more\n"));
        Target target = createTarget();

        ChangeSet change = connection.changes(fixture.repository(), target.pullRequest());

        assertThat(change.files().keySet()).containsExactlyInAnyOrder("infra/main.tf", "app/main.txt");
        assertThat(change.files().get("app/main.txt").changes(31)).isTrue();
        assertThat(change.files().get("app/main.txt").changes(30)).isFalse();
        assertThat(change.files().get("infra/main.tf").changes(1)).isTrue();
    }

    @Test
    void shouldBeContentWithAWebhookOfTheOrganization() throws ScmException {
        // Given
        connection.webhooks().ensure(fixture.repository(), ADDRESS);
        fixture.forge.gitea().addHook(fixture.acme, ADDRESS.toString(), GiteaFixture.WEBHOOK_SECRET);

        // When
        ScmConnection.Webhooks.Hook hook = connection.webhooks().ensure(fixture.repository(), ADDRESS);

        // Then
        assertThat(hook.scope()).isEqualTo("acme");
        assertThat(fixture.webhooks()).isEmpty();
    }

    @Test
    void shouldReplaceAWebhookThatIsSwitchedOff() throws ScmException {
        // Given
        GiteaHook off = fixture.forge.gitea().addHook(fixture.repo, ADDRESS.toString(), "old");
        fixture.forge.gitea().disable(off);
        assertThat(connection.webhooks().find(fixture.repository(), ADDRESS)).singleElement()
                .satisfies(hook -> assertThat(hook.problem()).contains("switched off"));

        // When
        connection.webhooks().ensure(fixture.repository(), ADDRESS);

        // Then
        assertThat(fixture.forge.gitea().hooks(fixture.repo)).singleElement().satisfies(hook -> {
            assertThat(hook.active()).isTrue();
            assertThat(hook.secret()).isEqualTo(GiteaFixture.WEBHOOK_SECRET);
        });
    }

    @Test
    void shouldTakeTheHubSignatureOnlyWhereThereIsNoOther() {
        Delivery good = fixture.deliver(ScmEvent.Type.PUSH);
        Map<String, String> hub = new HashMap<>(good.headers());
        hub.remove("X-Gitea-Signature");
        Map<String, String> wrong = new HashMap<>(good.headers());
        wrong.put("X-Gitea-Signature", "");

        assertThat(verify(good, hub)).isEqualTo(verify(good, good.headers())).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(good, wrong)).isInstanceOf(Verdict.Refused.class);
    }

    private Verdict verify(Delivery delivery, Map<String, String> headers) {
        return fixture.provider().verifier().verify(
                new Delivery("acme", headers, delivery.body(), delivery.receivedAt()), fixture.integration().trust());
    }

    @Test
    void shouldNameMissingScopes() {
        assertThat(test("read:user", "write:repository").missing()).anyMatch(m -> m.startsWith("read:organization"));
        assertThat(test("write:issue").status()).isEqualTo(Status.UNAUTHORIZED);
        assertThat(test("write:issue").reason()).contains("read:user");
    }

    @Test
    void shouldTellStatusesApart() {
        ConnectionReport good = test(GiteaFixture.SCOPES);
        assertThat(good.account()).isEqualTo("scm-checks on acme");
        assertThat(good.server()).startsWith("Gitea 1.");
        assertThat(good.repositories()).isEqualTo(1);

        Integration elsewhere = fixture.integration();
        elsewhere = new Integration("x", elsewhere.kind(), elsewhere.apiUrl(), "nobody", elsewhere.credential(), null);
        assertThat(fixture.provider().connect(elsewhere).test().status()).isEqualTo(Status.NOT_INSTALLED);

        fixture.forge.gitea().prohibit(fixture.bot);
        assertThat(connection.test().status()).isEqualTo(Status.SUSPENDED);
    }

    private ConnectionReport test(String... scopes) {
        String token = fixture.forge.gitea().token(fixture.bot, scopes).value();
        return fixture.provider().connect(fixture.integration(new ScmCredential.Token(token))).test();
    }

    private Observed.Thread thread(Target target) throws ScmException {
        return connection.publisher().observe(target, CHECK).threads().get(0);
    }

    private Target createTarget() throws ScmException {
        long number = fixture.openPullRequest("infra/main.tf", 20, false);
        PullRequest pull = connection.pullRequest(fixture.repository(), number);
        return new Target(fixture.repository(), pull.headSha(), pull);
    }

    private static InlineComment createComment(String fingerprint, int line) {
        return new InlineComment(fingerprint, "infra/main.tf", "infra/main.tf", line, line, 0,
                Marker.ofFinding(CHECK, fingerprint) + "\nOpen\n");
    }
}
