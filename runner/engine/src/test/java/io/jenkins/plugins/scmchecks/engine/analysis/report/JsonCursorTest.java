package io.jenkins.plugins.scmchecks.engine.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {

    private static final String[] TEXTS = {
        "", "a", "line\nbreak", "quote\" and \\ and / and \t", "näh", "漢字", "😀 beyond", "\u0001", "trailing\\", "{[,]}:",
        "a rather long text that is longer than all the others and has nothing special in it whatsoever"
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
    void shouldReadWhatAGeneralParserReads(int bytesAtATime) throws IOException {
        // Given documents of every shape, that come in pieces
        Random random = new Random(42);
        ObjectMapper mapper = new ObjectMapper();
        for (int i = 0; i < 300; i++) {
            Object document = createValue(random, 0);
            ObjectMapper writer = mapper.copy();
            if (i % 2 == 0) {
                writer.enable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT);
            }
            if (i % 3 == 0) {
                writer.getFactory().configure(com.fasterxml.jackson.core.JsonGenerator.Feature.ESCAPE_NON_ASCII, true);
            }
            byte[] bytes = writer.writeValueAsBytes(document);

            // When
            Object read = read(new JsonCursor(new Pieces(bytes, bytesAtATime)));

            // Then
            assertThat(read).as(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(document);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100_000})
    void shouldPassOverWhateverNobodyReads(int bytesAtATime) throws IOException {
        Random random = new Random(7);
        ObjectMapper mapper = new ObjectMapper();
        for (int i = 0; i < 300; i++) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("before", createValue(random, 0));
            document.put("wanted", "here");
            document.put("after", createValue(random, 0));
            byte[] bytes = mapper.writeValueAsBytes(document);

            JsonCursor json = new JsonCursor(new Pieces(bytes, bytesAtATime));
            List<String> names = new ArrayList<>();
            String wanted = null;
            assertThat(json.enterObject()).isTrue();
            for (String name; (name = json.nextField()) != null; ) {
                names.add(name);
                wanted = name.equals("wanted") ? json.text() : wanted;
            }

            assertThat(names).containsExactly("before", "wanted", "after");
            assertThat(wanted).isEqualTo("here");
        }
    }

    @Test
    void shouldGrowForALongText() throws IOException {
        String text = "x".repeat(300_000) + "é";

        JsonCursor json = cursor("[\"" + text + "\", 1]");

        assertThat(json.enterArray()).isTrue();
        assertThat(json.nextElement()).isTrue();
        assertThat(json.text()).isEqualTo(text);
        assertThat(json.nextElement()).isTrue();
        assertThat(json.number(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 12", "0, 0", "-5, -5", "2147483647, 2147483647", "2147483648, -1", "99999999999999999999, -1", "1.5, -1",
        "1e3, -1", "'\"17\"', 17", "'\"x\"', -1", "null, -1", "true, -1", "{}, -1"
    })
    void shouldReadWholeNumbersAndNothingElse(String written, int expected) throws IOException {
        JsonCursor json = cursor("[" + written + "                    ,3]");
        json.enterArray();
        json.nextElement();

        assertThat(json.number(-1)).isEqualTo(expected);
        assertThat(json.nextElement()).isTrue();
        assertThat(json.number(-1)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\" 1}|5|':' is missing",
        "{\"a\":1 \"b\":2}|7|',' or '}' is missing",
        "{\"l\":[1 2]}|8|',' or ']' is missing",
        "{\"a\":[}]}|6|']' is missing",
        "{\"a\":|5|ends too early",
        "{\"a\":\"b|7|ends too early",
        "{\"a\":}|5|a value is missing",
        "{\"a\":\"\\q\"}|9|is no escape",
        "{\"a\":\"\\u12\"}|11|four hexadecimal digits",
        "{a:1}|1|a field's name is missing",
    })
    void shouldSayWhereADocumentBreaks(String document, int offset, String reason) {
        assertThatThrownBy(() -> read(cursor(document)))
                .isInstanceOfSatisfying(
                        JsonCursor.SyntaxException.class, e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessageContaining(reason);
    }

    @Test
    void shouldRefuseWhatIsTooDeepEvenWhenPassedOver() {
        String deep = "{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}";

        assertThatThrownBy(() -> {
                    JsonCursor json = cursor(deep);
                    json.enterObject();
                    json.nextField();
                    json.nextField();
                })
                .hasMessageContaining("depth");
    }

    @Test
    void shouldRefuseATextWithoutEnd() {
        InputStream endless = new InputStream() {
            private boolean begun;

            @Override
            public int read() {
                boolean first = !begun;
                begun = true;
                return first ? '"' : 'x';
            }
        };

        assertThatThrownBy(() -> new JsonCursor(endless).text()).hasMessageContaining("longer than 4 MB");
    }

    private static Object read(JsonCursor json) throws IOException {
        // A cursor tells objects and arrays apart by entering them, so each value says what it is.
        Map<String, Object> object = new LinkedHashMap<>();
        if (json.enterObject()) {
            for (String name; (name = json.nextField()) != null; ) {
                object.put(name, switch (name.isEmpty() ? 's' : name.charAt(0)) {
                    case 'o' -> read(json);
                    case 'l' -> readList(json);
                    case 'n' -> json.number(-1);
                    case 'y' -> json.symbol();
                    default -> json.text();
                });
            }
        }
        return object;
    }

    private static List<Object> readList(JsonCursor json) throws IOException {
        List<Object> list = new ArrayList<>();
        if (json.enterArray()) {
            while (json.nextElement()) {
                list.add(read(json));
            }
        }
        return list;
    }

    private static Object createValue(Random random, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        int fields = random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            String name = TEXTS[random.nextInt(TEXTS.length)] + i;
            String text = TEXTS[random.nextInt(TEXTS.length)];
            switch (random.nextInt(depth > 4 ? 3 : 5)) {
                case 0 -> object.put("s" + name, text);
                case 1 -> object.put("y" + name, text);
                case 2 -> object.put("n" + name, random.nextInt(1 << random.nextInt(31)));
                case 3 -> object.put("o" + name, createValue(random, depth + 1));
                default -> {
                    List<Object> list = new ArrayList<>();
                    int size = random.nextInt(4);
                    for (int j = 0; j < size; j++) {
                        list.add(createValue(random, depth + 1));
                    }
                    object.put("l" + name, list);
                }
            }
        }
        return object;
    }

    private static JsonCursor cursor(String document) throws IOException {
        return new JsonCursor(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
    }

    /** Gives a few bytes at a time, as a network or a decompressor may. */
    private static final class Pieces extends ByteArrayInputStream {
        private final int size;

        Pieces(byte[] bytes, int size) {
            super(bytes);
            this.size = size;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, size));
        }
    }
}
