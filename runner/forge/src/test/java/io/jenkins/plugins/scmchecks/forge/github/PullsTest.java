package io.jenkins.plugins.scmchecks.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.Api;
import io.jenkins.plugins.scmchecks.forge.Api.Reply;
import io.jenkins.plugins.scmchecks.forge.Fixture;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PullsTest {

    private static final String[] DIFF = {"Accept", "application/vnd.github.v3.diff"};

    private final Fixture forge = new Fixture();
    private final Api api = forge.api();

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void shouldListTheFilesOfAPullRequestWithTheirPatches() {
        // Given
        forge.shop.rename("feature", "Rename", "b.txt", "c.txt");

        // When
        JsonNode files = api.get("/repos/acme/shop/pulls/1/files").json();

        // Then
        assertThat(files.findValuesAsText("filename")).containsExactly("a.txt", "c.txt");
        assertThat(files.at("/0/patch").asText()).startsWith("@@ -17,7 +17,7 @@\n line 17\n");
        assertThat(files.at("/0/additions").asInt()).isEqualTo(1);
        assertThat(files.at("/0/deletions").asInt()).isEqualTo(2);
        assertThat(files.at("/1/status").asText()).isEqualTo("renamed");
        assertThat(files.at("/1/previous_filename").asText()).isEqualTo("b.txt");
    }

    @Test
    void shouldCompareWithTheMergeBaseAndNotWithTheTipOfTheTarget() {
        // When
        forge.shop.commit("main", "Elsewhere", Map.of("other.txt", "x\n"));
        forge.shop.commit("feature", "More", Map.of("new.txt", "x\n"));

        // Then
        assertThat(api.get("/repos/acme/shop/pulls/1/files").json().findValuesAsText("filename"))
                .containsExactly("a.txt", "new.txt");
    }

    @Test
    void shouldRefuseADiffOfMoreThan300FilesButListThemAll() {
        // Given
        PullRequest big = pull("many", IntStream.rangeClosed(1, 301).boxed()
                .collect(Collectors.toMap(i -> "f" + i, i -> "x\n")));

        // When
        Reply diff = api.get("/repos/acme/shop/pulls/" + big.number(), DIFF);
        Reply files = api.get("/repos/acme/shop/pulls/" + big.number() + "/files?per_page=100&page=4");

        // Then
        assertThat(diff.status()).isEqualTo(406);
        assertThat(diff.json().get("message").asText()).contains("maximum number of files (300)");
        assertThat(files.json()).hasSize(1);
        assertThat(api.get("/repos/acme/shop/pulls/1", DIFF).text())
                .startsWith("diff --git a/a.txt b/a.txt").contains("+changed 20");
    }

    @Test
    void shouldRefuseADiffOfMoreThan20000Lines() {
        // Given
        PullRequest big = pull("long", Map.of("long.txt", Fixture.lines(1, 20_001)));

        // When
        Reply diff = api.get("/repos/acme/shop/pulls/" + big.number(), DIFF);

        // Then
        assertThat(diff.status()).isEqualTo(406);
        assertThat(diff.json().get("message").asText()).contains("lines (20000)");
    }

    @Test
    void shouldFilterPullRequests() {
        // Given
        PullRequest other = pull("other", Map.of("o.txt", "o\n"));
        other.close(forge.alice);
        Function<String, JsonNode> numbers = query -> api.get("/repos/acme/shop/pulls" + query).json();

        // When / Then
        assertThat(numbers.apply("").findValuesAsText("number")).containsExactly("1");
        assertThat(numbers.apply("?state=all").findValuesAsText("number")).containsExactly("2", "1");
        assertThat(numbers.apply("?state=closed&head=acme:other").findValuesAsText("number")).containsExactly("2");
    }

    @Test
    void shouldReadFilesAndFoldersOfABranch() {
        // Given
        forge.shop.commit("feature", "Folder", Map.of("dir/sub/x.txt", "x\n"));

        // When
        JsonNode root = api.get("/repos/acme/shop/contents?ref=feature").json();
        JsonNode file = api.get("/repos/acme/shop/contents/dir/sub/x.txt?ref=feature").json();

        // Then
        assertThat(root.findValuesAsText("name")).containsExactly("a.txt", "b.txt", "dir");
        assertThat(root.findValuesAsText("type")).containsExactly("file", "file", "dir");
        assertThat(new String(Base64.getMimeDecoder().decode(file.get("content").asText()))).isEqualTo("x\n");
        assertThat(api.get("/repos/acme/shop/contents/dir").status()).isEqualTo(404);
    }

    @Test
    void shouldFindABranchWithASlashInItsName() {
        // Given
        forge.shop.commit("fix/this", "Fix", Map.of("x", "x"));

        // When / Then
        assertThat(api.get("/repos/acme/shop/branches/fix%2Fthis").json().get("name").asText()).isEqualTo("fix/this");
        assertThat(api.get("/repos/acme/shop/branches/fix/this").status()).isEqualTo(200);
        assertThat(api.get("/repos/acme/shop/branches/nowhere").status()).isEqualTo(404);
    }

    private PullRequest pull(String branch, Map<String, String> files) {
        forge.shop.commit(branch, "Change", files);
        return forge.shop.openPullRequest("Change", branch, "main", forge.alice);
    }
}
