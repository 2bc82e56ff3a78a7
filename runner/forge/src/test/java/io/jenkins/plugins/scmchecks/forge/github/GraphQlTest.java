package io.jenkins.plugins.scmchecks.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.Api;
import io.jenkins.plugins.scmchecks.forge.Api.Reply;
import io.jenkins.plugins.scmchecks.forge.Fixture;
import io.jenkins.plugins.scmchecks.forge.http.RecordedRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphQlTest {

    private static final String THREADS = """
            query($owner: String!, $name: String!, $number: Int!, $after: String) {
              repository(owner: $owner, name: $name) { pullRequest(number: $number) {
                reviewThreads(first: 2, after: $after) {
                  nodes { id isResolved isOutdated path line resolvedBy { login }
                    comments(first: 1) { totalCount nodes { databaseId id body author { login } } } }
                  pageInfo { hasNextPage endCursor } } } } }
            """;
    private static final String RESOLVE =
            "mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { thread { isResolved } } }";

    private final Fixture forge = new Fixture();
    private final Api api = forge.api();

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void shouldListThreadsPageByPage() {
        // Given
        comment(18, 20, 28);

        // When
        JsonNode first = threads(null);
        JsonNode second = threads(first.at("/pageInfo/endCursor").asText());

        // Then
        assertThat(first.findValuesAsText("line")).containsExactly("18", "20");
        assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(second.findValuesAsText("line")).containsExactly("28");
        assertThat(second.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
        assertThat(second.at("/nodes/0/comments/nodes/0/author/login").asText()).isEqualTo("scm-checks");
    }

    @Test
    void shouldResolveAndReopenAThread() {
        // Given
        comment(20);
        String id = threads(null).at("/nodes/0/id").asText();

        // When / Then
        assertThat(api.graphQl(RESOLVE, Map.of("id", id))
                .json().at("/data/resolveReviewThread/thread/isResolved").asBoolean()).isTrue();
        assertThat(threads(null).at("/nodes/0/resolvedBy/login").asText()).isEqualTo("scm-checks");
        api.graphQl(RESOLVE.replace("resolveR", "unresolveR"), Map.of("id", id));
        assertThat(threads(null).at("/nodes/0/isResolved").asBoolean()).isFalse();
    }

    @Test
    void shouldRefuseToResolveWithoutWritingContents() {
        // Given
        comment(20);
        String id = threads(null).at("/nodes/0/id").asText();
        forge.installation.grant(Map.of("pull_requests", "write", "contents", "read"));

        // When
        Reply refused = forge.api().graphQl(RESOLVE, Map.of("id", id));

        // Then
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.json().at("/errors/0/type").asText()).isEqualTo("FORBIDDEN");
        assertThat(refused.json().at("/errors/0/message").asText())
                .isEqualTo("Resource not accessible by integration");
        assertThat(forge.pull.threads().get(0).resolved()).isFalse();
    }

    @Test
    void shouldHideAComment() {
        // Given
        JsonNode comment = api.post("/repos/acme/shop/issues/1/comments", "{\"body\":\"old\"}").json();

        // When
        Reply hidden = api.graphQl("mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED})"
                + " { minimizedComment { isMinimized minimizedReason } } }",
                Map.of("id", comment.get("node_id").asText()));

        // Then
        assertThat(hidden.json().at("/data/minimizeComment/minimizedComment/minimizedReason").asText())
                .isEqualTo("outdated");
    }

    @Test
    void shouldRefuseQueriesThatGitHubRefuses() {
        // When / Then
        assertThat(api.graphQl("{ repository(owner: \"acme\", name: \"shop\") { nonsense } }", Map.of())
                .json().at("/errors/0/message").asText()).contains("nonsense");
        assertThat(api.graphQl(THREADS.replace("first: 2, after: $after", "after: $after"), variables(null))
                .json().at("/errors/0/type").asText()).isEqualTo("MISSING_PAGINATION_BOUNDARIES");
        assertThat(api.graphQl(THREADS.replace("first: 2", "first: 101"), variables(null))
                .json().at("/errors/0/type").asText()).isEqualTo("EXCESSIVE_PAGINATION");
        assertThat(api.graphQl(THREADS, Map.of("owner", "acme", "name", "shop", "number", 77))
                .json().at("/errors/0/type").asText()).isEqualTo("NOT_FOUND");
        assertThat(new Api(forge.forge, null).graphQl(THREADS, variables(null)).status()).isEqualTo(401);
    }

    @Test
    void shouldCountMutationsAsWritesAndQueriesNot() {
        // Given
        comment(20);
        forge.forge.resetRequests();

        // When
        String id = threads(null).at("/nodes/0/id").asText();
        api.graphQl(RESOLVE, Map.of("id", id));

        // Then
        assertThat(forge.forge.requests()).hasSize(2);
        assertThat(forge.forge.writes()).extracting(RecordedRequest::path).containsExactly("/api/graphql");
    }

    private void comment(int... lines) {
        for (int line : lines) {
            api.post("/repos/acme/shop/pulls/1/reviews", "{\"event\":\"COMMENT\",\"comments\":[{\"path\":\"a.txt\","
                    + "\"line\":" + line + ",\"body\":\"b\"}]}");
        }
    }

    private JsonNode threads(String after) {
        return api.graphQl(THREADS, variables(after)).json().at("/data/repository/pullRequest/reviewThreads");
    }

    private static Map<String, Object> variables(String after) {
        return after == null
                ? Map.of("owner", "acme", "name", "shop", "number", 1)
                : Map.of("owner", "acme", "name", "shop", "number", 1, "after", after);
    }
}
