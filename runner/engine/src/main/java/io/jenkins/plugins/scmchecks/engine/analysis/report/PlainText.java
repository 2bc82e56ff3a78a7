package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the HTML that some tools write into plain text, and leaves alone what only looks like HTML. */
final class PlainText {

    private static final Pattern TAG = Pattern.compile(
            "(?i)</?(a|b|i|u|p|br|hr|tt|em|strong|code|pre|span|div|ul|ol|li|dl|dt|dd|h[1-6]|table|thead|tbody|tr|td|th"
                    + "|blockquote|summary|details|font|sub|sup|img|cite)(\\s[^<>]{0,2000})?/?>");
    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp);");
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

    private PlainText() {}

    /** {@return the text without known tags, blocks on lines of their own, and with its entities resolved} */
    static String of(String html) {
        if (html == null || html.indexOf('<') < 0 && html.indexOf('&') < 0) {
            return html == null ? "" : html.strip();
        }
        String text = TAG.matcher(html).replaceAll(tag -> isBlock(tag.group(1)) ? "\n" : "");
        text = ENTITY.matcher(text).replaceAll(m -> Matcher.quoteReplacement(resolve(m.group(1))));
        return text.replaceAll("[ \\t]*\\n\\s*\\n\\s*", "\n\n").replaceAll("[ \\t]+\\n", "\n").strip();
    }

    private static boolean isBlock(String tag) {
        return switch (tag.toLowerCase(java.util.Locale.ROOT)) {
            case "p", "br", "hr", "div", "pre", "ul", "ol", "li", "dt", "dd", "table", "tr", "blockquote", "h1", "h2", "h3",
                    "h4" -> true;
            default -> false;
        };
    }

    private static String resolve(String entity) {
        if (entity.charAt(0) != '#') {
            return NAMED.get(entity);
        }
        boolean hexadecimal = Character.toLowerCase(entity.charAt(1)) == 'x';
        int codePoint = Integer.parseInt(entity.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
        return Character.isValidCodePoint(codePoint) && codePoint > 0 ? Character.toString(codePoint) : "";
    }
}
