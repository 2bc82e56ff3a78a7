package io.jenkins.plugins.scmchecks.engine;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.tool.ToolSpecReader;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Selection;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads {@value Configuration#FILE}. Where the change is not trusted it must be given the base's tree, so that a fork
 * cannot loosen the gate that it has to pass.
 */
public final class ConfigurationReader {

    /** A configuration that cannot be used. The message says where and how to mend it. */
    public static final class InvalidConfigurationException extends IOException {
        private static final long serialVersionUID = 1L;

        public InvalidConfigurationException(String message, Throwable cause) {
            super(Configuration.FILE + ": " + message, cause);
        }
    }

    private static final int MAX_BYTES = 1 << 20;
    private static final List<String> KEYS =
            List.of("name", "analyzers", "reports", "tools", "fail-on", "scope", "fail-on-errors", "exclude", "rules");

    /**
     * @return the tree's configuration, or {@link Configuration#EMPTY} when it has none
     * @throws InvalidConfigurationException when it has one that cannot be used
     */
    public Configuration read(SourceTree tree) throws IOException {
        byte[] content = tree.read(Configuration.FILE).orElse(null);
        if (content == null) {
            return Configuration.EMPTY;
        }
        if (content.length > MAX_BYTES) {
            throw new InvalidConfigurationException("is larger than 1 MB", null);
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(Configuration.FILE)
                .setMaxAliasesForCollections(20)
                .setCodePointLimit(MAX_BYTES)
                .build();
        try {
            Object root = new Load(settings).loadFromInputStream(new ByteArrayInputStream(content));
            return root == null ? Configuration.EMPTY : configuration(map(root, "the file"));
        } catch (YamlEngineException e) {
            throw new InvalidConfigurationException("is not readable as YAML: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(e.getMessage(), e);
        }
    }

    private static Configuration configuration(Map<String, Object> root) {
        for (String key : root.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("'" + key + "' is not known; use " + String.join(", ", KEYS));
            }
        }
        return new Configuration(
                root.containsKey("name") ? text(root.get("name"), "name") : null,
                root.containsKey("analyzers") ? texts(root.get("analyzers"), "analyzers") : null,
                texts(root.get("reports"), "reports"),
                root.containsKey("tools") ? new ToolSpecReader().read(root.get("tools")) : List.of(),
                gate(root),
                new Selection(texts(root.get("exclude"), "exclude"), rules(root.get("rules"))));
    }

    private static Gate gate(Map<String, Object> root) {
        if (!root.containsKey("fail-on") && !root.containsKey("scope") && !root.containsKey("fail-on-errors")) {
            return null;
        }
        Severity failOn = Gate.DEFAULT.failOn();
        if (root.containsKey("fail-on")) {
            String value = text(root.get("fail-on"), "fail-on");
            failOn = value.equals("never") ? null : Severity.parse(value);
        }
        Gate.Scope scope = switch (text(root.getOrDefault("scope", "new"), "scope")) {
            case "new" -> Gate.Scope.NEW;
            case "all" -> Gate.Scope.ALL;
            default -> throw new IllegalArgumentException("'scope' is new or all");
        };
        Object onErrors = root.getOrDefault("fail-on-errors", true);
        if (!(onErrors instanceof Boolean failOnErrors)) {
            throw new IllegalArgumentException("'fail-on-errors' is true or false");
        }
        return new Gate(failOn, scope, failOnErrors);
    }

    private static Map<String, Optional<Severity>> rules(Object value) {
        Map<String, Optional<Severity>> rules = new LinkedHashMap<>();
        if (value == null) {
            return rules;
        }
        map(value, "rules").forEach((id, setting) -> {
            // YAML 1.1 habits: somebody's editor may have made "off" a truth value.
            String text = setting instanceof Boolean on && !on ? "off" : text(setting, "rules." + id);
            rules.put(id, text.equals("off") ? Optional.empty() : Optional.of(Severity.parse(text)));
        });
        return rules;
    }

    private static Map<String, Object> map(Object value, String where) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("'" + where + "' must be a list of 'key: value' lines");
        }
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((k, v) -> result.put(String.valueOf(k), v));
        return result;
    }

    private static List<String> texts(Object value, String where) {
        if (value == null) {
            return List.of();
        }
        List<String> result = new ArrayList<>();
        for (Object item : value instanceof List<?> list ? list : List.of(value)) {
            result.add(text(item, where));
        }
        return result;
    }

    private static String text(Object value, String where) {
        if (value == null || value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException("'" + where + "' must be a text");
        }
        return value.toString();
    }
}
