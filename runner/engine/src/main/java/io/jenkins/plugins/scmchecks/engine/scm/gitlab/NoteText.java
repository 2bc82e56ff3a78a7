package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two places where GitLab's notes differ from other providers' comments: a line that begins with {@code /} is a
 * command that GitLab runs with our rights (quick actions), and a suggestion says how many lines above its own it
 * replaces. Both are undone when a note is read, so that it compares with what was wanted.
 */
final class NoteText {

    private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,})");
    private static final Pattern COMMAND = Pattern.compile("^(\\s*)(\\\\*)/");
    private static final Pattern DEFUSED = Pattern.compile("^(\\s*)\\\\(\\\\*)/");
    private static final Pattern SUGGESTION = Pattern.compile("(?m)^(`{3,})suggestion$");
    private static final Pattern RANGED = Pattern.compile("(?m)^(`{3,})suggestion:-\\d+\\+0$");

    private NoteText() {}

    /**
     * @param above how many lines above the comment's own its suggestion replaces
     * @return the body to send
     */
    static String toGitLab(String body, int above) {
        String ranged = SUGGESTION.matcher(body).replaceFirst("$1suggestion:-" + above + "+0");
        return outsideCode(ranged, line -> COMMAND.matcher(line).replaceFirst("$1\\\\$2/"));
    }

    /** {@return the body as it was before {@link #toGitLab}} */
    static String fromGitLab(String body) {
        String plain = RANGED.matcher(body.replace("\r\n", "\n")).replaceFirst("$1suggestion");
        return outsideCode(plain, line -> DEFUSED.matcher(line).replaceFirst("$1$2/"));
    }

    /** Commands in code are text for GitLab, and a suggestion's lines have to stay as they are. */
    private static String outsideCode(String body, UnaryOperator<String> change) {
        StringJoiner result = new StringJoiner("\n");
        String fence = null;
        for (String line : body.split("\n", -1)) {
            Matcher opens = FENCE.matcher(line);
            boolean marks = opens.find();
            result.add(fence == null && !marks ? change.apply(line) : line);
            if (fence == null && marks) {
                fence = opens.group(1);
            } else if (marks && opens.group(1).startsWith(fence) && line.strip().equals(opens.group(1))) {
                fence = null;
            }
        }
        return result.toString();
    }
}
