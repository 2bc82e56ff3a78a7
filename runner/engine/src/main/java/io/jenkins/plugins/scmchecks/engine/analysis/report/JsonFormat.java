package io.jenkins.plugins.scmchecks.engine.analysis.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Where findings stand in one tool's JSON; {@code json-formats.yml} says how it is written.
 *
 * @param id of the format
 * @param name of the tool
 * @param sign that a report of it has in its beginning
 * @param each the way to the findings
 * @param members by what they mean
 * @param fromZero what counts from 0
 */
record JsonFormat(
        String id, String name, Pattern sign, List<String> each, Map<String, String> members, Set<String> fromZero) {

    private static final Pattern FILL = Pattern.compile("\\{([\\w.$-]+)}");
    private static final int LONGEST_TEXT = 4000;

    private static final class BuiltIn {
        static final Map<String, JsonFormat> FORMATS = load();
    }

    /** An element that was taken, what encloses it, and the name that it had there. */
    record Element(JsonNode node, Element outer, String key) {}

    /** {@return all formats by their ids} */
    static Map<String, JsonFormat> all() {
        return BuiltIn.FORMATS;
    }

    /** {@return what a finding has under that meaning, or an empty text} */
    String text(Element finding, String meaning) {
        for (String selector : members.getOrDefault(meaning, "").split("\\|")) {
            String value = selector.indexOf('{') >= 0
                    ? FILL.matcher(selector).replaceAll(m -> Matcher.quoteReplacement(member(finding, m.group(1))))
                    : selector.startsWith("=") ? selector.substring(1) : member(finding, selector);
            if (!value.isBlank()) {
                return value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT) + " …";
            }
        }
        return "";
    }

    /** {@return a number from 1, or 0 when there is none} */
    int number(Element finding, String meaning) {
        String text = text(finding, meaning);
        return text.matches("\\d{1,8}") ? Integer.parseInt(text) + (fromZero.contains(meaning) ? 1 : 0) : 0;
    }

    private static String member(Element finding, String path) {
        for (Element element = finding; element != null && !path.isEmpty(); element = element.outer()) {
            if (path.equals("$key")) {
                if (element.key() != null) {
                    return element.key();
                }
                continue;
            }
            JsonNode node = element.node();
            for (String name : path.split("\\.")) {
                node = node.isArray() && name.matches("\\d{1,3}") ? node.path(Integer.parseInt(name)) : node.path(name);
            }
            if (node.isValueNode() && !node.isNull()) {
                return node.asText();
            }
        }
        return "";
    }

    private static Map<String, JsonFormat> load() {
        Map<String, JsonFormat> formats = new LinkedHashMap<>();
        try (InputStream in = JsonFormat.class.getResourceAsStream("json-formats.yml")) {
            Object root = new Load(LoadSettings.builder().setLabel("json-formats.yml").build()).loadFromInputStream(in);
            ((Map<?, ?>) root).forEach((id, value) -> formats.put(String.valueOf(id), read(String.valueOf(id), value)));
        } catch (IOException e) {
            throw new UncheckedIOException("json-formats.yml cannot be read from the jar", e);
        }
        return Collections.unmodifiableMap(formats);
    }

    private static JsonFormat read(String id, Object value) {
        Map<String, String> members = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, member) -> members.put(String.valueOf(key), String.valueOf(member)));
        Set<String> fromZero = new TreeSet<>();
        if (((Map<?, ?>) value).get("from-zero") instanceof List<?> list) {
            list.forEach(meaning -> fromZero.add(String.valueOf(meaning)));
        }
        String each = members.remove("each");
        return new JsonFormat(
                id,
                members.remove("name"),
                Pattern.compile(members.remove("sign")),
                each.isEmpty() ? List.of() : List.of(each.split("\\.")),
                Map.copyOf(members),
                fromZero);
    }
}
