package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

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

/** Payloads in the shape of Bitbucket Data Center's documentation, Event payload. */
class DataCenterEventParserTest {

    private static final RepositoryPath REPOSITORY = new RepositoryPath("PROJECT_1/repository");
    private static final String OLD = "197a3e0d2f9a2b3ed1c4fe5923d5dd701bee9fdd";
    private static final String NEW = "a00945762949b7787503ccbbf3beb1e3e2b2a3a0";

    private static final String HEAD = """
            "date": "2017-09-19T09:58:11+1000",
            "actor": {"name": "admin", "emailAddress": "admin@example.com", "id": 1, "active": true, "slug": "admin"}""";

    private static final String REPO = """
            {"slug": "repository", "id": 84, "name": "repository", "scmId": "git", "state": "AVAILABLE", "forkable": true,
             "project": {"key": "PROJECT_1", "id": 84, "name": "project", "public": false, "type": "NORMAL"}}""";

    private static final String PULL_REQUEST = """
            {"eventKey": "pr:modified", %s, "pullRequest": {"id": 11, "version": 1, "title": "A title", "state": "OPEN",
              "fromRef": {"id": "refs/heads/feature/a", "displayId": "feature/a", "latestCommit": "%s",
                "repository": %s},
              "toRef": {"id": "refs/heads/master", "displayId": "master", "latestCommit": "%s",
                "repository": %s},
              "locked": false, "author": {"user": {"name": "alice", "id": 2}, "role": "AUTHOR"}, "reviewers": [],
              "links": {"self": [{"href": "https://bitbucket.example.com/projects/P/pull-requests/11"}]}},
              "previousTitle": "A cool PR", "previousDescription": null,
              "previousTarget": {"id": "refs/heads/%s", "displayId": "x", "type": "BRANCH"}}""";

    private static String pullRequest(String previousTarget) {
        return PULL_REQUEST.formatted(HEAD, NEW, REPO, OLD, REPO, previousTarget);
    }

    private static List<ScmEvent> parse(String event, String body) throws MalformedDeliveryException {
        return new DataCenterEventParser().parse(new Delivery(
                "acme", Map.of("x-event-key", event), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }

    private static String refs(String... changes) {
        return "{\"eventKey\": \"repo:refs_changed\", " + HEAD + ", \"repository\": " + REPO + ", \"changes\": ["
                + String.join(",", changes) + "], \"commits\": [], \"toCommit\": {}}";
    }

    private static String change(String ref, String from, String to, String type) {
        return "{\"ref\": {\"id\": \"" + ref + "\", \"displayId\": \"x\"}, \"refId\": \"" + ref + "\", \"fromHash\": \"" + from
                + "\", \"toHash\": \"" + to + "\", \"type\": \"" + type + "\"}";
    }

    @Test
    void shouldReadEveryRefThatChanged() throws Exception {
        String none = "0".repeat(40);
        String body = refs(
                change("refs/heads/master", OLD, NEW, "UPDATE"),
                change("refs/heads/a/b", none, NEW, "ADD"),
                change("refs/heads/gone", OLD, none, "DELETE"),
                change("refs/tags/v1", none, NEW, "ADD"),
                change("refs/tags/v0", OLD, none, "DELETE"),
                change("refs/notes/commits", OLD, NEW, "UPDATE"));

        assertThat(parse("repo:refs_changed", body)).containsExactly(
                new ScmEvent.Push(REPOSITORY, "master", OLD, NEW, "admin"),
                new ScmEvent.RefChange(REPOSITORY, ScmEvent.Type.BRANCH_CREATED, "a/b", NEW, "admin"),
                new ScmEvent.RefChange(REPOSITORY, ScmEvent.Type.BRANCH_DELETED, "gone", OLD, "admin"),
                new ScmEvent.RefChange(REPOSITORY, ScmEvent.Type.TAG_CREATED, "v1", NEW, "admin"),
                new ScmEvent.RefChange(REPOSITORY, ScmEvent.Type.TAG_DELETED, "v0", OLD, "admin"));
    }

    @Test
    void shouldReadAPullRequest() throws Exception {
        for (Map.Entry<String, ScmEvent.Type> each : Map.of(
                        "pr:opened", ScmEvent.Type.PULL_REQUEST_OPENED,
                        "pr:from_ref_updated", ScmEvent.Type.PULL_REQUEST_UPDATED,
                        "pr:modified", ScmEvent.Type.PULL_REQUEST_RETARGETED,
                        "pr:merged", ScmEvent.Type.PULL_REQUEST_MERGED,
                        "pr:declined", ScmEvent.Type.PULL_REQUEST_CLOSED,
                        "pr:deleted", ScmEvent.Type.PULL_REQUEST_CLOSED)
                .entrySet()) {
            assertThat(parse(each.getKey(), pullRequest("other"))).containsExactly(new ScmEvent.PullRequestChange(
                    REPOSITORY,
                    each.getValue(),
                    new PullRequest(
                            11, "A title", "feature/a", "master", NEW, OLD, REPOSITORY, "alice", false,
                            "https://bitbucket.example.com/projects/P/pull-requests/11"),
                    "admin"));
        }
    }

    @Test
    void shouldPassOverANewTitle() throws Exception {
        assertThat(parse("pr:modified", pullRequest("master"))).isEmpty();
    }

    @Test
    void shouldReadAPingAndPassOverTheRest() throws Exception {
        assertThat(parse("diagnostics:ping", "{\"test\": true}")).containsExactly(new ScmEvent.Ping());
        assertThat(parse("pr:comment:added", "{}")).isEmpty();
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThatThrownBy(() -> parse("pr:opened", pullRequest("x").replace("\"latestCommit\"", "\"other\"")))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageContaining("pullRequest.fromRef.latestCommit");
        assertThatThrownBy(() -> parse("repo:refs_changed", refs("{}"))).hasMessageContaining("changes.ref.id");
        assertThatThrownBy(() -> parse("repo:refs_changed", "{}")).hasMessageContaining("repository.project.key");
    }
}
