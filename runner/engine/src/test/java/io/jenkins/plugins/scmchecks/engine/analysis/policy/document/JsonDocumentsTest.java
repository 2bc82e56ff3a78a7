package io.jenkins.plugins.scmchecks.engine.analysis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentsTest {

    private static final DocumentLimits SMALL = new DocumentLimits(10_000, 20, 1_000);

    @Test
    void shouldKnowWhereThingsStand() throws Exception {
        // Given
        String text = "{\n  \"kind\": \"Pod\", // why\n  \"list\": [1, true,\n    null, 2.5]\n}";

        // When
        Node.Mapping root = (Node.Mapping) JsonDocuments.read(text);

        // Then
        assertThat(root.region()).isEqualTo(new Region(1, 1, 5, 2));
        assertThat(root.entries().get("kind").key()).isEqualTo(new Region(2, 3, 2, 9));
        assertThat(root.get("kind").region()).isEqualTo(new Region(2, 11, 2, 16));
        Node.Sequence list = (Node.Sequence) root.get("list");
        assertThat(list.items()).extracting(item -> ((Node.Scalar) item).value()).containsExactly(1L, true, null, 2.5);
        assertThat(list.items().get(0).region()).isEqualTo(new Region(3, 12, 3, 13));
        assertThat(list.region()).isEqualTo(new Region(3, 11, 4, 15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\": }", "[1, 2", "{} {}", "nothing", "\"open"})
    void shouldSayWhereItIsNoJson(String text) {
        assertThatThrownBy(() -> JsonDocuments.read(text))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("line 1");
    }

    @Test
    void shouldRefuseWhatIsTooDeepTooLongOrTooMuch() {
        assertThatThrownBy(() -> JsonDocuments.read("[".repeat(5_000), SMALL)).isInstanceOf(DocumentException.class);
        assertThatThrownBy(() -> JsonDocuments.read(" ".repeat(10_001), SMALL)).hasMessageContaining("10001");
        assertThatThrownBy(() -> JsonDocuments.read("[" + "1,".repeat(1_001) + "1]", SMALL))
                .hasMessageContaining("more than 1000 values");
    }

    @Test
    void shouldThrowNothingElseWhateverItIsGiven() {
        // Given
        String seed = "{\"a\": [1, -2.5e3, true, null, \"t\\u00e9\\n\"], \"b\": {\"c\": {}}, /* no */ \"d\": 99999999999999999999}";
        String parts = "{}[]:,\"\\/0e+-. \n\u0000\uD800x";
        Random random = new Random(1);

        // When, Then
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(seed);
            for (int i = random.nextInt(6); i >= 0; i--) {
                int at = random.nextInt(text.length());
                text.replace(at, Math.min(text.length(), at + random.nextInt(3)),
                        String.valueOf(parts.charAt(random.nextInt(parts.length()))));
            }
            readOrRefuse(text.toString());
        }
    }

    private static void readOrRefuse(String text) {
        try {
            JsonDocuments.read(text);
        } catch (DocumentException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }
}
