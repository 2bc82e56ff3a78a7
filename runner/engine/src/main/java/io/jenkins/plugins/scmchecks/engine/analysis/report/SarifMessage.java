package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.util.List;

/** Turns a message of SARIF into plain text: placeholders filled in, links reduced to their words (2.1.0, 3.11). */
final class SarifMessage {

    private SarifMessage() {}

    /**
     * @param pattern the message's text
     * @param arguments for the placeholders {@code {0}}, {@code {1}} …; with none, braces stand for themselves
     */
    static String plain(String pattern, List<String> arguments) {
        String text = arguments.isEmpty() || pattern.indexOf('{') < 0 ? pattern : fill(pattern, arguments);
        return text.indexOf('[') < 0 || text.indexOf("](") < 0 && text.indexOf("\\[") < 0 ? text : unlink(text);
    }

    /** {@return plain text as a message that {@link #plain} turns back, with nothing in it taken for a link} */
    static String escape(String text) {
        return text.contains("](") || text.contains("\\[") ? text.replaceAll("[\\[\\]\\\\]", "\\\\$0") : text;
    }

    private static String fill(String pattern, List<String> arguments) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int close = c == '{' ? pattern.indexOf('}', i) : -1;
            if ((c == '{' || c == '}') && i + 1 < pattern.length() && pattern.charAt(i + 1) == c) {
                text.append(c);
                i++;
            } else if (close > i + 1 && close < i + 5 && isNumber(pattern, i + 1, close)) {
                int index = Integer.parseInt(pattern.substring(i + 1, close));
                text.append(index < arguments.size() ? arguments.get(index) : pattern.substring(i, close + 1));
                i = close;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** A link is {@code [words](3)}, to a related location, or {@code [words](https://…)}; source text can look alike. */
    private static String unlink(String text) {
        StringBuilder result = new StringBuilder(text.length());
        int open = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\' && i + 1 < text.length() && "[]\\".indexOf(text.charAt(i + 1)) >= 0;
            if (escape) {
                result.append(text.charAt(++i));
                continue;
            }
            if (c == ']' && open >= 0 && i + 1 < text.length() && text.charAt(i + 1) == '(') {
                int close = text.indexOf(')', i);
                if (close > 0 && isTarget(text.substring(i + 2, close))) {
                    result.deleteCharAt(open);
                    open = -1;
                    i = close;
                    continue;
                }
            }
            if (c == '[') {
                open = result.length();
            }
            result.append(c);
        }
        return result.toString();
    }

    private static boolean isTarget(String target) {
        return !target.isEmpty()
                && (isNumber(target, 0, target.length())
                        || target.startsWith("http:")
                        || target.startsWith("https:")
                        || target.startsWith("sarif:")
                        || target.startsWith("file:"));
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }
}
