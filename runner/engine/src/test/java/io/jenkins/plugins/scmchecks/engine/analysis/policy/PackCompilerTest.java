package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.ConditionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackCompilerTest {

    static List<String> platforms() {
        return Packs.platforms();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void shouldReadBackTheSamePolicies(String platform) throws Exception {
        // Given
        byte[] compiled = PackCompiler.compile(platform);

        // When
        List<CompiledPolicy> read = PackCompiler.read(compiled, Packs.sources(platform)).orElseThrow();

        // Then
        assertThat(read).extracting(CompiledPolicy::failsWhen, CompiledPolicy::each, CompiledPolicy::at)
                .isEqualTo(compile(platform).stream()
                        .map(other -> org.assertj.core.groups.Tuple.tuple(other.failsWhen(), other.each(), other.at()))
                        .toList());
        assertThat(read).extracting(compiledPolicy -> compiledPolicy.policy().rule())
                .isEqualTo(compile(platform).stream().map(other -> other.policy().rule()).toList());
    }

    @Test
    void shouldNotUseWhatWasMadeOfOtherPacks() throws Exception {
        // Given
        byte[] compiled = PackCompiler.compile("dockerfile");
        List<byte[]> changed = new ArrayList<>(Packs.sources("dockerfile"));
        changed.add("# changed".getBytes(StandardCharsets.UTF_8));

        // When, Then
        assertThat(PackCompiler.read(compiled, changed)).isEmpty();
    }

    @Test
    void shouldBePartOfTheBuild() {
        assertThat(Packs.compiled("kubernetes")).map(List::size).isEqualTo(Optional.of(
                Packs.builtIn("kubernetes").stream().mapToInt(pack -> pack.policies().size()).sum()));
    }

    private static List<CompiledPolicy> compile(String platform) throws ConditionException {
        List<CompiledPolicy> all = new ArrayList<>();
        for (PolicyPack pack : Packs.builtIn(platform)) {
            for (Policy policy : pack.policies()) {
                all.add(CompiledPolicy.of(policy));
            }
        }
        return all;
    }
}
