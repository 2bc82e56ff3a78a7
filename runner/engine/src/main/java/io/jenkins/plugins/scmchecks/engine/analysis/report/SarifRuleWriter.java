package io.jenkins.plugins.scmchecks.engine.analysis.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the rules of one run, and the part of the CWE taxonomy that they refer to (SARIF 2.1.0, 3.49 and 3.53). */
final class SarifRuleWriter {

    private static final Pattern CWE = Pattern.compile("(?i)CWE-0*([1-9]\\d{0,5})(?!\\d).*");

    private final JsonGenerator json;
    private final Map<String, Integer> weaknesses = new LinkedHashMap<>();

    SarifRuleWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Rule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        writeText(json, "shortDescription", rule.name());
        if (!rule.help().isBlank()) {
            json.writeObjectFieldStart("help");
            json.writeStringField("text", rule.help());
            json.writeStringField("markdown", rule.help());
            json.writeEndObject();
        }
        if (rule.helpUri() != null) {
            json.writeStringField("helpUri", rule.helpUri());
        }
        writeRelationships(rule);
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", rule.severity().sarifLevel());
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        json.writeStringField("security-severity", score(rule.severity()));
        if (!rule.tags().isEmpty()) {
            json.writeArrayFieldStart("tags");
            for (String tag : new LinkedHashSet<>(rule.tags())) {
                json.writeString(tag);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeRelationships(Rule rule) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        for (String tag : rule.tags()) {
            Matcher matcher = CWE.matcher(tag);
            if (matcher.matches()) {
                ids.add("CWE-" + matcher.group(1));
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("relationships");
        for (String id : ids) {
            json.writeStartObject();
            json.writeObjectFieldStart("target");
            json.writeStringField("id", id);
            weaknesses.putIfAbsent(id, weaknesses.size());
            json.writeNumberField("index", weaknesses.get(id));
            json.writeObjectFieldStart("toolComponent");
            json.writeStringField("name", "CWE");
            json.writeNumberField("index", 0);
            json.writeEndObject();
            json.writeEndObject();
            json.writeArrayFieldStart("kinds");
            json.writeString("superset");
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes the run's {@code taxonomies}, when a rule refers to one. */
    void writeTaxonomy() throws IOException {
        if (weaknesses.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("taxonomies");
        json.writeStartObject();
        json.writeStringField("name", "CWE");
        json.writeStringField("organization", "MITRE");
        json.writeStringField("informationUri", "https://cwe.mitre.org/");
        json.writeArrayFieldStart("taxa");
        for (String id : weaknesses.keySet()) {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    static void writeText(JsonGenerator json, String name, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    /** The middle of each severity's range of CVSS scores, so that it is read back as what it was. */
    static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
            case INFO -> "0.0";
        };
    }
}
