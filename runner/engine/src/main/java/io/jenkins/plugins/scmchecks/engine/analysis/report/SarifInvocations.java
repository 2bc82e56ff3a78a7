package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the tool was run, and what it says went wrong (SARIF 2.1.0, 3.20, 3.51 and 3.58). */
final class SarifInvocations {

    private static final int MAX_KEPT = 1000;

    private record LevelOverride(SarifRules.Reference rule, String level) {}

    private record Notification(Notice.Level level, String text) {}

    private final List<LevelOverride> overrides = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();
    private Map<Rule, String> levels;

    void read(JsonCursor json) throws IOException {
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            boolean failed = false;
            String reason = null;
            if (json.enterObject()) {
                for (String field; (field = json.nextField()) != null; ) {
                    switch (field) {
                        case "executionSuccessful" -> failed = "false".equals(json.text());
                        case "exitCodeDescription", "processStartFailureMessage" -> reason = json.text();
                        case "toolExecutionNotifications", "toolConfigurationNotifications" -> readNotifications(json);
                        case "ruleConfigurationOverrides" -> readOverrides(json);
                        default -> {}
                    }
                }
            }
            if (failed) {
                notifications.add(new Notification(
                        Notice.Level.ERROR, "did not finish its work" + (reason == null ? "" : ": " + reason)));
            }
        }
    }

    /** {@return the level that this run of the tool was told to give a rule, or null when it was told nothing} */
    String level(Rule rule, SarifRules rules) {
        if (overrides.isEmpty()) {
            return null;
        }
        if (levels == null) {
            levels = new HashMap<>();
            overrides.forEach(o -> levels.put(rules.find(o.rule()).rule(), o.level()));
        }
        return levels.get(rule);
    }

    void tell(String tool, LimitedSink sink) {
        notifications.forEach(n -> sink.notice(n.level(), tool + " says: " + n.text()));
    }

    private void readOverrides(JsonCursor json) throws IOException {
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            SarifRules.Reference rule = null;
            String level = null;
            if (json.enterObject()) {
                for (String field; (field = json.nextField()) != null; ) {
                    switch (field) {
                        case "descriptor" -> rule = SarifResult.readReference(json, null, -1);
                        case "configuration" -> level = readField(json, "level");
                        default -> {}
                    }
                }
            }
            if (rule != null && level != null && overrides.size() < MAX_KEPT) {
                overrides.add(new LevelOverride(rule, level));
            }
        }
    }

    private void readNotifications(JsonCursor json) throws IOException {
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            String level = null;
            String text = null;
            if (json.enterObject()) {
                for (String field; (field = json.nextField()) != null; ) {
                    switch (field) {
                        case "level" -> level = json.text();
                        case "message" -> text = SarifRule.readText(json, false);
                        default -> {}
                    }
                }
            }
            boolean bad = "error".equals(level) || level == null || "warning".equals(level);
            if (bad && text != null && notifications.size() < MAX_KEPT) {
                notifications.add(new Notification(Notice.Level.WARNING, text));
            }
        }
    }

    private static String readField(JsonCursor json, String wanted) throws IOException {
        String value = null;
        if (json.enterObject()) {
            for (String field; (field = json.nextField()) != null; ) {
                if (field.equals(wanted)) {
                    value = json.text();
                }
            }
        }
        return value;
    }
}
