package io.jenkins.plugins.scmchecks.engine.analysis.tool;

import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Makes tools out of their names, and out of what a team writes in its configuration. */
public final class ToolSpecReader {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,3})-(\\d{1,3})");
    private static final List<String> KEYS =
            List.of("name", "command", "format", "report", "files", "exits", "empty", "severity", "install");

    /** Read when a tool is first asked for: most checks run none. */
    private static final class Presets {
        static final Map<String, ToolSpec> ALL = loadPresets();
    }

    /** {@return the names of the presets, in alphabetical order} */
    public List<String> names() {
        return List.copyOf(new TreeSet<>(Presets.ALL.keySet()));
    }

    /**
     * {@return the preset of that name}
     *
     * @throws IllegalArgumentException naming those that there are
     */
    public ToolSpec preset(String name) {
        ToolSpec preset = Presets.ALL.get(name);
        if (preset == null) {
            throw new IllegalArgumentException("there is no tool '" + name + "'; use one of "
                    + String.join(", ", names()) + ", or say how it is run: name, command, format");
        }
        return preset;
    }

    /**
     * Reads a list of tools: the name of a preset, or a map with {@code name}, {@code command} and {@code format} and,
     * where needed, {@code report}, {@code files}, {@code exits}, {@code empty}, {@code severity} and {@code install}.
     *
     * @param value from YAML; null for none
     * @throws IllegalArgumentException saying what is wrong and how to mend it
     */
    public List<ToolSpec> read(Object value) {
        List<ToolSpec> specs = new ArrayList<>();
        for (Object item : value == null ? List.of() : value instanceof List<?> list ? list : List.of(value)) {
            if (item instanceof Map<?, ?> map) {
                specs.add(custom(map));
            } else {
                specs.add(preset(String.valueOf(item)));
            }
        }
        return specs;
    }

    private static ToolSpec custom(Map<?, ?> map) {
        Object name = map.get("name");
        for (Object key : map.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw new IllegalArgumentException(
                        "'" + key + "' is not known in 'tools'; use " + String.join(", ", KEYS));
            }
        }
        if (name == null || !(map.get("command") instanceof List) || map.get("format") == null) {
            throw new IllegalArgumentException("a tool of your own in 'tools' needs a name, a command (a list: the program"
                    + " and its arguments) and the format of its report");
        }
        return spec(String.valueOf(name), map, ToolSpec.OWN_COMMAND);
    }

    private static ToolSpec spec(String name, Map<?, ?> map, String executes) {
        return new ToolSpec(
                name,
                texts(map.get("command")),
                String.valueOf(map.get("format")),
                text(map.get("report")),
                texts(map.get("files")),
                map.containsKey("exits") ? codes(map.get("exits")) : ToolSpec.USUAL_EXITS,
                codes(map.get("empty")),
                texts(map.get("configuration")),
                executes,
                map.containsKey("isolated") ? texts(map.get("isolated")) : null,
                map.containsKey("severity") ? Severity.parse(text(map.get("severity"))) : null,
                text(map.get("install")));
    }

    private static Set<Integer> codes(Object value) {
        Set<Integer> codes = new TreeSet<>();
        for (String code : texts(value)) {
            Matcher range = RANGE.matcher(code);
            try {
                int first = Integer.parseInt(range.matches() ? range.group(1) : code);
                int last = range.matches() ? Integer.parseInt(range.group(2)) : first;
                for (int i = first; i <= last; i++) {
                    codes.add(i);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + code + "' is no exit code; write 0, or a range as in 0-31", e);
            }
        }
        return codes;
    }

    private static List<String> texts(Object value) {
        if (value == null) {
            return List.of();
        }
        return (value instanceof List<?> list ? list : List.of(value)).stream().map(String::valueOf).toList();
    }

    private static String text(Object value) {
        return value == null ? null : String.valueOf(value);
    }

    private static Map<String, ToolSpec> loadPresets() {
        Map<String, ToolSpec> presets = new LinkedHashMap<>();
        try (InputStream in = ToolSpecReader.class.getResourceAsStream("presets.yml")) {
            Object root = new Load(LoadSettings.builder().setLabel("presets.yml").build()).loadFromInputStream(in);
            ((Map<?, ?>) root).forEach((name, map) -> presets.put(
                    String.valueOf(name),
                    spec(String.valueOf(name), (Map<?, ?>) map, text(((Map<?, ?>) map).get("executes")))));
        } catch (IOException e) {
            throw new UncheckedIOException("presets.yml cannot be read from the jar", e);
        }
        return presets;
    }
}
