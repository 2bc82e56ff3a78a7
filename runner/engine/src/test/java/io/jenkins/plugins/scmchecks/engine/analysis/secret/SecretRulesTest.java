package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretRulesTest {

    private static final int DRAWS = 5;

    private final SecretScanner scanner = new SecretScanner(SecretRules.builtIn());

    static Stream<SecretRule> rules() {
        return SecretRules.builtIn().all().stream().filter(rule -> !rule.detector().ofFiles());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldFindTheExamplesOfEachRule(SecretRule rule) {
        Random random = new Random(rule.id().hashCode());
        List<String> examples = rule.examples().isEmpty() ? List.of(createExample(rule)) : rule.examples();
        for (String example : examples) {
            for (int i = 0; i < DRAWS; i++) {
                // Given
                String text = "first line\n" + RandomText.expand(example, random) + "\nlast line\n";

                // When
                List<SecretMatch> matches = scan(rule.examplePath(), text);

                // Then
                assertThat(matches).as(text).extracting(match -> match.rule().id()).contains(rule.id());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldFindNothingInTheCounterExamplesOfEachRule(SecretRule rule) {
        for (String counter : rule.counterExamples()) {
            assertThat(scan(rule.examplePath(), counter.replace("\\n", "\n"))).as(counter).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldReferToNoSecretInPlaceOfOne(SecretRule rule) {
        if (rule.detector() == SecretRule.Detector.VALUE) {
            for (String value : List.of("${TOKEN}", "<your-token>", "changeme", "x".repeat(32), "$TOKEN")) {
                String text = rule.keywords().get(0) + "_token = \"" + value + "\"\n";
                assertThat(scan("config.txt", text)).as(text).isEmpty();
            }
        }
    }

    @Test
    void shouldDescribeEveryRule() {
        List<Rule> rules = SecretRules.builtIn().descriptors();

        assertThat(rules).extracting(Rule::id).doesNotHaveDuplicates().hasSizeGreaterThan(300);
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.name()).isNotBlank();
            assertThat(rule.help()).contains("Revoke it");
            assertThat(rule.tags()).contains(Redaction.SECRET_TAG).anyMatch(tag -> tag.matches("CWE-\\d+"));
        });
    }

    @Test
    void shouldNameTheRuleThatIsWrong() {
        assertThatThrownBy(() -> read("[a]\ntitle = A\nkeywords = a\nseverity = terrible\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[a]")
                .hasMessageContaining("terrible");
        assertThatThrownBy(() -> read("[a]\nkeywrods = a\n"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("keywrods");
        assertThatThrownBy(() -> read("[a]\nkeywords = A\n")).hasMessageContaining("lower-case");
    }

    private static String createExample(SecretRule rule) {
        String keyword = rule.keywords().get(0);
        return rule.detector() == SecretRule.Detector.VALUE
                ? keyword + "_key = \"<<" + rule.pattern().pattern() + ">>\""
                : "value: '<<" + rule.pattern().pattern() + ">>'";
    }

    private static SecretRules read(String text) throws IOException {
        return SecretRules.read(new StringReader(text));
    }

    private List<SecretMatch> scan(String path, String text) {
        return scanner.scan(path, text.getBytes(StandardCharsets.UTF_8)).matches();
    }
}
