package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackReaderTest {

    private static final String GOOD = """
            pack: team
            platform: kubernetes
            policies:
              - id: TEAM-1
                title: Ours
                severity: high
                resources: Pod
                fails_when: resource.spec.a == 1
            """;

    private final List<String> mistakes = new ArrayList<>();

    @Test
    void shouldReadAPolicy() throws Exception {
        // When
        PolicyPack pack = PackReader.read(GOOD, "team.yaml", mistakes::add);

        // Then
        assertThat(mistakes).isEmpty();
        assertThat(pack.policies()).singleElement().satisfies(policy -> {
            assertThat(policy.id()).isEqualTo("TEAM-1");
            assertThat(policy.severity()).isEqualTo(Severity.HIGH);
            assertThat(policy.resources()).containsExactly("Pod");
            assertThat(policy.message()).isEqualTo("Ours");
            assertThat(policy.line()).isEqualTo(4);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            severity: high    ; severity: terrible ; team.yaml:11: policy TEAM-2 is left out: unknown severity 'terrible'
            title: Ours       ; titel: Ours        ; team.yaml:10: policy TEAM-2 is left out: unknown key 'titel'
            resources: Pod    ; at: x              ; team.yaml:9: policy TEAM-2 is left out: 'resources' is missing
            id: TEAM-2        ; id: TEAM-1         ; team.yaml:9: policy TEAM-1 is left out: the id is used already in line 4
            id: TEAM-2        ; id: 'no spaces'    ; team.yaml:9: policy no spaces is left out: write an id of letters
            title: Ours       ; title: [a]         ; team.yaml:10: policy TEAM-2 is left out: 'title' must be a text
            """)
    void shouldLeaveOutAPolicyWithAMistakeAndKeepTheOthers(String right, String wrong, String mistake) throws Exception {
        // Given
        String second = GOOD.substring(GOOD.indexOf("  - id")).replace("TEAM-1", "TEAM-2").replace(right, wrong);

        // When
        PolicyPack pack = PackReader.read(GOOD + second, "team.yaml", mistakes::add);

        // Then
        assertThat(mistakes).singleElement().asString().startsWith(mistake);
        assertThat(pack.policies()).extracting(Policy::id).containsExactly("TEAM-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            'pack: [' ; team.yaml: not YAML
            'just text' ; one YAML mapping
            'pack: a' ; is missing
            '{pack: a, polices: []}' ; unknown key 'polices'
            """)
    void shouldSayWhyAPackCannotBeUsed(String text, String problem) {
        assertThatThrownBy(() -> PackReader.read(text, "team.yaml", mistakes::add))
                .isInstanceOf(PackException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldTakeTheTeamsPacksOutOfItsRepositoryAndLoseNoneByAnother() throws Exception {
        // Given
        TestTree tree = new TestTree()
                .with(".scm-checks/policies/a.yaml", "pack: [")
                .with(".scm-checks/policies/b.yaml", GOOD)
                .with(".scm-checks/policies/c.yaml", "#" + " ".repeat(2_000_001))
                .with(".scm-checks/policies/note.txt", "no pack")
                .with("other/d.yaml", GOOD);
        List<Notice> notices = new ArrayList<>();

        // When
        List<PolicyPack> packs = Packs.ofTeam(tree, notices::add);

        // Then
        assertThat(packs).extracting(PolicyPack::path).containsExactly(".scm-checks/policies/b.yaml");
        assertThat(notices).extracting(Notice::path)
                .containsExactly(".scm-checks/policies/a.yaml", ".scm-checks/policies/c.yaml");
        assertThat(notices).allMatch(notice -> notice.level() == Notice.Level.ERROR);
    }
}
