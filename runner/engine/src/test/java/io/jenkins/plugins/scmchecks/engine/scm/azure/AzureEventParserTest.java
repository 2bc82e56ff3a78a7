package io.jenkins.plugins.scmchecks.engine.scm.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent.Type;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications of the shapes that Azure DevOps' documentation shows (Service hooks events). */
class AzureEventParserTest {

    private static final String ZERO = "0".repeat(40);
    private static final String OLD = "a".repeat(40);
    private static final String NEW = "b".repeat(40);
    private static final RepositoryPath FABRIKAM = new RepositoryPath("Fabrikam-Fiber-Git/Fabrikam web");

    private final AzureEventParser parser = new AzureEventParser();

    @Test
    void shouldReadEveryRefOfAPush() throws Exception {
        // Given
        String updates = refUpdate("refs/heads/master", OLD, NEW)
                + "," + refUpdate("refs/heads/feature/x", ZERO, NEW)
                + "," + refUpdate("refs/heads/old", OLD, ZERO)
                + "," + refUpdate("refs/tags/v1", ZERO, NEW)
                + "," + refUpdate("refs/tags/v0", OLD, ZERO)
                + "," + refUpdate("refs/notes/commits", OLD, NEW);

        // When
        List<ScmEvent> events = parser.parse(createPush(updates));

        // Then
        String actor = "fabrikamfiber4@hotmail.com";
        assertThat(events).containsExactly(
                new ScmEvent.Push(FABRIKAM, "master", OLD, NEW, actor),
                new ScmEvent.RefChange(FABRIKAM, Type.BRANCH_CREATED, "feature/x", NEW, actor),
                new ScmEvent.RefChange(FABRIKAM, Type.BRANCH_DELETED, "old", OLD, actor),
                new ScmEvent.RefChange(FABRIKAM, Type.TAG_CREATED, "v1", NEW, actor),
                new ScmEvent.RefChange(FABRIKAM, Type.TAG_DELETED, "v0", OLD, actor));
    }

    @Test
    void shouldReadWhatAPullRequestIs() throws Exception {
        // When
        List<ScmEvent> events = parser.parse(createPullRequest("git.pullrequest.created", "active", "created", ""));

        // Then
        assertThat(events).singleElement().isInstanceOfSatisfying(ScmEvent.PullRequestChange.class, change -> {
            assertThat(change.type()).isEqualTo(Type.PULL_REQUEST_OPENED);
            assertThat(change.repository()).isEqualTo(FABRIKAM);
            assertThat(change.pullRequest().number()).isEqualTo(1);
            assertThat(change.pullRequest().headSha()).isEqualTo(NEW);
            assertThat(change.pullRequest().baseSha()).isEqualTo(OLD);
            assertThat(change.pullRequest().sourceBranch()).isEqualTo("mytopic");
            assertThat(change.pullRequest().targetBranch()).isEqualTo("master");
            assertThat(change.pullRequest().headRepository()).isEqualTo(FABRIKAM);
            assertThat(change.pullRequest().fork()).isFalse();
            assertThat(change.pullRequest().author()).isEqualTo("fabrikamfiber16@hotmail.com");
        });
    }

    @Test
    void shouldTellByTheStatusWhatBecameOfAPullRequest() throws Exception {
        String updated = "git.pullrequest.updated";
        assertThat(types(createPullRequest(updated, "active", "updated the source branch", "")))
                .containsExactly(Type.PULL_REQUEST_UPDATED);
        assertThat(types(createPullRequest(updated, "completed", "marked the pull request as completed", "")))
                .containsExactly(Type.PULL_REQUEST_MERGED);
        assertThat(types(createPullRequest(updated, "abandoned", "abandoned", "")))
                .containsExactly(Type.PULL_REQUEST_CLOSED);
        assertThat(types(createPullRequest(updated, "active", "changed the target branch", "")))
                .containsExactly(Type.PULL_REQUEST_RETARGETED, Type.PULL_REQUEST_UPDATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "has changed the reviewer list on pull request 1 (x) in y",
        "approved pull request 1 (x) in y",
        "has approved and left suggestions in pull request 1 (x) in y",
        "is waiting for the author in pull request 1 (x) in y",
        "rejected pull request 1 (x) in y",
        "voted on pull request 1 (x) in y"
    })
    void shouldLeaveOutVotesAndReviewersUnlessItIsATitleThatSpeaksOfThem(String message) throws Exception {
        String updated = "git.pullrequest.updated";
        assertThat(types(createPullRequest(updated, "active", message, ""))).isEmpty();
        assertThat(types(createPullRequest(
                        updated, "active", "updated the source branch of pull request 1 (" + message + ")", "")))
                .containsExactly(Type.PULL_REQUEST_UPDATED);
        assertThat(types(createPullRequest(updated, "active", "hat den Pull Request 1 aktualisiert", "")))
                .containsExactly(Type.PULL_REQUEST_UPDATED);
    }

    @Test
    void shouldKnowAForkEvenIfItIsGone() throws Exception {
        String fork = ",\"forkSource\":{\"name\":\"refs/heads/mytopic\",\"repository\":"
                + "{\"name\":\"copy\",\"project\":{\"name\":\"people\"}}}";

        ScmEvent.PullRequestChange known = (ScmEvent.PullRequestChange)
                parser.parse(createPullRequest("git.pullrequest.created", "active", "", fork)).get(0);
        ScmEvent.PullRequestChange gone = (ScmEvent.PullRequestChange)
                parser.parse(createPullRequest("git.pullrequest.created", "active", "", ",\"forkSource\":{}")).get(0);

        assertThat(known.pullRequest().fork()).isTrue();
        assertThat(known.pullRequest().headRepository()).isEqualTo(new RepositoryPath("people/copy"));
        assertThat(gone.pullRequest().fork()).isTrue();
        assertThat(gone.pullRequest().headRepository()).isNull();
    }

    @Test
    void shouldAnswerTheTestButton() throws Exception {
        Delivery test = delivery("{\"subscriptionId\":\"00000000-0000-0000-0000-000000000000\",\"notificationId\":1,"
                + "\"eventType\":\"git.push\",\"resource\":{}}");

        assertThat(parser.parse(test)).containsExactly(new ScmEvent.Ping());
    }

    @Test
    void shouldLeaveOutWhatItHasNoUseFor() throws Exception {
        assertThat(parser.parse(delivery("{\"eventType\":\"workitem.created\",\"resource\":{\"id\":5}}"))).isEmpty();
        assertThat(parser.parse(createPullRequest("git.pullrequest.updated", "notSet", "", ""))).isEmpty();
    }

    @Test
    void shouldSayWhichFieldIsMissing() {
        assertThatThrownBy(() -> parser.parse(delivery("{\"eventType\":\"git.push\",\"resource\":{\"pushId\":1}}")))
                .isInstanceOf(MalformedDeliveryException.class)
                .hasMessageContaining("resource.repository")
                .hasMessageContaining("all details");
        assertThatThrownBy(() -> parser.parse(delivery("{\"id\":1}"))).hasMessageContaining("eventType");
        assertThatThrownBy(() -> parser.parse(delivery("[]"))).isInstanceOf(MalformedDeliveryException.class);
        assertThatThrownBy(() -> parser.parse(delivery("{"))).isInstanceOf(MalformedDeliveryException.class);
        assertThatThrownBy(() -> parser.parse(delivery("{\"eventType\":" + "[".repeat(100) + "]".repeat(100) + "}")))
                .isInstanceOf(MalformedDeliveryException.class);
    }

    @Test
    void shouldNameANotificationTheSameWhenItIsSentAgain() {
        // Given
        WebhookTrust trust = new WebhookTrust.BasicAuth("jenkins", "p:w");
        AzureVerifier verifier = new AzureVerifier();

        // Then
        assertThat(verifier.verify(delivery("{\"subscriptionId\":\"s-1\",\"notificationId\":3,\"id\":\"e-1\"}"), trust))
                .isEqualTo(new Verdict.Accepted("s-1:3:e-1"));
        assertThat(verifier.verify(delivery("{\"x\":{\"id\":\"no\"},\"id\":\"e-2\",\"subscriptionId\":\"s-1\"}"),
                trust))
                .isEqualTo(new Verdict.Accepted("s-1::e-2"));
        assertThat(((Verdict.Accepted) verifier.verify(delivery("{\"id\":\"a b\\n\"}"), trust)).deliveryId())
                .startsWith("body:");
        assertThat(verifier.verify(delivery("{}"), new WebhookTrust.BasicAuth("jenkinsp", "w")))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(verifier.verify(delivery("{}"), new WebhookTrust.SharedSecret("p:w")))
                .isInstanceOf(Verdict.Refused.class);
    }

    private List<Type> types(Delivery delivery) throws MalformedDeliveryException {
        return parser.parse(delivery).stream().map(ScmEvent::type).toList();
    }

    private static String refUpdate(String name, String before, String after) {
        return "{\"name\":\"" + name + "\",\"oldObjectId\":\"" + before + "\",\"newObjectId\":\"" + after + "\"}";
    }

    private static Delivery createPush(String refUpdates) {
        return delivery("""
                {"subscriptionId":"4f6e6328-0251-4814-a009-c01dfa368e3f","notificationId":4,
                 "id":"03c164c2-8912-4d5e-8009-3707d5f83734","eventType":"git.push","publisherId":"tfs",
                 "message":{"text":"Jamal Hartnett pushed updates to branch master","unknown":[1]},
                 "resource":{"commits":[{"commitId":"33b55f7cb7e7e245323987634f960cf4a6e6bc74","comment":"x"}],
                  "refUpdates":[%s],
                  "repository":{"id":"278d5cd2-584d-4b63-824a-2ba458937249","name":"Fabrikam web",
                   "project":{"id":"6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c","name":"Fabrikam-Fiber-Git"},
                   "defaultBranch":"refs/heads/master","remoteUrl":"https://fabrikam@dev.azure.com/fabrikam/_git/x"},
                  "pushedBy":{"id":"00067FFED5C7AF52@Live.com","displayName":"Jamal Hartnett",
                   "uniqueName":"fabrikamfiber4@hotmail.com"},
                  "pushId":14,"date":"2014-05-02T19:17:13.3309587Z"},
                 "resourceVersion":"1.0","createdDate":"2024-12-02T21:12:33.303Z"}
                """.formatted(refUpdates));
    }

    private static Delivery createPullRequest(String event, String status, String did, String more) {
        return delivery("""
                {"subscriptionId":"4f6e6328-0251-4814-a009-c01dfa368e3f","notificationId":2,
                 "id":"2ab4e3d3-b7a6-425e-92b1-5a9982c1269e","eventType":"%s","publisherId":"tfs",
                 "message":{"text":"Jamal Hartnett %s"},
                 "resource":{"repository":{"id":"4bc14d40-c903-45e2-872e-0462c7748079","name":"Fabrikam web",
                   "project":{"id":"6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c","name":"Fabrikam-Fiber-Git"}},
                  "pullRequestId":1,"status":"%s",
                  "createdBy":{"id":"54d125f7-69f7-4191-904f-c5b96b6261c8","displayName":"Jamal Hartnett",
                   "uniqueName":"fabrikamfiber16@hotmail.com"},
                  "creationDate":"2014-06-17T16:55:46.589889Z","title":"my first pull request",
                  "sourceRefName":"refs/heads/mytopic","targetRefName":"refs/heads/master","mergeStatus":"succeeded",
                  "mergeId":"a10bb228-6ba6-4362-abd7-49ea21333dbd",
                  "lastMergeSourceCommit":{"commitId":"%s"},"lastMergeTargetCommit":{"commitId":"%s"},
                  "reviewers":[{"vote":0,"displayName":"x"}]%s},
                 "resourceVersion":"1.0"}
                """.formatted(event, did, status, NEW, OLD, more));
    }

    private static Delivery delivery(String body) {
        String login = Base64.getEncoder().encodeToString("jenkins:p:w".getBytes(StandardCharsets.UTF_8));
        return new Delivery("fabrikam", Map.of("authorization", "Basic " + login),
                body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    }
}
