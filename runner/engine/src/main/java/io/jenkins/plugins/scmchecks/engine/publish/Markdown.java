package io.jenkins.plugins.scmchecks.engine.publish;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts untrusted text into Markdown so that it shows as what it is: no markup, no HTML, no mention of a person, no
 * reference to an issue, no link but a plain http(s) address.
 */
final class Markdown {

    /** Invisible, and enough to keep providers from reading {@code @name} or {@code #1} as a mention. */
    private static final char BREAK = '\u200B';

    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]|[\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]");
    private static final Pattern CODE = Pattern.compile("(`+)(?:(?!\\1).)+?\\1(?!`)");
    private static final Pattern LINK = Pattern.compile("(!?)\\[([^\\]\\[]*)]\\(([^)\\s]*)[^)]*\\)");
    private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,})");

    private Markdown() {}

    /** {@return plain text, on one line} */
    static String line(String text) {
        return escape(visible(text).replaceAll("\\s+", " ").strip());
    }

    /** {@return plain text whose line breaks are kept} */
    static String text(String text) {
        StringBuilder result = new StringBuilder();
        visible(text).strip().lines().forEach(line -> result.append(result.isEmpty() ? "" : "  \n")
                .append(escape(line.strip())));
        return result.toString();
    }

    /** {@return text in a code span} */
    static String code(String text) {
        String content = visible(text).replaceAll("\\s+", " ").strip();
        String fence = "`".repeat(longestRun(content, '`') + 1);
        String room = content.startsWith("`") || content.endsWith("`") || content.isEmpty() ? " " : "";
        return fence + room + content + room + fence;
    }

    /** {@return a fenced block of code, whatever the text holds} */
    static String block(String language, String text) {
        String fence = "`".repeat(Math.max(3, longestRun(text, '`') + 1));
        return fence + language + "\n" + HIDDEN.matcher(text).replaceAll("") + "\n" + fence;
    }

    /** {@return Markdown for a table's cell, in which a bar would end the cell even inside code} */
    static String cell(String markdown) {
        return markdown.replace("\\|", "|").replace("|", "\\|").replace("\n", "<br>");
    }

    /** {@return a link when the address is a plain http(s) one, otherwise the text alone} */
    static String link(String text, String address) {
        String safe = address(address);
        return safe == null ? line(text) : "[" + line(text) + "](" + safe + ")";
    }

    /**
     * Markdown from a rule or a report: its paragraphs, lists and code stay; HTML, images, mentions and links that are
     * not http(s) lose their effect.
     */
    static String untrusted(String markdown) {
        StringBuilder result = new StringBuilder();
        String fence = null;
        for (String line : visible(markdown).strip().split("\n", -1)) {
            Matcher opens = FENCE.matcher(line);
            boolean marks = opens.find();
            result.append(result.isEmpty() ? "" : "\n").append(fence != null || marks ? line : inline(line));
            if (fence == null && marks) {
                fence = opens.group(1);
            } else if (fence != null && closes(line.strip(), fence)) {
                fence = null;
            }
        }
        return fence == null ? result.toString() : result.append('\n').append(fence).toString();
    }

    private static boolean closes(String line, String fence) {
        return line.startsWith(fence) && line.chars().distinct().count() == 1;
    }

    private static String inline(String line) {
        StringBuilder result = new StringBuilder();
        Matcher code = CODE.matcher(line);
        int from = 0;
        while (code.find()) {
            result.append(defuse(line.substring(from, code.start()))).append(code.group());
            from = code.end();
        }
        return result.append(defuse(line.substring(from))).toString();
    }

    private static String defuse(String markdown) {
        String links = LINK.matcher(markdown).replaceAll(m -> {
            String safe = m.group(1).isEmpty() ? address(m.group(3)) : null; // an image would be loaded by readers
            return Matcher.quoteReplacement(safe == null ? m.group(2) : "[" + m.group(2) + "](" + safe + ")");
        });
        return unmention(links.replace("<", "&lt;")
                .replace("![", "!\\[")
                .replaceAll("]:(\\s*)(?!\\s*https?://)", "]\\\\:$1"));
    }

    private static String escape(String text) {
        StringBuilder result = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '&' -> result.append("&amp;");
                case '\\', '`', '*', '_', '{', '}', '[', ']', '|', '~', '!' -> result.append('\\').append(c);
                case '#', '+', '-', '=' -> result.append(i == 0 ? "\\" : "").append(c);
                case '.', ')' -> result.append(i > 0 && isNumber(text, i) ? "\\" : "").append(c);
                default -> result.append(c);
            }
        }
        return unmention(result.toString());
    }

    /** "1." and "1)" at the beginning of a line would make a list. */
    private static boolean isNumber(String text, int end) {
        return end <= 9 && text.chars().limit(end).allMatch(Character::isDigit);
    }

    private static String unmention(String text) {
        return text.replace("@", "@" + BREAK)
                .replaceAll("#(?=\\d)", "#" + BREAK)
                .replaceAll("(?i)\\b(gh)-(?=\\d)", "$1-" + BREAK)
                .replaceAll("!(?=\\d)", "!" + BREAK)
                .replaceAll("(?i)\\bwww\\.", "www" + BREAK + ".")
                .replaceAll("(?i)\\b(ftp|mailto|xmpp):", "$1" + BREAK + ":");
    }

    /** {@return the address when it is http(s), with the characters encoded that would end a link; otherwise null} */
    private static String address(String address) {
        if (address == null || !address.matches("(?i)https?://[^\\s\\p{Cntrl}]{1,2000}")) {
            return null;
        }
        StringBuilder encoded = new StringBuilder();
        for (char c : address.toCharArray()) {
            encoded.append("()<>|\"`\\[]".indexOf(c) < 0 ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }

    private static String visible(String text) {
        return HIDDEN.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
    }

    private static int longestRun(String text, char wanted) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == wanted ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
