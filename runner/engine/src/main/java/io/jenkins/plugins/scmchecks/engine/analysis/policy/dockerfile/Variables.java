package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ARG} and {@code ENV} have set so far. What has no value in the file, because the build or the base image
 * gives it, is not known.
 */
final class Variables {

    /** Stands in an expanded text for what is not known. */
    static final char UNKNOWN = '\u0000';

    private static final int MAX_LENGTH = 10_000;

    private static final Pattern REFERENCE =
            Pattern.compile("\\\\\\$|\\$(?:([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)(?:(:?[-+?]|[#%/]+)([^}]*))?\\})");

    private final Map<String, String> values;

    Variables() {
        this(Map.of());
    }

    private Variables(Map<String, String> values) {
        this.values = new HashMap<>(values);
    }

    Variables copy() {
        return new Variables(values);
    }

    /** @param value expanded already; null when it has none */
    void set(String name, String value) {
        values.put(name, value == null ? String.valueOf(UNKNOWN) : value);
    }

    /** {@return the value, or {@link #UNKNOWN} as a text} */
    String get(String name) {
        return values.getOrDefault(name, String.valueOf(UNKNOWN));
    }

    /** {@return the text with the variables' values in it, and {@link #UNKNOWN} where they are not known} */
    String expand(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(text);
        int from = 0;
        while (matcher.find() && out.length() < MAX_LENGTH) {
            out.append(text, from, matcher.start());
            from = matcher.end();
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            out.append(name == null ? "$" : value(name, matcher.group(3), matcher.group(4)));
        }
        out.append(text, from, text.length());
        return out.length() > MAX_LENGTH ? String.valueOf(UNKNOWN) : out.toString();
    }

    private String value(String name, String operator, String word) {
        String value = values.get(name);
        if (operator == null) {
            return value == null ? String.valueOf(UNKNOWN) : value;
        }
        boolean known = value != null && value.indexOf(UNKNOWN) < 0;
        return switch (operator) {
            case "-", ":-" -> known && !value.isEmpty() ? value : expandWord(word);
            case "+", ":+" -> known && !value.isEmpty() ? expandWord(word) : String.valueOf(UNKNOWN);
            default -> known && operator.contains("?") ? value : String.valueOf(UNKNOWN);
        };
    }

    /** A default may name a variable, but none within another: the reference's end would not be found. */
    private String expandWord(String word) {
        return word.indexOf('$') >= 0 ? String.valueOf(UNKNOWN) : word;
    }
}
