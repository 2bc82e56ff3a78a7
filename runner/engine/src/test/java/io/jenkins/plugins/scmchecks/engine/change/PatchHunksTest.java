package io.jenkins.plugins.scmchecks.engine.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.change.FileChange.Hunk;
import org.junit.jupiter.api.Test;

class PatchHunksTest {

    @Test
    void shouldLeaveOutContextLines() {
        // Given
        String patch = """
                @@ -1,5 +1,6 @@ resource "x" {
                 one
                -two
                +2
                +2b
                 three
                 four
                -five
                +5
                @@ -20,3 +21,2 @@
                 twenty
                -gone
                 end
                \\ No newline at end of file""";

        // When, Then
        assertThat(PatchHunks.of(patch))
                .containsExactly(new Hunk(2, 1, 2, 2), new Hunk(5, 1, 6, 1), new Hunk(21, 1, 22, 0));
    }

    @Test
    void shouldCountLinesOfANewFileFromOne() {
        // When
        FileChange file = new FileChange("a", null, FileChange.Kind.ADDED, PatchHunks.of("@@ -0,0 +1,2 @@\n+a\n+b"));

        // Then
        assertThat(file.changes(1)).isTrue();
        assertThat(file.changes(2)).isTrue();
        assertThat(file.changes(3)).isFalse();
    }

    @Test
    void shouldKnowNoLinesOfABinaryFile() {
        assertThat(PatchHunks.of("")).isEmpty();
    }
}
