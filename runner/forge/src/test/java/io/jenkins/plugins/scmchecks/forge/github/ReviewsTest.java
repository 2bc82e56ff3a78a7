package io.jenkins.plugins.scmchecks.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.Api;
import io.jenkins.plugins.scmchecks.forge.Api.Reply;
import io.jenkins.plugins.scmchecks.forge.Fixture;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewsTest {

    private static final String PULL = "/repos/acme/shop/pulls/1";

    private final Fixture forge = new Fixture();
    private final Api api = forge.api();

    @AfterEach
    void close() {
        forge.close();
    }

    /** Line 20 is changed and the old line 30 is gone, so hunks show 17–23 and, new, 27–32. */
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "line":20                                              | 200 |
            "line":23,"side":"RIGHT"                               | 200 |
            "line":20,"side":"LEFT"                                | 200 |
            "line":30,"side":"LEFT"                                | 200 |
            "start_line":18,"line":20                              | 200 |
            "start_line":20,"start_side":"LEFT","line":20          | 200 |
            "position":5                                           | 200 |
            "subject_type":"file"                                  | 200 |
            "line":16                                              | 422 | Line could not be resolved
            "line":24                                              | 422 | Line could not be resolved
            "line":34,"side":"LEFT"                                | 422 | Line could not be resolved
            "position":99                                          | 422 | Position could not be resolved
            "start_line":20,"line":20                              | 422 | start_line must precede the end line.
            "start_line":18,"line":28                              | 422 | start_line must be part of the same hunk
            "start_line":2,"line":20                               | 422 | Start line could not be resolved
            """)
    void shouldTakeCommentsOnLinesOfTheDiffOnly(String place, int status, String message) {
        // When
        Reply reply = review("{\"path\":\"a.txt\",\"body\":\"b\"," + place + "}");

        // Then
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().at("/errors/0").asText()).startsWith(message == null ? "" : message);
        assertThat(forge.pull.threads()).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void shouldRefuseAFileThatIsNotInTheDiff() {
        assertThat(review("{\"path\":\"b.txt\",\"body\":\"b\",\"line\":1}").json().at("/errors/0").asText())
                .isEqualTo("Path could not be resolved");
    }

    @Test
    void shouldTakeAllCommentsOfAReviewOrNone() {
        // When
        Reply reply = review("{\"path\":\"a.txt\",\"body\":\"b\",\"line\":20},"
                + "{\"path\":\"a.txt\",\"body\":\"b\",\"line\":1}");

        // Then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(forge.pull.threads()).isEmpty();
    }

    @Test
    void shouldRefuseABodyThatIsTooLong() {
        // Given
        String tooLong = "x".repeat(65_536);

        // When / Then
        assertThat(review("{\"path\":\"a.txt\",\"line\":20,\"body\":\"" + tooLong + "\"}").status()).isEqualTo(422);
        Reply summary = api.post("/repos/acme/shop/issues/1/comments", "{\"body\":\"" + tooLong + "\"}");
        assertThat(summary.status()).isEqualTo(422);
        assertThat(summary.json().at("/errors/0/message").asText()).contains("too long");
        assertThat(api.post("/repos/acme/shop/issues/1/comments", "{\"body\":\"" + tooLong.substring(1) + "\"}")
                .status()).isEqualTo(201);
    }

    @Test
    void shouldEditAnswerAndDeleteAComment() {
        // Given
        Reply created = api.post(PULL + "/comments", "{\"path\":\"a.txt\",\"line\":20,\"body\":\"b\",\"commit_id\":\""
                + forge.pull.headSha() + "\"}");
        long id = created.json().get("id").asLong();

        // When
        Reply answer = api.post(PULL + "/comments/" + id + "/replies", "{\"body\":\"answer\"}");
        Reply edited = api.patch("/repos/acme/shop/pulls/comments/" + id, "{\"body\":\"new\"}");
        JsonNode listed = api.get(PULL + "/comments").json();

        // Then
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("diff_hunk").asText()).endsWith("+changed 20");
        assertThat(answer.json().get("in_reply_to_id").asLong()).isEqualTo(id);
        assertThat(edited.json().get("body").asText()).isEqualTo("new");
        assertThat(listed.findValuesAsText("body")).containsExactly("new", "answer");
        assertThat(api.delete("/repos/acme/shop/pulls/comments/" + id).status()).isEqualTo(204);
        assertThat(api.get("/repos/acme/shop/pulls/comments/" + id).status()).isEqualTo(404);
    }

    @Test
    void shouldWordAMisplacedSingleCommentAsTheCommentApiDoes() {
        // When
        Reply refused = api.post(PULL + "/comments", "{\"path\":\"a.txt\",\"line\":1,\"body\":\"b\",\"commit_id\":\""
                + forge.pull.headSha() + "\"}");

        // Then
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("message").asText()).isEqualTo("Validation Failed");
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("pull_request_review_thread.line");
    }

    @Test
    void shouldMoveAThreadWithItsLine() {
        // Given
        review("{\"path\":\"a.txt\",\"line\":20,\"body\":\"b\"}");

        // When
        forge.shop.commit("feature", "Above", Map.of("a.txt", "new first line\n" + changed()));

        // Then
        JsonNode comment = api.get(PULL + "/comments").json().get(0);
        assertThat(comment.get("line").asInt()).isEqualTo(21);
        assertThat(comment.get("original_line").asInt()).isEqualTo(20);
        assertThat(comment.get("commit_id").asText()).isEqualTo(forge.pull.headSha());
    }

    @Test
    void shouldOutdateAThreadWhoseLineIsChanged() {
        // Given
        review("{\"path\":\"a.txt\",\"line\":20,\"body\":\"b\"}");

        // When
        forge.shop.commit("feature", "Again", Map.of("a.txt", changed().replace("changed 20", "other 20")));

        // Then
        JsonNode comment = api.get(PULL + "/comments").json().get(0);
        assertThat(comment.get("line").isNull()).isTrue();
        assertThat(comment.get("position").isNull()).isTrue();
        assertThat(comment.get("original_line").asInt()).isEqualTo(20);
    }

    @Test
    void shouldWantThePermission() {
        // Given
        forge.installation.grant(Map.of("pull_requests", "read"));
        Api reader = forge.api();

        // When / Then
        assertThat(reader.get(PULL + "/comments").status()).isEqualTo(200);
        assertThat(reader.post(PULL + "/reviews", "{\"event\":\"COMMENT\",\"body\":\"b\"}").status()).isEqualTo(403);
        assertThat(reader.post("/repos/acme/shop/issues/1/comments", "{\"body\":\"b\"}").status()).isEqualTo(403);
    }

    private Reply review(String comments) {
        return api.post(PULL + "/reviews", "{\"event\":\"COMMENT\",\"comments\":[" + comments + "]}");
    }

    private static String changed() {
        return Fixture.lines(1, 40).replace("line 20\n", "changed 20\n").replace("line 30\n", "");
    }
}
