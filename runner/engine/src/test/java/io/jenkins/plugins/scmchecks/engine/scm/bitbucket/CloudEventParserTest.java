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

/** Payloads in the shape of Bitbucket Cloud's documentation, Event payloads. */
class CloudEventParserTest {

    private static final RepositoryPath REPOSITORY = new RepositoryPath("team_name/repo_name");

    private static final String HEAD = """
            "actor": {"type": "user", "nickname": "emmap1", "display_name": "Emma", "uuid": "{a54f16da-24e9-4d7f}"},
            "repository": {"type": "repository", "full_name": "team_name/repo_name", "uuid": "{673a6070}",
              "links": {"self": {"href": "https://api.bitbucket.org/2.0/repositories/bitbucket/bitbucket"}},
              "scm": "git", "is_private": true, "new field": [1]}""";

    private static final String PULL_REQUEST = """
            {%s, "pullrequest": {"id": 1, "title": "Title of pull request", "state": "OPEN",
              "author": {"type": "user", "nickname": "emmap1"},
              "source": {"branch": {"name": "branch2"}, "commit": {"hash": "d3022fc0ca3d"},
                "repository": {"full_name": "team_name/repo_name"}},
              "destination": {"branch": {"name": "main"}, "commit": {"hash": "ce5965ddd289"},
                "repository": {"full_name": "team_name/repo_name"}},
              "merge_commit": null, "participants": [], "reviewers": [], "close_source_branch": true,
              "links": {"html": {"href": "https://bitbucket.org/team_name/repo_name/pull-requests/1"}}}}"""
            .formatted(HEAD);

    private static List<ScmEvent> parse(String event, String body) throws MalformedDeliveryException {
        return new CloudEventParser().parse(new Delivery(
                "acme", Map.of("X-Event-Key", event), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }

    private static String push(String changes) {
        return "{" + HEAD + ", \"push\": {\"changes\": [" + changes + "]}}";
    }

    private static String ref(String type, String name, String hash) {
        return "{\"type\": \"" + type + "\", \"name\": \"" + name + "\", \"target\": {\"type\": \"commit\", \"hash\": \""
                + hash + "\", \"parents\": []}, \"links\": {}}";
    }

    @Test
    void shouldReadEveryChangeOfAPush() throws Exception {
        String body = push("{\"new\": " + ref("branch", "main", "709d658d") + ", \"old\": " + ref("branch", "main", "1e65c05c")
                + ", \"created\": false, \"forced\": false, \"closed\": false, \"commits\": [{}], \"truncated\": true}, {\"new\": "
                + ref("branch", "a/b", "709d658d") + ", \"old\": null, \"created\": true}, {\"new\": null, \"old\": "
                + ref("branch", "gone", "1e65c05c") + ", \"closed\": true}, {\"new\": " + ref("tag", "v1", "709d658d")
                + ", \"old\": null}, {\"new\": null, \"old\": " + ref("annotated_tag", "v0", "1e65c05c") + "}");

        assertThat(parse("repo:push", body)).containsExactly(
                new ScmEvent.Push(REPOSITORY, "main", "1e65c05c", "709d658d", "emmap1"),
                new ScmEvent.RefChange(REPOSITORY, ScmEvent.Type.BRANCH_CREATED, "a/b", "709d658d", "emmap1"),
                new ScmEvent.RefChange(REPOSITORY, ScmEvent.Type.BRANCH_DELETED, "gone", "1e65c05c", "emmap1"),
                new ScmEvent.RefChange(REPOSITORY, ScmEvent.Type.TAG_CREATED, "v1", "709d658d", "emmap1"),
                new ScmEvent.RefChange(REPOSITORY, ScmEvent.Type.TAG_DELETED, "v0", "1e65c05c", "emmap1"));
    }

    @Test
    void shouldReadAPullRequest() throws Exception {
        for (Map.Entry<String, ScmEvent.Type> each : Map.of(
                        "pullrequest:created", ScmEvent.Type.PULL_REQUEST_OPENED,
                        "pullrequest:updated", ScmEvent.Type.PULL_REQUEST_UPDATED,
                        "pullrequest:fulfilled", ScmEvent.Type.PULL_REQUEST_MERGED,
                        "pullrequest:rejected", ScmEvent.Type.PULL_REQUEST_CLOSED)
                .entrySet()) {
            assertThat(parse(each.getKey(), PULL_REQUEST)).containsExactly(new ScmEvent.PullRequestChange(
                    REPOSITORY,
                    each.getValue(),
                    new PullRequest(
                            1, "Title of pull request", "branch2", "main", "d3022fc0ca3d", "ce5965ddd289", REPOSITORY,
                            "emmap1", false, "https://bitbucket.org/team_name/repo_name/pull-requests/1"),
                    "emmap1"));
        }
    }

    @Test
    void shouldKnowAForkAndOneThatIsGone() throws Exception {
        String fork = PULL_REQUEST.replaceFirst("(\"d3022fc0ca3d\"},\\s*\"repository\": )\\{[^}]*}",
                "$1{\"full_name\": \"somebody/fork\"}");
        String gone = PULL_REQUEST.replaceFirst("(\"d3022fc0ca3d\"},\\s*\"repository\": )\\{[^}]*}", "$1null");

        PullRequest ofFork = ((ScmEvent.PullRequestChange) parse("pullrequest:created", fork).get(0)).pullRequest();
        PullRequest ofGone = ((ScmEvent.PullRequestChange) parse("pullrequest:created", gone).get(0)).pullRequest();

        assertThat(ofFork.fork()).isTrue();
        assertThat(ofFork.headRepository()).isEqualTo(new RepositoryPath("somebody/fork"));
        assertThat(ofGone.fork()).isTrue();
        assertThat(ofGone.headRepository()).isNull();
    }

    @Test
    void shouldPassOverWhatItHasNoUseFor() throws Exception {
        assertThat(parse("repo:fork", "not even JSON")).isEmpty();
        assertThat(parse("repo:push", push(""))).isEmpty();
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThatThrownBy(() -> parse("pullrequest:created", PULL_REQUEST.replace("\"id\": 1", "\"id\": \"x\"")))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageContaining("pullrequest.id");
        assertThatThrownBy(() -> parse("pullrequest:created", PULL_REQUEST.replace("team_name/repo_name", "../x")))
                .hasMessageContaining("repository.full_name");
        assertThatThrownBy(() -> parse("repo:push", push("{}"))).hasMessageContaining("neither old nor new");
        assertThatThrownBy(() -> parse("repo:push", "[")).hasMessageContaining("not readable as JSON");
        assertThatThrownBy(() -> parse("repo:push", "[]")).hasMessageContaining("not a JSON object");
        assertThatThrownBy(() -> parse("repo:push", "[".repeat(100_000))).isInstanceOf(MalformedDeliveryException.class);
        assertThatThrownBy(() -> parse("", "{}")).hasMessageContaining("X-Event-Key");
    }
}
