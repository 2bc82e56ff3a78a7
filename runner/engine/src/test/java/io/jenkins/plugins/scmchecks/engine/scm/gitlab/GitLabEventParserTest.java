package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads as GitLab's documentation on webhook events has them, shortened. */
class GitLabEventParserTest {

    private static final String ZERO = "0".repeat(40);
    private static final String BEFORE = "95790bf891e76fee5e1747ab589903a6a1f80f22";
    private static final String AFTER = "da1560886d4f094c3e6c9ef40349f7d38b5d27d7";
    private static final RepositoryPath DIASPORA = new RepositoryPath("mike/sub/diaspora");
    private static final String PROJECT = """
            "project":{"id":15,"name":"Diaspora","description":"","web_url":"http://example.com/mike/sub/diaspora",
              "git_http_url":"http://evil.example/mike/diaspora.git","namespace":"Mike","visibility_level":0,
              "path_with_namespace":"mike/sub/diaspora","default_branch":"master"}""";

    private final GitLabEventParser parser = new GitLabEventParser();

    @Test
    void shouldReadAPush() throws Exception {
        assertThat(parse("Push Hook", createPush("refs/heads/feature/x", BEFORE, AFTER)))
                .containsExactly(new ScmEvent.Push(DIASPORA, "feature/x", BEFORE, AFTER, "jsmith"));
    }

    @Test
    void shouldReadABranchThatComesAndGoes() throws Exception {
        assertThat(parse("Push Hook", createPush("refs/heads/new", ZERO, AFTER)))
                .containsExactly(
                        new ScmEvent.RefChange(DIASPORA, ScmEvent.Type.BRANCH_CREATED, "new", AFTER, "jsmith"));
        assertThat(parse("Push Hook", createPush("refs/heads/old", BEFORE, ZERO)))
                .containsExactly(
                        new ScmEvent.RefChange(DIASPORA, ScmEvent.Type.BRANCH_DELETED, "old", BEFORE, "jsmith"));
    }

    @Test
    void shouldTakeAnAnnotatedTagsCommit() throws Exception {
        // Given the tag's own id in "after" and the commit's in "checkout_sha"
        String tag = "82b3d5ae55f7080f1e6022629cdb57bfae7cccc7";
        String body = createPush("refs/tags/v1.0.0", ZERO, tag).replace("\"checkout_sha\":\"" + tag, "\"checkout_sha\":\"" + AFTER);

        assertThat(parse("Tag Push Hook", body))
                .containsExactly(
                        new ScmEvent.RefChange(DIASPORA, ScmEvent.Type.TAG_CREATED, "v1.0.0", AFTER, "jsmith"));
        assertThat(parse("Tag Push Hook", createPush("refs/tags/v1.0.0", BEFORE, ZERO)))
                .containsExactly(
                        new ScmEvent.RefChange(DIASPORA, ScmEvent.Type.TAG_DELETED, "v1.0.0", BEFORE, "jsmith"));
    }

    @ParameterizedTest
    @CsvSource({
        "open, PULL_REQUEST_OPENED", "reopen, PULL_REQUEST_OPENED", "close, PULL_REQUEST_CLOSED",
        "merge, PULL_REQUEST_MERGED"
    })
    void shouldReadAMergeRequest(String action, ScmEvent.Type type) throws Exception {
        List<ScmEvent> events = parse("Merge Request Hook", createMergeRequest(action, "", ""));

        assertThat(events)
                .containsExactly(new ScmEvent.PullRequestChange(
                        DIASPORA,
                        type,
                        new PullRequest(
                                1,
                                "MS-Viewport",
                                "ms-viewport",
                                "master",
                                AFTER,
                                null,
                                new RepositoryPath("awesome_space/awesome_project"),
                                "root",
                                true,
                                "http://example.com/diaspora/merge_requests/1"),
                        "root"));
    }

    @Test
    void shouldReadNewCommitsAndAnotherTarget() throws Exception {
        assertThat(parse("Merge Request Hook", createMergeRequest("update", "\"oldrev\":\"" + BEFORE + "\",", "")))
                .extracting(ScmEvent::type)
                .containsExactly(ScmEvent.Type.PULL_REQUEST_UPDATED);
        assertThat(parse(
                        "Merge Request Hook",
                        createMergeRequest(
                                "update", "", "\"target_branch\":{\"previous\":\"master\",\"current\":\"release\"}")))
                .extracting(ScmEvent::type)
                .containsExactly(ScmEvent.Type.PULL_REQUEST_RETARGETED);
        assertThat(parse(
                        "Merge Request Hook",
                        createMergeRequest("update", "", "\"draft\":{\"previous\":true,\"current\":false}")))
                .extracting(ScmEvent::type)
                .containsExactly(ScmEvent.Type.PULL_REQUEST_UPDATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "approved", "unapproval", "something-new"})
    void shouldHaveNoUseForOtherChanges(String action) throws Exception {
        String changes = "\"labels\":{\"previous\":[],\"current\":[{\"id\":205,\"title\":\"Platform\"}]}";

        assertThat(parse("Merge Request Hook", createMergeRequest(action, "", changes))).isEmpty();
    }

    @Test
    void shouldReadAMergeRequestWhoseForkIsGone() throws Exception {
        String body = createMergeRequest("close", "", "")
                .replaceAll("\"source\":\\{[^}]*\\}", "\"source\":null")
                .replace("\"source_project_id\":14", "\"source_project_id\":null");

        assertThat(parse("Merge Request Hook", body)).singleElement().satisfies(event -> {
            PullRequest pullRequest = ((ScmEvent.PullRequestChange) event).pullRequest();
            assertThat(pullRequest.headRepository()).isNull();
            assertThat(pullRequest.fork()).isTrue();
        });
    }

    @Test
    void shouldNotTakeWhoeverActsForTheAuthor() throws Exception {
        String body = createMergeRequest("merge", "", "").replace("\"author_id\":1,", "\"author_id\":51,");

        ScmEvent.PullRequestChange event = (ScmEvent.PullRequestChange) parse("Merge Request Hook", body).get(0);

        assertThat(event.actor()).isEqualTo("root");
        assertThat(event.pullRequest().author()).isEmpty();
    }

    @Test
    void shouldReadThatAGroupHasANewProject() throws Exception {
        String body = "{\"event_name\":\"project_create\",\"path_with_namespace\":\"group/new\",\"project_id\":7}";

        assertThat(parse("Project Hook", body))
                .containsExactly(new ScmEvent.InstallationChanged(
                        "group", "added", List.of(new RepositoryPath("group/new"))));
    }

    @Test
    void shouldIgnoreOtherEvents() throws Exception {
        assertThat(parse("Note Hook", "not even JSON")).isEmpty();
    }

    @Test
    void shouldSayWhichFieldIsMissing() {
        assertThatThrownBy(() -> parse("Push Hook", "{\"ref\":\"refs/heads/x\"}"))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageContaining("project.path_with_namespace");
        assertThatThrownBy(() -> parse(
                        "Merge Request Hook", createMergeRequest("open", "", "").replace("\"last_commit\"", "\"lost\"")))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageContaining("object_attributes.last_commit.id");
        assertThatThrownBy(() -> parse(
                        "Push Hook", createPush("refs/heads/x", BEFORE, AFTER).replace("mike/sub/diaspora", "../../x")))
                .isInstanceOf(MalformedDeliveryException.class);
        assertThatThrownBy(() -> parse("Push Hook", "[".repeat(1_000)))
                .isInstanceOf(MalformedDeliveryException.class);
        assertThatThrownBy(() -> parse("", "{}")).isInstanceOf(MalformedDeliveryException.class);
    }

    private List<ScmEvent> parse(String event, String body) throws MalformedDeliveryException {
        Map<String, String> headers = event.isEmpty() ? Map.of() : Map.of("X-Gitlab-Event", event);
        return parser.parse(new Delivery("acme", headers, body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }

    private static String createPush(String ref, String before, String after) {
        String checkout = after.equals(ZERO) ? "null" : "\"" + after + "\"";
        return "{\"object_kind\":\"push\",\"event_name\":\"push\",\"before\":\"" + before + "\",\"after\":\"" + after
                + "\",\"ref\":\"" + ref + "\",\"ref_protected\":true,\"checkout_sha\":" + checkout
                + ",\"message\":\"Hello\",\"user_id\":4,\"user_name\":\"John Smith\",\"user_username\":\"jsmith\","
                + "\"user_email\":\"john@example.com\",\"project_id\":15," + PROJECT
                + ",\"commits\":[{\"id\":\"" + AFTER + "\",\"added\":[\"CHANGELOG\"]}],\"total_commits_count\":4,"
                + "\"push_options\":{\"ci\":{\"skip\":true}},\"of_the_future\":[{\"x\":1}]}";
    }

    private static String createMergeRequest(String action, String attributes, String changes) {
        return "{\"object_kind\":\"merge_request\",\"event_type\":\"merge_request\",\"user\":{\"id\":1,"
                + "\"name\":\"Administrator\",\"username\":\"root\",\"email\":\"[REDACTED]\"}," + PROJECT
                + ",\"object_attributes\":{\"id\":99,\"iid\":1,\"target_branch\":\"master\",\"source_branch\":"
                + "\"ms-viewport\",\"source_project_id\":14,\"author_id\":1,\"assignee_ids\":[6],\"title\":\"MS-Viewport\","
                + "\"state\":\"opened\",\"merge_status\":\"unchecked\",\"target_project_id\":15,\"description\":\"\","
                + attributes
                + "\"url\":\"http://example.com/diaspora/merge_requests/1\",\"source\":{\"name\":\"Awesome Project\","
                + "\"path_with_namespace\":\"awesome_space/awesome_project\"},\"target\":{\"name\":\"Diaspora\","
                + "\"path_with_namespace\":\"mike/sub/diaspora\"},\"last_commit\":{\"id\":\"" + AFTER
                + "\",\"message\":\"fixed readme\"},\"draft\":false,\"action\":\"" + action + "\"},\"labels\":[],"
                + "\"changes\":{" + changes + "},\"reviewers\":[{\"id\":6}]}";
    }
}
