package io.jenkins.plugins.scmchecks.forge.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/** Writes HTML; everything put in is escaped, except Markdown, which comes rendered and clean. */
final class Html {

    private static final Set<String> VOID = Set.of("link", "meta", "br", "input");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm").withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element. @param attributes names and values in turn; a null value leaves the attribute out */
    Html start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                out.append(' ').append(attributes[i]).append("=\"").append(escape(attributes[i + 1])).append('"');
            }
        }
        out.append('>');
        if (!VOID.contains(tag)) {
            open.push(tag);
        }
        return this;
    }

    /** Closes the innermost element. */
    Html end() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    Html end(int times) {
        for (int i = 0; i < times; i++) {
            end();
        }
        return this;
    }

    Html text(String text) {
        out.append(escape(text));
        return this;
    }

    Html text(long number) {
        out.append(number);
        return this;
    }

    /** An element with a class and a text. */
    Html element(String tag, String cssClass, String text) {
        return start(tag, "class", cssClass).text(text).end();
    }

    Html link(String href, String cssClass, String text) {
        return start("a", "href", href, "class", cssClass).text(text).end();
    }

    Html time(Instant at) {
        return start("time", "datetime", at.toString()).text(TIME.format(at)).end();
    }

    Html count(String singular, String plural, long number) {
        return text(number + " " + (number == 1 ? singular : plural));
    }

    Html icon(Icon icon) {
        start("svg", "class", "icon icon-" + icon.cssClass(), "viewBox", "0 0 16 16", "aria-hidden", "true");
        return start("path", "d", icon.path()).end().end();
    }

    Html avatar(String login) {
        String name = login.isEmpty() ? "?" : login;
        return start("span", "class", "avatar avatar-" + Math.floorMod(name.hashCode(), 6), "aria-hidden", "true")
                .text(name.substring(0, 1).toUpperCase(Locale.ROOT)).end();
    }

    /** Puts rendered Markdown in. */
    Html markdown(Markdown.Rendered markdown) {
        out.append("<div class=\"markdown\">").append(markdown.html()).append("</div>");
        return this;
    }

    /** @throws IllegalStateException when an element is left open, which is a defect */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("Left open: " + open);
        }
        return "<!DOCTYPE html>\n" + out;
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
