package io.jenkins.plugins.scmchecks.engine.analysis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentsTest {

    private static final DocumentLimits SMALL = new DocumentLimits(10_000, 20, 1_000);

    @Test
    void shouldKnowWhereThingsStand() throws Exception {
        // Given
        String text = "kind: Pod\nspec:\n  image: \"nginx:1\" # why\n  list:\n    - one\n    - {a: b}\n";

        // When
        Node.Mapping root = mapping(text);

        // Then
        Node.Mapping spec = (Node.Mapping) root.get("spec");
        assertThat(root.entries().get("kind").key()).isEqualTo(new Region(1, 1, 1, 5));
        assertThat(root.get("kind").region()).isEqualTo(new Region(1, 7, 1, 10));
        assertThat(spec.get("image").region()).isEqualTo(new Region(3, 10, 3, 19));
        Node.Sequence list = (Node.Sequence) spec.get("list");
        assertThat(list.items().get(0).region()).isEqualTo(new Region(5, 7, 5, 10));
        assertThat(list.items().get(1).region()).isEqualTo(new Region(6, 7, 6, 13));
        assertThat(list.region().endLine()).isEqualTo(6);
    }

    @Test
    void shouldCountColumnsAsEditorsDo() throws Exception {
        // Given: a character that takes two UTF-16 code units before the value
        Node.Mapping root = mapping("\"\uD83D\uDE00\": value\n");

        // When, Then
        assertThat(root.get("\uD83D\uDE00").region()).isEqualTo(new Region(1, 7, 1, 12));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            true    ; true
            False   ; false
            12      ; 12
            -3      ; -3
            0x1F    ; 31
            0644    ; 420
            0o644   ; 420
            1.5     ; 1.5
            1.2.3   ; 1.2.3
            2024-01-01 ; 2024-01-01
            99999999999999999999 ; 99999999999999999999
            yes     ; yes
            10.0.0.0/8 ; 10.0.0.0/8
            -       ; -
            """)
    void shouldUnderstandPlainScalars(String written, String expected) throws Exception {
        Node value = mapping("a: " + (written.equals("-") ? "'-'" : written)).get("a");
        assertThat(String.valueOf(((Node.Scalar) value).value())).isEqualTo(expected);
    }

    @Test
    void shouldFollowAliasesAndMergeKeys() throws Exception {
        // Given
        String text = "base: &b {a: 1, b: 2}\nuse:\n  <<: *b\n  b: 3\nsame: *b\n";

        // When
        Node.Mapping root = mapping(text);

        // Then
        Node.Mapping use = (Node.Mapping) root.get("use");
        assertThat(((Node.Scalar) use.get("a")).value()).isEqualTo(1L);
        assertThat(((Node.Scalar) use.get("b")).value()).isEqualTo(3L);
        assertThat(root.get("same")).isSameAs(root.get("base"));
    }

    @Test
    void shouldKeepLocalTags() throws Exception {
        Node.Mapping tagged = (Node.Mapping) mapping("a: !Ref Bucket").get("a");
        assertThat(((Node.Scalar) tagged.get("!Ref")).value()).isEqualTo("Bucket");
    }

    @Test
    void shouldKeepTheDocumentsBeforeAMistake() {
        // Given
        List<Node> read = new ArrayList<>();

        // When, Then
        assertThatThrownBy(() -> YamlDocuments.read("a: 1\n---\nb: 2\n---\nc: [\n", SMALL, read::add))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("line 6");
        assertThat(read).hasSize(2);
    }

    @Test
    void shouldRefuseABillionLaughs() {
        // Given
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [")
                    .append(("*a" + (i - 1) + ", ").repeat(9)).append("*a").append(i - 1).append("]\n");
        }

        // When, Then
        assertThatThrownBy(() -> YamlDocuments.read(bomb.toString()))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("aliases counted");
    }

    @Test
    void shouldRefuseAnAliasOfItself() {
        assertThatThrownBy(() -> YamlDocuments.read("a: &a [*a]"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("no anchor before it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void shouldRefuseWhatIsTooDeep(String opening) {
        assertThatThrownBy(() -> YamlDocuments.read(opening.repeat(3_000), SMALL, node -> {}))
                .isInstanceOf(DocumentException.class);
    }

    @Test
    void shouldRefuseWhatIsTooLongOrTooMuch() {
        assertThatThrownBy(() -> YamlDocuments.read("a".repeat(10_001), SMALL, node -> {}))
                .hasMessageContaining("10001 characters");
        assertThatThrownBy(() -> YamlDocuments.read("- a\n".repeat(1_001), SMALL, node -> {}))
                .hasMessageContaining("more than 1000 values");
    }

    @Test
    void shouldThrowNothingElseWhateverItIsGiven() {
        // Given
        String seed = "a: &x [1, 'two', \"th\\u00e9\"]\nb: {c: *x, ? d : e}\n--- |\n  text\n...\n%YAML 1.2\n---\n!Ref f: >-\n g\n";
        String parts = ":-[]{},&*!|>'\"%@`#?\\ \t\n\r\u0000\u0085\uFEFF\uD800xyz0";
        Random random = new Random(1);

        // When, Then
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(seed);
            for (int i = random.nextInt(8); i >= 0; i--) {
                int at = random.nextInt(text.length());
                text.replace(at, Math.min(text.length(), at + random.nextInt(4)),
                        String.valueOf(parts.charAt(random.nextInt(parts.length()))));
            }
            readOrRefuse(text.toString());
        }
    }

    private static void readOrRefuse(String text) {
        try {
            YamlDocuments.read(text);
        } catch (DocumentException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    private static Node.Mapping mapping(String text) throws DocumentException {
        return (Node.Mapping) YamlDocuments.read(text).get(0);
    }
}
