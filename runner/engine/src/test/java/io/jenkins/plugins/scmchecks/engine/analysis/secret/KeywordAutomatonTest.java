package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeywordAutomatonTest {

    @Test
    void shouldFindOverlappingKeywordsInAnyCase() {
        assertThat(hits(List.of("he", "she", "hers"), "uSHErs")).containsExactlyInAnyOrder("she@4", "he@4", "hers@6");
    }

    @Test
    void shouldFindNothingInBytesThatNoKeywordHas() {
        assertThat(hits(List.of("key"), "\u00e9\u0130\u212a kex")).isEmpty();
    }

    @Test
    void shouldAgreeWithSearchingForEachKeyword() {
        // Given
        Random random = new Random(7);
        List<String> keywords = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            keywords.add(RandomText.matching("[ab_]{1,5}", random));
        }
        keywords = keywords.stream().distinct().toList();
        String text = RandomText.matching("[abAB_c]{2000}", random);

        // When
        List<String> found = hits(keywords, text);

        // Then
        List<String> expected = new ArrayList<>();
        for (String keyword : keywords) {
            String lower = text.toLowerCase(java.util.Locale.ROOT);
            for (int at = lower.indexOf(keyword); at >= 0; at = lower.indexOf(keyword, at + 1)) {
                expected.add(keyword + "@" + (at + keyword.length()));
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void shouldRefuseAKeywordThatCouldNeverMatch() {
        assertThatThrownBy(() -> new KeywordAutomaton(List.of("Key"))).hasMessageContaining("'Key'");
        assertThatThrownBy(() -> new KeywordAutomaton(List.of(""))).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> hits(List<String> keywords, String text) {
        List<String> result = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        new KeywordAutomaton(keywords).scan(bytes, (keyword, end) -> result.add(keywords.get(keyword) + "@" + end));
        return result;
    }
}
