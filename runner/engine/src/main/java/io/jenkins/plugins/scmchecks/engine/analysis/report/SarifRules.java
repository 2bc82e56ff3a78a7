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

    /** How a rule is referred to: by id, by index in its component, or both; what is missing is null or -1. */
    record Reference(String id, int index, int extension) {}

    private static final class Component {
        private String name;
        private final List<Described> rules = new ArrayList<>();
        private final Map<String, Described> byId = new HashMap<>();
        private final Map<String, String> messages = new HashMap<>();
    }

    private final Component driver = new Component();
    private final List<Component> extensions = new ArrayList<>();
    private final Map<String, Described> undeclared = new HashMap<>();
    private final Map<Rule, Map<List<String>, Rule>> tagged = new HashMap<>();

    String tool() {
        return driver.name == null || driver.name.isBlank() ? "unknown tool" : driver.name;
    }

    void read(JsonCursor json) throws IOException {
        if (!json.enterObject()) {
            return;
        }
        for (String field; (field = json.nextField()) != null; ) {
            switch (field) {
                case "driver" -> readComponent(json, driver);
                case "extensions" -> {
                    if (json.enterArray()) {
                        while (json.nextElement()) {
                            Component extension = new Component();
                            extensions.add(extension);
                            readComponent(json, extension);
                        }
                    }
                }
                default -> {}
            }
        }
    }

    /** Finds a rule by its index, id or hierarchical id. */
    Described find(Reference reference) {
        boolean extended = reference.extension() >= 0 && reference.extension() < extensions.size();
        Component component = extended ? extensions.get(reference.extension()) : driver;
        if (reference.index() >= 0 && reference.index() < component.rules.size()) {
            return component.rules.get(reference.index());
        }
        String id = reference.id();
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

    /** {@return the text of a message that is given by id: the rule's own, or one of the whole tool (3.19.22)} */
    String message(Described rule, String id) {
        String own = rule.messages().get(id);
        for (int i = 0; own == null && i < extensions.size(); i++) {
            own = extensions.get(i).messages.get(id);
        }
        return own == null ? driver.messages.getOrDefault(id, "") : own;
    }

    /** {@return the rule with tags that one result adds} */
    Rule withTags(Rule rule, List<String> tags) {
        if (tags.isEmpty() || rule.tags().containsAll(tags)) {
            return rule;
        }
        return tagged.computeIfAbsent(rule, r -> new HashMap<>()).computeIfAbsent(List.copyOf(tags), added -> {
            List<String> all = new ArrayList<>(rule.tags());
            added.stream().filter(t -> !all.contains(t)).forEach(all::add);
            return new Rule(rule.id(), rule.name(), rule.help(), rule.helpUri(), rule.severity(), all);
        });
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

    private static void readComponent(JsonCursor json, Component component) throws IOException {
        if (!json.enterObject()) {
            return;
        }
        for (String field; (field = json.nextField()) != null; ) {
            switch (field) {
                case "name" -> component.name = json.text();
                case "globalMessageStrings" -> SarifRule.readMessages(json, component.messages);
                case "rules" -> {
                    if (json.enterArray()) {
                        while (json.nextElement()) {
                            Described rule = SarifRule.read(json);
                            component.rules.add(rule);
                            component.byId.putIfAbsent(rule.rule().id(), rule);
                        }
                    }
                }
                default -> {}
            }
        }
    }
}
