package io.jenkins.plugins.scmchecks.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

    @Test
    void shouldShowMarkupAsText() {
        assertThat(Markdown.line("*a* _b_ `c` [d](https://x) <img src=x> ![i](j) ~~k~~ a|b \\"))
                .isEqualTo("\\*a\\* \\_b\\_ \\`c\\` \\[d\\](https://x) &lt;img src=x&gt; "
                        + "\\!\\[i\\](j) \\~\\~k\\~\\~ a\\|b \\\\");
        assertThat(Markdown.line("# not a heading")).startsWith("\\#");
        assertThat(Markdown.line("1. not a list")).startsWith("1\\.");
        assertThat(Markdown.text("one\n- two")).isEqualTo("one  \n\\- two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@acme/everyone", "#12", "GH-12", "acme/shop#3", "!7", "www.example.com", "mailto:x@y.z"})
    void shouldNotMentionOrReferToAnything(String text) {
        // When
        String line = Markdown.line("see " + text);

        // Then: an invisible character stands between what would be recognised
        assertThat(line).contains("\u200B");
        assertThat(line.replace("\u200B", "").replace("\\", "")).isEqualTo("see " + text);
        assertThat(Markdown.untrusted("see " + text)).contains("\u200B");
    }

    @Test
    void shouldDropWhatCannotBeSeen() {
        assertThat(Markdown.line("a\u202Eb\u0000c\u2066d\r\ne")).isEqualTo("abcd e");
    }

    @Test
    void shouldPutAnyTextIntoCode() {
        assertThat(Markdown.code("a`b")).isEqualTo("``a`b``");
        assertThat(Markdown.code("`")).isEqualTo("`` ` ``");
        assertThat(Markdown.code("@all\n#1")).isEqualTo("`@all #1`");
        assertThat(Markdown.block("", "```\nx")).isEqualTo("````\n```\nx\n````");
        assertThat(Markdown.cell(Markdown.code("a|b"))).isEqualTo("`a\\|b`");
        assertThat(Markdown.cell(Markdown.line("a|b"))).isEqualTo("a\\|b");
    }

    @Test
    void shouldLinkToHttpAlone() {
        assertThat(Markdown.link("T", "https://e.x/a(b)\"<c>")).isEqualTo("[T](https://e.x/a%28b%29%22%3Cc%3E)");
        assertThat(Markdown.link("T", "javascript:alert(1)")).isEqualTo("T");
        assertThat(Markdown.link("T", "https://e.x/ a")).isEqualTo("T");
        assertThat(Markdown.link("T", null)).isEqualTo("T");
    }

    @Test
    void shouldKeepHelpButNotItsPowers() {
        // Given
        String help = """
                # Why
                - **Because** of `<b>` and [this](https://e.x) but [not](javascript:x) ![pixel](https://evil/p.png)
                <script>alert(1)</script> </details> @all

                ```html
                <b>@all</b>
                """;

        // When
        String text = Markdown.untrusted(help);

        // Then
        assertThat(text)
                .contains("# Why")
                .contains("**Because**")
                .contains("`<b>`")
                .contains("[this](https://e.x)")
                .contains("<b>@all</b>")
                .doesNotContain("javascript:")
                .doesNotContain("evil")
                .doesNotContain("<script")
                .doesNotContain("</details>")
                .endsWith("\n```");
    }
}
