package io.jenkins.plugins.scmchecks.engine.scm.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubEventParserTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RepositoryPath HELLO = new RepositoryPath("Codertocat/Hello-World");
    private static final String COMMIT = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
    private static final String HEAD = "ec26c3e57ca3a959ca5aad62de7213c562f8c821";

    private final GitHubEventParser parser = new GitHubEventParser();

    @Test
    void shouldReadBranchesAndTagsThatCameOrWentFromPushesAlone() throws Exception {
        assertThat(parse("push", example("push", 2)))
                .containsExactly(new ScmEvent.RefChange(
                        HELLO, ScmEvent.Type.BRANCH_CREATED, "master", COMMIT, "Codertocat"));
        assertThat(parse("push", example("push", 0)))
                .containsExactly(new ScmEvent.RefChange(
                        HELLO, ScmEvent.Type.TAG_CREATED, "simple-tag", COMMIT, "Codertocat"));
        assertThat(parse("push", example("push", 1)))
                .containsExactly(new ScmEvent.RefChange(
                        HELLO, ScmEvent.Type.TAG_DELETED, "simple-tag", COMMIT, "Codertocat"));
        assertThat(parse("create", example("create", 0))).isEmpty();
        assertThat(parse("delete", example("delete", 0))).isEmpty();
    }

    @Test
    void shouldReadAPushToABranchThatIsThere() throws Exception {
        // Given
        ObjectNode push = example("push", 2);
        push.put("created", false).put("before", HEAD).put("ref", "refs/heads/feature/ü");

        // When, Then
        assertThat(parse("push", push))
                .containsExactly(new ScmEvent.Push(HELLO, "feature/ü", HEAD, COMMIT, "Codertocat"));
    }

    @Test
    void shouldReadAPullRequest() throws Exception {
        // When
        List<ScmEvent> events = parse("pull_request", example("pull_request", 0));

        // Then
        ScmEvent.PullRequestChange change = (ScmEvent.PullRequestChange) events.get(0);
        assertThat(change.type()).isEqualTo(ScmEvent.Type.PULL_REQUEST_OPENED);
        assertThat(change.repository()).isEqualTo(HELLO);
        assertThat(change.pullRequest().number()).isEqualTo(2);
        assertThat(change.pullRequest().sourceBranch()).isEqualTo("changes");
        assertThat(change.pullRequest().targetBranch()).isEqualTo("master");
        assertThat(change.pullRequest().headSha()).isEqualTo(HEAD);
        assertThat(change.pullRequest().baseSha()).isEqualTo("f95f852bd8fca8fcc58a9a2d6c842781e32a215e");
        assertThat(change.pullRequest().fork()).isFalse();
        assertThat(change.pullRequest().author()).isEqualTo("Codertocat");
    }

    @ParameterizedTest
    @CsvSource({
        "1, PULL_REQUEST_CLOSED",
        "2, PULL_REQUEST_UPDATED",
        "3, PULL_REQUEST_OPENED",
        "4, PULL_REQUEST_UPDATED",
    })
    void shouldReadWhatHappenedToAPullRequest(int index, ScmEvent.Type type) throws Exception {
        assertThat(parse("pull_request", example("pull_request", index)))
                .extracting(ScmEvent::type)
                .containsExactly(type);
    }

    @Test
    void shouldTellMergedFromClosedAndRetargetedFromEdited() throws Exception {
        // Given
        ObjectNode merged = example("pull_request", 1);
        ((ObjectNode) merged.get("pull_request")).put("merged", true);
        ObjectNode edited = example("pull_request", 0).put("action", "edited");
        ObjectNode retargeted = edited.deepCopy();
        retargeted.putObject("changes").putObject("base").putObject("ref").put("from", "old");
        edited.putObject("changes").putObject("title").put("from", "old");

        // When, Then
        assertThat(parse("pull_request", merged))
                .extracting(ScmEvent::type)
                .containsExactly(ScmEvent.Type.PULL_REQUEST_MERGED);
        assertThat(parse("pull_request", retargeted))
                .extracting(ScmEvent::type)
                .containsExactly(ScmEvent.Type.PULL_REQUEST_RETARGETED);
        assertThat(parse("pull_request", edited)).isEmpty();
        assertThat(parse("pull_request", example("pull_request", 5))).isEmpty();
    }

    @Test
    void shouldReadPullRequestsOfForksEvenOfDeletedOnes() throws Exception {
        // Given
        ObjectNode fork = example("pull_request", 0);
        ((ObjectNode) fork.at("/pull_request/head/repo")).put("full_name", "stranger/Hello-World");
        ObjectNode deleted = example("pull_request", 0);
        ((ObjectNode) deleted.at("/pull_request/head")).putNull("repo");

        // When
        ScmEvent.PullRequestChange ofFork = (ScmEvent.PullRequestChange) parse("pull_request", fork).get(0);
        ScmEvent.PullRequestChange ofDeleted =
                (ScmEvent.PullRequestChange) parse("pull_request", deleted).get(0);

        // Then
        assertThat(ofFork.repository()).isEqualTo(HELLO);
        assertThat(ofFork.pullRequest().fork()).isTrue();
        assertThat(ofFork.pullRequest().headRepository()).isEqualTo(new RepositoryPath("stranger/Hello-World"));
        assertThat(ofDeleted.pullRequest().fork()).isTrue();
        assertThat(ofDeleted.pullRequest().headRepository()).isNull();
    }

    @Test
    void shouldReadRerunsAndNoOtherNewsOfChecks() throws Exception {
        assertThat(parse("check_run", example("check_run", 1)))
                .containsExactly(new ScmEvent.RerunRequested(
                        new RepositoryPath("github/hello-world"),
                        "d6fde92930d4715a2b49857d24b940956b26d2d3",
                        "master",
                        "",
                        0,
                        "octocat"));
        assertThat(parse("check_suite", example("check_suite", 1)))
                .containsExactly(new ScmEvent.RerunRequested(HELLO, HEAD, "changes", "", 2, "octocoders-linter[bot]"));
        assertThat(parse("check_run", example("check_run", 0))).isEmpty();
        assertThat(parse("check_suite", example("check_suite", 0))).isEmpty();
    }

    @Test
    void shouldReadWhatTheInstallationMaySee() throws Exception {
        assertThat(parse("installation", example("installation", 1)))
                .singleElement()
                .satisfies(e -> {
                    assertThat(((ScmEvent.InstallationChanged) e).change()).isEqualTo("suspend");
                    assertThat(((ScmEvent.InstallationChanged) e).account()).isNotEmpty();
                });
        assertThat(parse("installation_repositories", example("installation_repositories", 0)))
                .containsExactly(new ScmEvent.InstallationChanged(
                        "Codertocat", "added", List.of(new RepositoryPath("Codertocat/Space"))));
        assertThat(parse("installation_repositories", example("installation_repositories", 1)))
                .containsExactly(new ScmEvent.InstallationChanged(
                        "octocat", "removed", List.of(new RepositoryPath("octocat/Hello-World"))));
        assertThat(parse("repository", example("repository", 1)))
                .extracting(e -> ((ScmEvent.InstallationChanged) e).change())
                .containsExactly("added");
    }

    @Test
    void shouldAnswerPingAndIgnoreWhatItHasNoUseFor() throws Exception {
        assertThat(parse("ping", example("ping", 0))).containsExactly(new ScmEvent.Ping());
        assertThat(parse("watch", JSON.createObjectNode())).isEmpty();
    }

    @Test
    void shouldReadFormEncodedBodies() throws Exception {
        // Given
        String form = "payload="
                + URLEncoder.encode(example("push", 2).toString(), StandardCharsets.UTF_8);
        Delivery delivery = createDelivery("push", "application/x-www-form-urlencoded; charset=utf-8", form);

        // When, Then
        assertThat(parser.parse(delivery))
                .extracting(ScmEvent::type)
                .containsExactly(ScmEvent.Type.BRANCH_CREATED);
    }

    @Test
    void shouldNotKeepWhatItDoesNotNeed() throws Exception {
        // Given: commits nested as deep and long as the limits allow nothing of to matter
        ObjectNode push = example("push", 2);
        for (int i = 0; i < 5_000; i++) {
            push.withArray("commits").addObject().put("message", "x".repeat(100));
        }

        // When, Then
        assertThat(parse("push", push)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/repository", "/repository/full_name", "/ref", "/after", "/before"})
    void shouldNameTheFieldThatIsMissing(String pointer) throws Exception {
        // Given
        ObjectNode push = example("push", 2);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) push.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));

        // When, Then
        assertThatThrownBy(() -> parse("push", push))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageContaining(pointer.substring(1).replace('/', '.'))
                .hasMessageContaining("is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"ref\":", "{\"repository\":7}", "\u0000\u0001", "{\"ref\":\"a\"} {"})
    void shouldRefuseWhatIsNoDelivery(String body) {
        assertThatThrownBy(() -> parser.parse(createDelivery("push", "application/json", body)))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageStartingWith("GitHub's push event");
    }

    @Test
    void shouldRefuseABodyThatIsNestedTooDeep() {
        String deep = "{\"repository\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        assertThatThrownBy(() -> parser.parse(createDelivery("push", "application/json", deep)))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void shouldRefuseARepositoryNameThatCouldLeadElsewhere() throws Exception {
        // Given
        ObjectNode push = example("push", 2);
        ((ObjectNode) push.get("repository")).put("full_name", "acme/../../user");

        // When, Then
        assertThatThrownBy(() -> parse("push", push))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageContaining("repository.full_name");
    }

    private List<ScmEvent> parse(String event, JsonNode body) throws MalformedDeliveryException {
        return parser.parse(createDelivery(event, "application/json", body.toString()));
    }

    private static Delivery createDelivery(String event, String contentType, String body) {
        return new Delivery(
                "github",
                Map.of("x-github-event", event, "content-type", contentType),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }

    private static ObjectNode example(String event, int index) throws IOException {
        try (InputStream in = GitHubEventParserTest.class.getResourceAsStream("webhook-examples.json")) {
            return (ObjectNode) JSON.readTree(in).get(event).get(index);
        }
    }
}
