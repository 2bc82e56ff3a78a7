package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackTestTest {

    private static final String PACK = """
            pack: team
            platform: dockerfile
            policies:
              - id: TEAM-1
                title: No shell
                severity: low
                resources: SHELL
                fails_when: %s
                examples:
                  pass: ["FROM a:1\\nUSER b"]
                  fail:
                    - lines: [%s]
                      text: "FROM a:1\\nSHELL [\\"x\\"]"
            """;

    @Test
    void shouldPassWhenTheExamplesAreJudgedAsTheySay() throws Exception {
        assertThat(run("true", "2")).hasSize(2).allMatch(PackTest.Result::passed);
    }

    @Test
    void shouldSayWhatIsNotAsTheExamplesSay() throws Exception {
        assertThat(run("false", "2")).filteredOn(result -> !result.passed()).singleElement().satisfies(result -> {
            assertThat(result.name()).isEqualTo("TEAM-1 fail 2");
            assertThat(result.line()).isEqualTo(12);
            assertThat(result.problem()).contains("found nothing");
        });
        assertThat(run("true", "1")).extracting(PackTest.Result::problem).contains("found in lines [2], expected [1]");
    }

    @Test
    void shouldSayThatAConditionCannotBeCompiled() throws Exception {
        assertThat(run("true &", "2")).singleElement().extracting(PackTest.Result::problem).asString()
                .contains("'fails_when'", "not a CEL expression");
    }

    @Test
    void shouldWantBothKindsOfExamples() throws Exception {
        // Given
        String text = PACK.formatted("true", "2").replaceAll("(?s)      fail:.*", "");
        PolicyPack pack = PackReader.read(text, "team.yaml", mistake -> {});

        // When, Then
        assertThat(new PackTest(Readers.all()).run(pack)).extracting(PackTest.Result::problem)
                .contains("give at least one example that passes and one that fails");
    }

    private static List<PackTest.Result> run(String condition, String line) throws Exception {
        PolicyPack pack = PackReader.read(PACK.formatted(condition, line), "team.yaml", mistake -> {
            throw new AssertionError(mistake);
        });
        return new PackTest(Readers.all()).run(pack);
    }
}
