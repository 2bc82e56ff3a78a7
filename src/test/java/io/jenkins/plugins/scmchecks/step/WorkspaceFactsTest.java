package io.jenkins.plugins.scmchecks.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkspaceFactsTest {

    private static final String HEAD = "a".repeat(40);
    private static final String BASE = "b".repeat(40);
    private static final String PULL = "c".repeat(40);
    private static final String NEWER = "d".repeat(40);

    @Test
    void shouldReportTheCommitThatTheProviderKnows() {
        WorkspaceFacts plain = new WorkspaceFacts(HEAD, List.of(BASE), null);
        WorkspaceFacts merge = new WorkspaceFacts(HEAD, List.of(BASE, PULL), null);

        assertThat(plain.reported(null)).isEqualTo(HEAD);
        assertThat(plain.reported(HEAD)).isEqualTo(HEAD);
        assertThat(merge.reported(PULL)).as("the merge itself was made in this workspace").isEqualTo(PULL);
        assertThat(merge.reported(NEWER)).as("a commit that came later was not analysed").isEqualTo(PULL);
        assertThat(plain.reported(NEWER)).as("what was analysed is what is reported").isEqualTo(HEAD);
        assertThat(WorkspaceFacts.NONE.reported(PULL)).isEqualTo(PULL);
        assertThat(WorkspaceFacts.NONE.reported(null)).isNull();
    }

    @Test
    void shouldNotTakeFromAnAgentWhatIsNoCommit() {
        WorkspaceFacts facts = new WorkspaceFacts("../../x", List.of("HEAD", BASE), null);

        assertThat(facts.head()).isNull();
        assertThat(facts.parents()).containsExactly(BASE);
    }
}
