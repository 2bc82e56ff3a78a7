package io.jenkins.plugins.scmchecks.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which branches are meant: names and globs, separated by white space or commas. {@code *} stands for anything but a
 * slash, {@code **} for anything, {@code ?} for one character. None at all means every branch.
 */
final class BranchPatterns {

    private final List<Pattern> patterns = new ArrayList<>();

    BranchPatterns(String text) {
        for (String glob : (text == null ? "" : text).split("[\\s,]+")) {
            if (!glob.isEmpty()) {
                patterns.add(compile(glob));
            }
        }
    }

    boolean matches(String branch) {
        return patterns.isEmpty()
                || branch != null && patterns.stream().anyMatch(p -> p.matcher(branch).matches());
    }

    private static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                // More stars than two mean no more than two do.
                while (i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                    i++;
                }
                regex.append(".*");
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
