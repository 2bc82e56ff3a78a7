package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HclParserTest {

    private final List<SyntaxError> errors = new ArrayList<>();

    @Test
    void shouldReadBlocksWithLabelsAndAttributes() {
        Body body = parse("""
                resource "aws_s3_bucket" logs { # quoted and bare labels
                  bucket = "b" // a comment
                  /* several
                     lines */
                  versioning {
                    enabled = true
                  }
                }
                """);

        Body.Block block = body.blocks().get(0);
        assertThat(block.type()).isEqualTo("resource");
        assertThat(block.labels()).containsExactly("aws_s3_bucket", "logs");
        assertThat(literal(block.body().value("bucket"))).isEqualTo("b");
        assertThat(literal(block.body().blocks().get(0).body().value("enabled"))).isEqualTo(true);
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldKnowWhereEverythingStandsInUtf16Units() {
        String text = "# \uD83D\uDE00\r\nlocals {\r\n  \uD83D\uDE00 = 1\r\n}\r\n"
                + "locals {\r\n  a = \"\uD83D\uDE00\" + b\r\n}\r\n";

        Body body = parse(text);

        // the emoji is no name: its block is lost and told, the next one is kept
        SourceFile file = new SourceFile("a.tf", text.getBytes(StandardCharsets.UTF_8));
        TerraformFile read = new TerraformFile(file, body);
        assertThat(file.lineOf(errors.get(0).offset())).isEqualTo(3);
        assertThat(file.columnOf(errors.get(0).offset())).isEqualTo(3);
        Body.Attribute attribute = body.blocks().get(0).body().attributes().get("a");
        assertThat(read.region(attribute.start(), attribute.end())).hasToString("6:3");
        Expression.Binary sum = (Expression.Binary) attribute.value();
        assertThat(read.region(sum.right().start(), sum.right().end()).startColumn()).isEqualTo(14);
        assertThat(read.region(sum.right().start(), sum.right().end()).endColumn()).isEqualTo(15);
        Body.Block block = body.blocks().get(0);
        assertThat(read.region(block.start(), block.headEnd()).endColumn()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            1 + 2 * 3 == 7 && !false ; true
            (1 + 2) * 3 ; 9
            10 - 2 - 3 ; 5
            -2 + 5 ; 3
            7 % 4 ; 3
            1.5e1 / 2 ; 7.5
            1 < 2 ? "a" : "b" ; a
            false || 2 >= 2 ; true
            "a${1 + 1}c" ; a2c
            "$${x} %%{y}" ; ${x} %{y}
            "tab\\tquote\\" \\u00e9" ; tab	quote" é
            [1, 2, 3,][1] ; 2
            { a = 1, "b" : 2, (upper("c")) = 3 }.C ; 3
            { a = { b = [5] } }.a.b.0 ; 5
            join("", [{ a = [1, 2] }, { a = [3, 4] }][*].a[1]) ; 24
            [{ a = [1] }, { a = [7] }].*.a[1][0] ; 7
            [for x in [1, 2, 3] : x * 2 if x > 1][0] ; 4
            { for k, v in { a = "x" } : v => k }.x ; a
            { for v in ["a", "b", "a"] : v => 1... }.a[1] ; 1
            "%{ if true ~}  yes  %{~ else }no%{ endif }" ; yes
            "%{ for x in [1, 2] }<${x}>%{ endfor }" ; <1><2>
            max([1, 5, 3]...) ; 5
            length("\uD83D\uDE00") ; 1
            """)
    void shouldGiveTheValueOfAnExpression(String expression, String value) {
        Object result = new Evaluator(new Budget()).evaluate(HclParser.parseExpression(expression), name -> null);

        assertThat(Values.text(result)).isEqualTo(value);
    }

    @Test
    void shouldReadHeredocsWithAndWithoutIndentation() {
        Body body = parse("""
                locals {
                  plain = <<EOT
                  a ${1 + 1}
                EOT
                  indented = <<-EOT
                    a
                      b "quoted" \\n
                    EOT
                  after = 1
                }
                """);

        assertThat(value(body, "plain")).isEqualTo("  a 2\n");
        assertThat(value(body, "indented")).isEqualTo("a\n  b \"quoted\" \\n\n");
        assertThat(value(body, "after")).isEqualTo(1L);
    }

    @Test
    void shouldJoinLinesOnlyInsideBrackets() {
        Body body = parse("""
                locals {
                  a = (1 +
                    2)
                  b = max(
                    1,
                    2,
                  )
                  c = [
                    for x in [1]
                    : x
                  ]
                  d = {
                    x = 1
                    y = 2, z = 3
                  }
                  e = true ? 1 : 2
                }
                """);

        assertThat(errors).isEmpty();
        assertThat(body.blocks().get(0).body().attributes()).containsOnlyKeys("a", "b", "c", "d", "e");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x = = 1", "x = ", "x = \"open", "x = [1, 2", "x = {a 1}", "x = foo(1", "x = <<EOF\nnever", "x = 1 2",
        "x =  1 +",
        "x = \"${a\"", "x = \"\\q\"", "x = %", "x = 1\nx = 2", "a, b", "x = \"%{ if a }\"", "x = \"%{ endif }\"",
        "x = [for a b : c]", "x {", "x = /* never closed"
    })
    void shouldLoseOnlyTheBlockThatAnErrorStandsIn(String mistake) {
        Body body = parse("resource \"a\" \"before\" {\n}\nresource \"a\" \"broken\" {\n" + mistake
                + "\n}\n\nresource \"a\" \"after\" {\n  x = 1\n}\n");

        List<String> names = body.blocks().stream().map(block -> block.label(1)).toList();
        assertThat(names).contains("before", "after").doesNotContain("broken");
        assertThat(errors).isNotEmpty();
        assertThat(errors.get(0).getMessage()).isNotBlank();
    }

    @Test
    void shouldSayWhatWasExpectedAndWhatFound() {
        parse("locals {\n  a = 1 2\n}");

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error).hasMessage("expected the end of the line, found '2'");
            assertThat(error.offset()).isEqualTo(17);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{a=", "!", "-", "f(", "\"${", "a[", "true ? 1 : ", "[for x in y : "})
    void shouldRefuseExpressionsNestedTooDeep(String opening) {
        parse("locals {\n  a = " + opening.repeat(100_000) + "\n}\nlocals {\n b = 1\n}");

        assertThat(errors).isNotEmpty();
        assertThat(errors.get(0).getMessage()).startsWith("nested deeper than");
    }

    @Test
    void shouldRefuseBlocksNestedTooDeep() {
        parse("a {\n".repeat(100_000));

        assertThat(errors.get(0).getMessage()).startsWith("nested deeper than");
    }

    @Test
    void shouldRefuseMoreElementsThanTheLimit() {
        parse("locals {\n  a = [" + "1,".repeat(Cursor.MAX_ELEMENTS + 1) + "]\n}");

        assertThat(errors.get(0).getMessage()).startsWith("more than " + Cursor.MAX_ELEMENTS);
    }

    @Test
    void shouldTellOnlyTheFirstErrorsOfAFile() {
        parse("locals {\n x = =\n}\n".repeat(1000));

        assertThat(errors).hasSizeLessThan(30);
        assertThat(errors.get(errors.size() - 1)).hasMessage("the rest of the file is skipped");
    }

    @Test
    void shouldNotOverflowOnLongChains() {
        String chain = "a" + ".b".repeat(50_000);
        String sum = "1" + " + 1".repeat(50_000);
        Evaluator evaluator = new Evaluator(new Budget());

        for (String text : List.of(chain, sum)) {
            Expression expression = HclParser.parseExpression(text);
            assertThatThrownBy(() -> evaluator.evaluate(expression, name -> "x")).isInstanceOf(EvaluationError.class);
        }
    }

    private Body parse(String text) {
        return HclParser.parse(text, errors::add);
    }

    private static Object literal(Expression expression) {
        return ((Expression.Literal) expression).value();
    }

    private static Object value(Body body, String name) {
        return new Evaluator(new Budget()).evaluate(body.blocks().get(0).body().value(name), n -> null);
    }
}
