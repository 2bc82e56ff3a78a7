package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every built-in policy against its own examples. */
class BuiltInPacksTest {

    @TestFactory
    Stream<DynamicContainer> shouldJudgeItsExamplesAsThePackSays() {
        PackTest packTest = new PackTest(Readers.all());
        return packs().stream().map(pack -> DynamicContainer.dynamicContainer(
                pack.name(), results(packTest, pack).stream().map(result -> DynamicTest.dynamicTest(
                        result.name(),
                        () -> assertThat(result.problem())
                                .as("%s:%d", result.path(), result.line())
                                .isNull()))));
    }

    @Test
    void shouldUseEveryIdOnce() {
        // Given
        Map<String, String> seen = new HashMap<>();
        List<String> twice = new ArrayList<>();

        // When
        for (PolicyPack pack : packs()) {
            for (Policy policy : pack.policies()) {
                String other = seen.put(policy.id(), pack.name());
                if (other != null) {
                    twice.add(policy.id() + " in " + other + " and " + pack.name());
                }
            }
        }

        // Then
        assertThat(twice).isEmpty();
        assertThat(seen).isNotEmpty();
    }

    @Test
    void shouldSayWhyItMattersAndHowToMendIt() {
        assertThat(packs())
                .flatMap(PolicyPack::policies)
                .allSatisfy(policy -> {
                    assertThat(policy.description()).as(policy.id()).isNotBlank();
                    assertThat(policy.remediation()).as(policy.id()).isNotBlank();
                });
    }

    private static List<PolicyPack> packs() {
        return Packs.platforms().stream()
                .flatMap(platform -> Packs.builtIn(platform).stream())
                .toList();
    }

    private static List<PackTest.Result> results(PackTest packTest, PolicyPack pack) {
        try {
            return packTest.run(pack);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
