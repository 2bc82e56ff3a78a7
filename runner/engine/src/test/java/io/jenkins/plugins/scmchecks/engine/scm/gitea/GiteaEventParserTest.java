package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads as the documentation of Gitea's webhooks shows them. */
class GiteaEventParserTest {

    private static final String ZERO = "0".repeat(40);
    private static final String OLD = "28e1879d029cb852e4844d9c718537df08844e03";
    private static final String NEW = "bffeb74224043ba2feb48d137756c8a9331c449a";
    private static final String REPOSITORY = """
            "repository":{"id":140,"owner":{"id":1,"login":"gitea","username":"gitea"},"name":"webhooks",
              "full_name":"gitea/webhooks","private":false,"default_branch":"master"},
            "sender":{"id":1,"login":"gitea","username":"gitea"}""";

    private final GiteaEventParser parser = new GiteaEventParser();

    @Test
    void shouldReadAPushAndSkipItsCommits() throws Exception {
        List<ScmEvent> events = parse("push", createPush("refs/heads/feature/a", OLD, NEW));

        assertThat(events).containsExactly(new ScmEvent.Push(
                new RepositoryPath("gitea/webhooks"), "feature/a", OLD, NEW, "gitea"));
    }

    @Test
    void shouldLeaveToCreateAndDeleteWhatAPushRepeats() throws Exception {
        assertThat(parse("push", createPush("refs/heads/new", ZERO, NEW))).isEmpty();
        assertThat(parse("push", createPush("refs/heads/old", OLD, ZERO))).isEmpty();
        assertThat(parse("push", createPush("refs/tags/v1", OLD, NEW))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "create,branch,BRANCH_CREATED",
        "delete,branch,BRANCH_DELETED",
        "create,tag,TAG_CREATED",
        "delete,tag,TAG_DELETED",
    })
    void shouldReadRefsThatComeAndGo(String event, String refType, Type type) throws Exception {
        String body = "{\"sha\":\"" + NEW + "\",\"ref\":\"v/1\",\"ref_type\":\"" + refType + "\"," + REPOSITORY + "}";

        assertThat(parse(event, body)).containsExactly(
                new ScmEvent.RefChange(new RepositoryPath("gitea/webhooks"), type, "v/1", NEW, "gitea"));
    }

    @ParameterizedTest
    @CsvSource({
        "pull_request,opened,PULL_REQUEST_OPENED",
        "pull_request,reopened,PULL_REQUEST_OPENED",
        "pull_request,synchronized,PULL_REQUEST_UPDATED",
        "pull_request_sync,synchronized,PULL_REQUEST_UPDATED",
        "pull_request,closed,PULL_REQUEST_CLOSED",
    })
    void shouldReadPullRequests(String event, String action, Type type) throws Exception {
        List<ScmEvent> events = parse(event, createPull(action, "", "false", createRepo("octo/webhooks")));

        assertThat(events).singleElement().isInstanceOfSatisfying(ScmEvent.PullRequestChange.class, change -> {
            assertThat(change.type()).isEqualTo(type);
            assertThat(change.repository()).isEqualTo(new RepositoryPath("gitea/webhooks"));
            assertThat(change.actor()).isEqualTo("gitea");
            assertThat(change.pullRequest().number()).isEqualTo(7);
            assertThat(change.pullRequest().headSha()).isEqualTo(NEW);
            assertThat(change.pullRequest().baseSha()).isEqualTo(OLD);
            assertThat(change.pullRequest().sourceBranch()).isEqualTo("patch");
            assertThat(change.pullRequest().targetBranch()).isEqualTo("master");
            assertThat(change.pullRequest().fork()).isTrue();
            assertThat(change.pullRequest().headRepository()).isEqualTo(new RepositoryPath("octo/webhooks"));
        });
    }

    @Test
    void shouldTellMergedAndRetargetedFromWhatLooksAlike() throws Exception {
        String same = createRepo("gitea/webhooks");
        assertThat(parse("pull_request", createPull("closed", "", "true", same)))
                .extracting(ScmEvent::type).containsExactly(Type.PULL_REQUEST_MERGED);
        assertThat(parse("pull_request", createPull("edited", "{\"ref\":{\"from\":\"main\"}}", "false", same)))
                .extracting(ScmEvent::type).containsExactly(Type.PULL_REQUEST_RETARGETED);
        assertThat(parse("pull_request", createPull("edited", "{\"title\":{\"from\":\"x\"}}", "false", same)))
                .isEmpty();
        assertThat(parse("pull_request", createPull("label_updated", "", "false", same))).isEmpty();
    }

    @Test
    void shouldReadAPullRequestWhoseForkIsGone() throws Exception {
        List<ScmEvent> events = parse("pull_request", createPull("closed", "", "false", "null"));

        assertThat(events).singleElement().isInstanceOfSatisfying(ScmEvent.PullRequestChange.class, change -> {
            assertThat(change.pullRequest().headRepository()).isNull();
            assertThat(change.pullRequest().fork()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "[]", "null", "", "{\"ref\":", "{\"repository\":{\"full_name\":\"../..\"},\"ref\":\"refs/heads/a\"}",
        "{\"repository\":{\"full_name\":7}}"
    })
    void shouldSayWhatIsWrongWithADeliveryThatCannotBeRead(String body) {
        assertThatThrownBy(() -> parse("push", body))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageContaining("push");
    }

    @Test
    void shouldIgnoreEventsThatItHasNoUseForAndMissTheHeader() throws Exception {
        assertThat(parse("issue_comment", "{}")).isEmpty();
        assertThatThrownBy(() -> parser.parse(
                        new Delivery("acme", Map.of(), "{}".getBytes(StandardCharsets.UTF_8), Instant.EPOCH)))
                .hasMessageContaining("X-Gitea-Event");
    }

    private List<ScmEvent> parse(String event, String body) throws MalformedDeliveryException {
        return parser.parse(new Delivery(
                "acme", Map.of("X-Gitea-Event", event), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }

    private static String createPush(String ref, String before, String after) {
        return """
                {"secret":"3gEsCfjlV2ugRwgpU#w1*WaW*wa4NXgGmpCfkbG3","ref":"%s","before":"%s","after":"%s",
                 "compare_url":"http://localhost:3000/gitea/webhooks/compare/28e18...bffeb",
                 "commits":[{"id":"%s","message":"Webhooks Yay!","url":"","author":{"name":"Gitea","email":"a@b.c"}}],
                 "pusher":{"id":1,"login":"gitea"},%s}""".formatted(ref, before, after, after, REPOSITORY);
    }

    private static String createRepo(String fullName) {
        return "{\"id\":9,\"full_name\":\"" + fullName + "\"}";
    }

    private static String createPull(String action, String changes, String merged, String headRepo) {
        return """
                {"action":"%s","number":7,%s"pull_request":{"id":70,"number":7,"user":{"login":"octo"},"title":"Fix",
                 "body":"","state":"open","merged":%s,"html_url":"http://localhost:3000/gitea/webhooks/pulls/7",
                 "base":{"label":"master","ref":"master","sha":"%s","repo_id":140,"repo":%s},
                 "head":{"label":"patch","ref":"patch","sha":"%s","repo_id":9,"repo":%s}},%s}""".formatted(
                action, changes.isEmpty() ? "" : "\"changes\":" + changes + ",", merged, OLD,
                createRepo("gitea/webhooks"), NEW, headRepo, REPOSITORY);
    }
}
