package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One rule as it is read: a {@code reportingDescriptor} (SARIF 2.1.0, 3.49). */
final class SarifRule {

    private static final int MAX_TAGS = 50;

    private String id;
    private String name;
    private String shortText;
    private String fullText;
    private String help;
    private String helpUri;
    private String level;
    private double score = -1;
    private double rank = -1;
    private final List<String> tags = new ArrayList<>();
    private final Map<String, String> messages = new HashMap<>();

    private SarifRule() {}

    static SarifRules.Described read(JsonCursor json) throws IOException {
        SarifRule rule = new SarifRule();
        if (json.enterObject()) {
            for (String field; (field = json.nextField()) != null; ) {
                rule.read(field, json);
            }
        }
        return rule.described();
    }

    private void read(String field, JsonCursor json) throws IOException {
        switch (field) {
            case "id" -> id = json.text();
            case "name" -> name = json.text();
            case "shortDescription" -> shortText = readText(json, false);
            case "fullDescription" -> fullText = readText(json, true);
            case "help" -> help = readText(json, true);
            case "helpUri" -> helpUri = json.text();
            case "messageStrings" -> readMessages(json, messages);
            case "defaultConfiguration" -> readConfiguration(json);
            case "relationships" -> readRelationships(json);
            case "properties" -> readProperties(json);
            default -> {}
        }
    }

    private void readConfiguration(JsonCursor json) throws IOException {
        if (json.enterObject()) {
            for (String field; (field = json.nextField()) != null; ) {
                switch (field) {
                    case "level" -> level = json.text();
                    case "rank" -> rank = json.decimal(-1);
                    default -> {}
                }
            }
        }
    }

    private void readProperties(JsonCursor json) throws IOException {
        if (!json.enterObject()) {
            return;
        }
        for (String field; (field = json.nextField()) != null; ) {
            switch (field) {
                case "security-severity" -> score = json.decimal(-1);
                case "tags" -> {
                    if (json.enterArray()) {
                        while (json.nextElement()) {
                            addTag(json.text());
                        }
                    }
                }
                default -> {}
            }
        }
    }

    /** What a rule is related to in a taxonomy such as CWE (3.53). */
    private void readRelationships(JsonCursor json) throws IOException {
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            if (json.enterObject()) {
                for (String field; (field = json.nextField()) != null; ) {
                    if (field.equals("target")) {
                        addTag(readTaxon(json));
                    }
                }
            }
        }
    }

    private void addTag(String written) {
        // CodeQL writes external/cwe/cwe-079 for what everybody calls CWE-79.
        String tag = written != null && written.startsWith("external/cwe/cwe-")
                ? "CWE-" + written.substring(17).replaceFirst("^0+", "")
                : written;
        if (tag != null && !tag.isBlank() && tags.size() < MAX_TAGS && !tags.contains(tag)) {
            tags.add(tag);
        }
    }

    /** Reads a reference into a taxonomy; {@return it as a tag such as {@code CWE-79}, or null for any other reference} */
    static String readTaxon(JsonCursor json) throws IOException {
        String id = null;
        String taxonomy = null;
        if (json.enterObject()) {
            for (String field; (field = json.nextField()) != null; ) {
                switch (field) {
                    case "id" -> id = json.text();
                    case "toolComponent" -> taxonomy = readName(json);
                    default -> {}
                }
            }
        }
        if (id == null || taxonomy == null) {
            return null;
        }
        return id.startsWith(taxonomy) ? id : taxonomy + "-" + id;
    }

    private static String readName(JsonCursor json) throws IOException {
        String name = null;
        if (json.enterObject()) {
            for (String field; (field = json.nextField()) != null; ) {
                if (field.equals("name")) {
                    name = json.text();
                }
            }
        }
        return name;
    }

    static void readMessages(JsonCursor json, Map<String, String> messages) throws IOException {
        if (json.enterObject()) {
            for (String key; (key = json.nextField()) != null; ) {
                String text = readText(json, false);
                if (text != null) {
                    messages.put(key, text);
                }
            }
        }
    }

    /** Reads a {@code message} or {@code multiformatMessageString} (3.11, 3.12). */
    static String readText(JsonCursor json, boolean preferMarkdown) throws IOException {
        String text = null;
        String markdown = null;
        if (json.enterObject()) {
            for (String field; (field = json.nextField()) != null; ) {
                switch (field) {
                    case "text" -> text = json.text();
                    case "markdown" -> markdown = json.text();
                    default -> {}
                }
            }
        }
        return markdown != null && (preferMarkdown || text == null) ? markdown : text;
    }

    private SarifRules.Described described() {
        String ruleId = id == null || id.isBlank() ? "unknown" : id;
        String title = shortText != null ? shortText : name != null ? name : ruleId;
        String text = help != null ? help : fullText;
        Severity severity;
        if (score >= 0) {
            severity = Severity.ofSecurityScore(score);
        } else if (level == null && rank >= 0) {
            // A rank goes from 0 to 100 (3.50.4), ten times as far as a score.
            severity = Severity.ofSecurityScore(rank / 10);
        } else {
            severity = Severity.ofSarifLevel(level);
        }
        return new SarifRules.Described(
                new Rule(ruleId, title, text, helpUri, severity, tags), Map.copyOf(messages));
    }
}
