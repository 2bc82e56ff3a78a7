package io.jenkins.plugins.scmchecks.forge.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.forge.Api;
import io.jenkins.plugins.scmchecks.forge.Api.Reply;
import io.jenkins.plugins.scmchecks.forge.Fixture;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {

    private static final String EVIL = "<script>alert(1)</script>";

    private final Fixture forge = new Fixture();
    private final Api api = forge.api();

    @AfterEach
    void close() {
        forge.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/acme", "/acme/shop", "/acme/shop/pull/1", "/acme/shop/pull/1/checks",
            "/acme/shop/pull/1/files", "/acme/shop/commit/feature", "/acme/shop/blob/feature/a.txt"})
    void shouldShowEveryPageWithoutScriptOrInlineStyle(String path) {
        // Given
        forge.shop.commit("feature", EVIL, Map.of("x.txt", EVIL, "a&b \"c\".txt", "x"));
        forge.pull.edit(EVIL, EVIL, forge.alice);
        api.post("/repos/acme/shop/check-runs", forge.check(",\"conclusion\":\"failure\",\"output\":{\"title\":\""
                + EVIL + "\",\"summary\":\"" + EVIL + "\",\"annotations\":[{\"path\":\"a.txt\",\"start_line\":1,"
                + "\"end_line\":1,\"annotation_level\":\"warning\",\"message\":\"" + EVIL + "\"}]}"));

        // When
        Reply page = page(path);

        // Then
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'").contains("style-src 'self'");
        assertThat(page.text()).startsWith("<!DOCTYPE html>").endsWith("</html>")
                .doesNotContain("<script", "<style", " style=", "onclick=");
    }

    @Test
    void shouldShowACheckWithItsAnnotations() {
        // Given
        api.post("/repos/acme/shop/check-runs", forge.check(",\"conclusion\":\"failure\",\"output\":{\"title\":"
                + "\"Two findings\",\"summary\":\"The **gate** failed\",\"annotations\":[{\"path\":\"a.txt\","
                + "\"start_line\":2,\"end_line\":4,\"annotation_level\":\"failure\",\"message\":\"Bad\","
                + "\"title\":\"Rule\"}]}"));

        // When
        String page = page("/acme/shop/pull/1").text();

        // Then
        assertThat(page).contains("Two findings", "<strong>gate</strong>", "a.txt:2–4", "Rule", "Bad",
                "check-failure");
    }

    @Test
    void shouldShowAThreadBelowItsLineWithTheSuggestedChange() {
        // Given
        comment("```suggestion\\nbetter 20\\n```");

        // When
        String page = page("/acme/shop/pull/1/files").text();

        // Then
        int line = page.indexOf(">changed 20</td></tr><tr class=\"threads\">");
        assertThat(line).isPositive();
        assertThat(page.substring(line)).containsSubsequence("Suggested change",
                "<tr class=\"deleted\"><td class=\"mark\">-</td><td class=\"code\">changed 20</td></tr>",
                "<tr class=\"added\"><td class=\"mark\">+</td><td class=\"code\">better 20</td></tr>");
    }

    @Test
    void shouldCollapseAResolvedThread() {
        // Given
        comment("Bad");
        ReviewThread thread = forge.pull.threads().get(0);
        assertThat(page("/acme/shop/pull/1").text())
                .contains("<details class=\"thread\" id=\"thread-" + thread.id() + "\" open=\"open\">");

        // When
        thread.resolve(forge.alice);

        // Then
        assertThat(page("/acme/shop/pull/1").text()).contains("Resolved", "by alice",
                "<details class=\"thread done\" id=\"thread-" + thread.id() + "\">");
    }

    @Test
    void shouldRenderMarkdownButNoForeignHtml() {
        // Given
        api.post("/repos/acme/shop/issues/1/comments", "{\"body\":\"| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n"
                + "<details><summary>More</summary>\\n\\n- [x] done\\n\\n</details>\\n\\n<!-- hidden marker -->\\n\\n"
                + "<img src=x onerror=alert(1)> [link](javascript:alert(1))\"}");

        // When
        String page = page("/acme/shop/pull/1").text();

        // Then
        assertThat(page).contains("<td>1</td>", "<details><summary>More</summary>", "type=\"checkbox\"",
                "&lt;img src=x onerror=alert(1)&gt;");
        assertThat(page).doesNotContain("hidden marker", "javascript:", "<img");
    }

    @Test
    void shouldAnswer404ForWhatIsNotThere() {
        assertThat(page("/acme/nothing").status()).isEqualTo(404);
        assertThat(page("/acme/shop/pull/99").status()).isEqualTo(404);
        assertThat(page("/acme/shop/blob/feature/nothing.txt").status()).isEqualTo(404);
    }

    private Reply page(String path) {
        return api.get(forge.forge.url() + path);
    }

    private void comment(String body) {
        api.post("/repos/acme/shop/pulls/1/reviews", "{\"event\":\"COMMENT\",\"comments\":[{\"path\":\"a.txt\","
                + "\"line\":20,\"body\":\"" + body + "\"}]}");
    }
}
