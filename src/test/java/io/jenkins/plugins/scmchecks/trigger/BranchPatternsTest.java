package io.jenkins.plugins.scmchecks.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchPatternsTest {

    @ParameterizedTest
    @CsvSource({
        "main, main, true",
        "main, maintenance, false",
        "main release/*, release/1.0, true",
        "'main,release/*', release/1.0, true",
        "release/*, release/1.0/hotfix, false",
        "release/**, release/1.0/hotfix, true",
        "'**', anything/at/all, true",
        "v?.x, v1.x, true",
        "v?.x, v10.x, false",
        "a.b, axb, false",
        "'', anything, true",
        "'****************************************************x', aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaay, false",
    })
    void shouldMatchAsGlobsDo(String patterns, String branch, boolean expected) {
        assertThat(new BranchPatterns(patterns).matches(branch)).isEqualTo(expected);
    }
}
