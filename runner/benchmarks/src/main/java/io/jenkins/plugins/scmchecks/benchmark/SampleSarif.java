package io.jenkins.plugins.scmchecks.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A SARIF report as Semgrep and CodeQL write them, about 700 bytes a result: 100 000 of them are 70 MB. */
final class SampleSarif {

    private static final int RULES = 200;

    private SampleSarif() {}

    static void write(Path file, int results) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.writeStringField("version", "2.1.0");
            json.writeArrayFieldStart("runs");
            json.writeStartObject();
            json.writeObjectFieldStart("tool");
            json.writeObjectFieldStart("driver");
            json.writeStringField("name", "Sample");
            json.writeStringField("version", "1.0");
            json.writeArrayFieldStart("rules");
            for (int i = 0; i < RULES; i++) {
                rule(json, i);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.writeArrayFieldStart("results");
            Random random = new Random(1);
            for (int i = 0; i < results; i++) {
                result(json, i, random);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void rule(JsonGenerator json, int number) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", "sample.rule-" + number);
        text(json, "shortDescription", "Rule " + number + " was broken");
        text(json, "fullDescription", "What is untrusted reaches a place where it is taken for code, by way " + number);
        json.writeStringField("helpUri", "https://example.invalid/rules/" + number);
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", number % 3 == 0 ? "error" : "warning");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, int number, Random random) throws IOException {
        int line = 1 + random.nextInt(900);
        json.writeStartObject();
        json.writeStringField("ruleId", "sample.rule-" + number % RULES);
        json.writeNumberField("ruleIndex", number % RULES);
        json.writeStringField("level", number % 3 == 0 ? "error" : "warning");
        text(json, "message", "The value that comes in at line " + line + " reaches a query, \"unescaped\", as case "
                + number);
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", SampleTree.path(number % 12_000, 110));
        json.writeStringField("uriBaseId", "%SRCROOT%");
        json.writeEndObject();
        json.writeObjectFieldStart("region");
        json.writeNumberField("startLine", line);
        json.writeNumberField("startColumn", 9);
        json.writeNumberField("endLine", line);
        json.writeNumberField("endColumn", 40);
        text(json, "snippet", "        ledger.setwindow(queue, \"total" + random.nextInt(90_000) + "\");");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeObjectFieldStart("fingerprints");
        json.writeStringField("matchBasedId/v1", Long.toHexString(random.nextLong()) + "_0");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String field, String value) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("text", value);
        json.writeEndObject();
    }
}
