package io.jenkins.plugins.scmchecks.engine.publish;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hidden second line of a summary comment: which comments the provider refused for a commit. Without it every
 * further run would send them again to be refused again.
 */
final class RefusedComments {

    private static final Pattern LINE =
            Pattern.compile("\\A[^\\n]*\\n<!-- refused ([0-9a-f]{1,64}) ([A-Za-z0-9._+/=:,-]{1,60000}) -->");

    private RefusedComments() {}

    /** {@return the line with its line break, or nothing when none was refused} */
    static String line(String headSha, Set<String> refused) {
        return refused.isEmpty() || headSha == null
                ? ""
                : "<!-- refused " + headSha + " " + String.join(",", new TreeSet<>(refused)) + " -->\n";
    }

    /** {@return what a summary says was refused for that commit} */
    static Set<String> of(String summary, String headSha) {
        Matcher matcher = LINE.matcher(summary.replace("\r\n", "\n"));
        return matcher.find() && matcher.group(1).equals(headSha)
                ? new TreeSet<>(Arrays.asList(matcher.group(2).split(",")))
                : Set.of();
    }
}
