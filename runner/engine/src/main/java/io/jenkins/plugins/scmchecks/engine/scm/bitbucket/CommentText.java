package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Both Bitbuckets show HTML in comments as text, hidden markers too. So HTML becomes a link definition that nothing
 * refers to, which Markdown does not show: {@code [//]: # (text)}. It is undone when a comment is read, so that the
 * text
 * compares with what was wanted.
 */
final class CommentText {

    private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,})");
    private static final Pattern HIDDEN = Pattern.compile("^<!-- ([^()\\[\\]\\\\]+) -->$");
    private static final Pattern FOLD = Pattern.compile("^<details><summary>([^<>]*)</summary>$");
    private static final Pattern SMALL = Pattern.compile("^<sub>(.*)</sub>$");
    private static final Pattern DEFINITION = Pattern.compile("^\\[//]: # \\(([^()\\[\\]\\\\]+)\\)$");
    private static final Pattern BOLD = Pattern.compile("^\\*\\*(.*)\\*\\*$");
    private static final Pattern SUGGESTION = Pattern.compile("(?m)^(`{3,})suggestion$");
    private static final Pattern SHOWN_SUGGESTION = Pattern.compile("(?m)^(`{3,})text suggestion$");

    private CommentText() {}

    /** {@return the body to send} */
    static String toBitbucket(String body) {
        return outsideCode(body, CommentText::withoutHtml);
    }

    /** {@return the body to send, its suggestion as a mere block of code: for one of several lines} */
    static String toBitbucketWithoutSuggestion(String body) {
        return toBitbucket(SUGGESTION.matcher(body).replaceFirst("$1text suggestion"));
    }

    private static String withoutHtml(String line) {
        Matcher hidden = HIDDEN.matcher(line);
        if (hidden.matches()) {
            return definition(hidden.group(1));
        }
        Matcher fold = FOLD.matcher(line);
        if (fold.matches()) {
            return definition("details") + "\n**" + fold.group(1) + "**";
        }
        Matcher small = SMALL.matcher(line);
        if (small.matches()) {
            return definition("sub") + "\n" + small.group(1);
        }
        return line.equals("</details>") ? definition("/details") : line;
    }

    private static String definition(String text) {
        return "[//]: # (" + text + ")";
    }

    /** {@return the body as it was before it was sent} */
    static String fromBitbucket(String body) {
        String[] before = {""};
        String text = outsideCode(body.replace("\r\n", "\n"), line -> {
            String kind = before[0];
            before[0] = "";
            Matcher bold = BOLD.matcher(line);
            if (kind.equals("details") && bold.matches()) {
                return "<details><summary>" + bold.group(1) + "</summary>";
            }
            if (kind.equals("sub")) {
                return "<sub>" + line + "</sub>";
            }
            Matcher definition = DEFINITION.matcher(line);
            if (!definition.matches()) {
                return line;
            }
            return switch (definition.group(1)) {
                case "details", "sub" -> {
                    before[0] = definition.group(1);
                    yield null;
                }
                case "/details" -> "</details>";
                default -> "<!-- " + definition.group(1) + " -->";
            };
        });
        return SHOWN_SUGGESTION.matcher(text).replaceFirst("$1suggestion");
    }

    /** @param change gives null for a line to leave out */
    private static String outsideCode(String body, UnaryOperator<String> change) {
        StringBuilder result = new StringBuilder();
        String fence = null;
        boolean first = true;
        for (String line : body.split("\n", -1)) {
            Matcher opens = FENCE.matcher(line);
            boolean marks = opens.find();
            String changed = fence == null && !marks ? change.apply(line) : line;
            if (fence == null && marks) {
                fence = opens.group(1);
            } else if (fence != null && marks && opens.group(1).startsWith(fence) && line.strip().equals(opens.group(1))) {
                fence = null;
            }
            if (changed != null) {
                result.append(first ? "" : "\n").append(changed);
                first = false;
            }
        }
        return result.toString();
    }
}
