package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTextTest {

    @Test
    void shouldTakeCommandsTheirEffect() {
        assertThat(NoteText.toGitLab("Look:\n/close\n  /merge\n\\/approve", 0))
                .isEqualTo("Look:\n\\/close\n  \\/merge\n\\\\/approve");
    }

    @Test
    void shouldLeaveCodeAsItIs() {
        String body = "```\n/close\n```\n/close";

        assertThat(NoteText.toGitLab(body, 0)).isEqualTo("```\n/close\n```\n\\/close");
    }

    @Test
    void shouldSayHowManyLinesASuggestionReplaces() {
        assertThat(NoteText.toGitLab("Better:\n```suggestion\n/etc\n```\n", 2))
                .isEqualTo("Better:\n```suggestion:-2+0\n/etc\n```\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "\n/close\n", "a\n\\/b\n\\\\/c", "````suggestion\n```\n/x\n````\n/y", "~~~\n/x", "text /close", "x\n\n  /y  "
    })
    void shouldReadBackWhatItWrote(String body) {
        assertThat(NoteText.fromGitLab(NoteText.toGitLab(body, 3))).isEqualTo(body);
    }
}
