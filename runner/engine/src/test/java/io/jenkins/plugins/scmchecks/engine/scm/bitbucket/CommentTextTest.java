package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommentTextTest {

    private static final String BODY = """
            <!-- scm-checks:0123456789abcdef:fp-1 -->
            <!-- refused 0123 a,b -->
            **high** · Rule

            Text with <b>words</b>.

            ````
            <!-- code -->
            </details>
            ```suggestion
            ````

            ```suggestion
            <sub>x</sub>
            ```

            <details><summary>Why, and how to mend it</summary>

            **Bold**

            </details>

            <sub>tool · R-1</sub>
            """;

    @Test
    void shouldHideMarkersAndFoldsOutsideCode() {
        String sent = CommentText.toBitbucket(BODY);

        assertThat(sent.lines()).startsWith("[//]: # (scm-checks:0123456789abcdef:fp-1)", "[//]: # (refused 0123 a,b)");
        assertThat(sent).contains("<!-- code -->\n</details>", "[//]: # (details)\n**Why, and how to mend it**\n",
                "[//]: # (sub)\ntool · R-1\n", "```suggestion\n<sub>x</sub>\n```");
    }

    @Test
    void shouldGiveBackWhatWasSent() {
        assertThat(CommentText.fromBitbucket(CommentText.toBitbucket(BODY))).isEqualTo(BODY);
        assertThat(CommentText.fromBitbucket(CommentText.toBitbucket(BODY).replace("\n", "\r\n"))).isEqualTo(BODY);
    }

    @Test
    void shouldGiveBackASuggestionThatWasShownAsCode() {
        String body = "a\n\n```suggestion\nx\n```\n";

        String sent = CommentText.toBitbucketWithoutSuggestion(body);

        assertThat(sent).doesNotContain("```suggestion");
        assertThat(CommentText.fromBitbucket(sent)).isEqualTo(body);
    }
}
