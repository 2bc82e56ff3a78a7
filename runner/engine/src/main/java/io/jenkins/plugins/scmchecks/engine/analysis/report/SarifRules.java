package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tool of one run, with the rules of its driver and extensions (SARIF 2.1.0, 3.18 to 3.20 and 3.49 to 3.52). */
final class SarifRules {

    /** A rule as the report describes it, with what only messages by id need. */
    record Described(Rule rule, Map<String, String> messages) {}

    private final Component driver = new Component();
    private final List<Component> extensions = new ArrayList<>();
    private final Map<String, Described> undeclared = new HashMap<>();

    String tool() {
        return driver.name == null ? "unknown tool" : driver.name;
    }

    void read(JsonCursor json) throws IOException {
        json.object(field -> {
            switch (field) {
                case "driver" -> readComponent(json, driver);
                case "extensions" -> json.array(i -> {
                    Component extension = new Component();
                    extensions.add(extension);
                    readComponent(json, extension);
                });
                default -> {}
            }
        });
    }

    /**
     * Finds a rule by its index, id or hierarchical id.
     *
     * @param id of the rule, or null
     * @param index in its component, or -1
     * @param extension the component's index among the extensions, or -1 for the driver
     */
    Described find(String id, int index, int extension) {
        Component component = extension >= 0 && extension < extensions.size() ? extensions.get(extension) : driver;
        if (index >= 0 && index < component.rules.size()) {
            return component.rules.get(index);
        }
        if (id == null) {
            return undeclared("unknown");
        }
        Described found = lookUp(id);
        // A hierarchical id such as CA1000/sub refines the rule CA1000 (3.27.5).
        for (int slash = id.lastIndexOf('/'); found == null && slash > 0; slash = id.lastIndexOf('/', slash - 1)) {
            found = lookUp(id.substring(0, slash));
        }
        return found == null ? undeclared(id) : found;
    }

    private Described lookUp(String id) {
        Described found = driver.byId.get(id);
        for (int i = 0; found == null && i < extensions.size(); i++) {
            found = extensions.get(i).byId.get(id);
        }
        return found;
    }

    private Described undeclared(String id) {
        return undeclared.computeIfAbsent(id, i -> new Described(Rule.of(i, Severity.MEDIUM), Map.of()));
    }

    private void readComponent(JsonCursor json, Component component) throws IOException {
        json.object(field -> {
            switch (field) {
                case "name" -> component.name = json.text();
                case "rules" -> json.array(i -> {
                    Described rule = readRule(json);
                    component.rules.add(rule);
                    component.byId.putIfAbsent(rule.rule().id(), rule);
                });
                default -> {}
            }
        });
    }

    private Described readRule(JsonCursor json) throws IOException {
        RuleFields f = new RuleFields();
        json.object(field -> {
            switch (field) {
                case "id" -> f.id = json.text();
                case "name" -> f.name = json.text();
                case "shortDescription" -> f.shortText = readText(json, false);
                case "fullDescription" -> f.fullText = readText(json, true);
                case "help" -> f.help = readText(json, true);
                case "helpUri" -> f.helpUri = json.text();
                case "messageStrings" -> json.object(id -> f.messages.put(id, readText(json, false)));
                case "defaultConfiguration" -> json.object(name -> {
                    if (name.equals("level")) {
                        f.level = json.text();
                    }
                });
                case "properties" -> readProperties(json, f);
                default -> {}
            }
        });
        return f.toRule();
    }

    private void readProperties(JsonCursor json, RuleFields f) throws IOException {
        json.object(name -> {
            switch (name) {
                case "security-severity" -> f.score = json.decimal(-1);
                case "tags" -> json.array(i -> {
                    String tag = json.text();
                    if (tag != null) {
                        f.tags.add(tag);
                    }
                });
                default -> {}
            }
        });
    }

    /** A {@code multiformatMessageString} (3.12). */
    private String readText(JsonCursor json, boolean markdown) throws IOException {
        String[] result = new String[2];
        json.object(name -> {
            switch (name) {
                case "text" -> result[0] = json.text();
                case "markdown" -> result[1] = json.text();
                default -> {}
            }
        });
        return markdown && result[1] != null ? result[1] : result[0];
    }

    private static final class Component {
        private String name;
        private final List<Described> rules = new ArrayList<>();
        private final Map<String, Described> byId = new HashMap<>();
    }

    private static final class RuleFields {
        private String id;
        private String name;
        private String shortText;
        private String fullText;
        private String help;
        private String helpUri;
        private String level;
        private double score = -1;
        private final List<String> tags = new ArrayList<>();
        private final Map<String, String> messages = new HashMap<>();

        Described toRule() {
            String ruleId = id == null || id.isBlank() ? "unknown" : id;
            String title = shortText != null ? shortText : name != null ? name : ruleId;
            String text = help != null ? help : fullText;
            Severity severity = score >= 0 ? Severity.ofSecurityScore(score) : Severity.ofSarifLevel(level);
            return new Described(new Rule(ruleId, title, text, helpUri, severity, tags), Map.copyOf(messagesOnly()));
        }

        private Map<String, String> messagesOnly() {
            messages.values().removeIf(java.util.Objects::isNull);
            return messages;
        }
    }
}
