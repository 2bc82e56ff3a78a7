package io.jenkins.plugins.scmchecks.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.Api;
import io.jenkins.plugins.scmchecks.forge.Api.Reply;
import io.jenkins.plugins.scmchecks.forge.Fixture;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusesTest {

    private final Fixture forge = new Fixture();
    private final Api person = new Api(forge.forge, forge.forge.token(forge.alice, "repo:status").value());

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void shouldCombineTheLatestStatusOfEachContext() {
        // Given
        set("scan", "pending");
        set("scan", "failure");
        set("build", "success");

        // When
        JsonNode combined = person.get("/repos/acme/shop/commits/feature/status").json();

        // Then
        assertThat(combined.get("state").asText()).isEqualTo("failure");
        assertThat(combined.get("statuses").findValuesAsText("context")).containsExactly("scan", "build");
        assertThat(person.get("/repos/acme/shop/commits/feature/statuses").json().findValuesAsText("state"))
                .containsExactly("success", "failure", "pending");
    }

    @Test
    void shouldTakeNoMoreThanAThousandStatusesOfACommitAndContext() {
        // Given
        for (int i = 0; i < 1000; i++) {
            forge.shop.statuses().add(new CommitStatus(i, forge.pull.headSha(), "scan", "pending", null, null,
                    forge.alice, forge.forge.clock().instant()));
        }

        // When
        Reply refused = set("scan", "success");

        // Then
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/message").asText()).contains("maximum number of statuses");
        assertThat(set("other", "success").status()).isEqualTo(201);
    }

    @Test
    void shouldRefuseAnUnknownState() {
        assertThat(set("scan", "passed").status()).isEqualTo(422);
    }

    @Test
    void shouldRefuseThoseWhoMayNotPush() {
        // Given
        Api stranger = new Api(forge.forge, forge.forge.token(forge.forge.user("mallory"), "repo").value());

        // When / Then
        assertThat(stranger.post("/repos/acme/shop/statuses/" + forge.pull.headSha(), "{\"state\":\"success\"}")
                .status()).isEqualTo(403);
        assertThat(new Api(forge.forge, null)
                .post("/repos/acme/shop/statuses/" + forge.pull.headSha(), "{\"state\":\"success\"}").status())
                .isEqualTo(401);
    }

    private Reply set(String context, String state) {
        return person.post("/repos/acme/shop/statuses/" + forge.pull.headSha(),
                "{\"state\":\"" + state + "\",\"context\":\"" + context + "\"}");
    }
}
