package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws random text that a simple regular expression matches, so that no token stands in the repository. Knows
 * literals, escapes, classes, groups, alternatives and quantifiers; lookarounds match nothing and are left out.
 */
final class RandomText {

    private static final String WORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    private static final int MOST_REPEATS = 12;

    private final String pattern;
    private final Random random;
    private int at;

    private RandomText(String pattern, Random random) {
        this.pattern = pattern;
        this.random = random;
    }

    static String matching(String pattern, Random random) {
        RandomText text = new RandomText(pattern, random);
        String result = text.alternatives();
        if (text.at < pattern.length()) {
            throw new IllegalArgumentException("cannot read " + pattern + " at " + text.at);
        }
        return result;
    }

    /** {@return the text with each {@code <<pattern>>} in it replaced, and {@code \n} by a line feed} */
    static String expand(String template, Random random) {
        StringBuilder result = new StringBuilder();
        String rest = template.replace("\\n", "\n");
        for (int open = rest.indexOf("<<"); open >= 0; open = rest.indexOf("<<")) {
            int close = rest.indexOf(">>", open);
            result.append(rest, 0, open).append(matching(rest.substring(open + 2, close), random));
            rest = rest.substring(close + 2);
        }
        return result.append(rest).toString();
    }

    // All alternatives are drawn, because that is what reads past them.
    private String alternatives() {
        List<String> drawn = new ArrayList<>();
        drawn.add(sequence());
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            drawn.add(sequence());
        }
        return drawn.get(random.nextInt(drawn.size()));
    }

    private String sequence() {
        StringBuilder result = new StringBuilder();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            int start = at;
            String first = atom();
            int afterAtom = at;
            int repeats = quantifier();
            int afterQuantifier = at;
            for (int i = 0; i < repeats; i++) {
                if (i == 0) {
                    result.append(first);
                } else {
                    at = start;
                    result.append(atom());
                    at = afterAtom;
                }
            }
            at = afterQuantifier;
        }
        return result.toString();
    }

    private String atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> String.valueOf(pick(members()));
            case '\\' -> String.valueOf(pick(escape(pattern.charAt(at++))));
            case '.' -> "x";
            case '^', '$' -> "";
            default -> String.valueOf(c);
        };
    }

    private String group() {
        boolean look = pattern.startsWith("?=", at) || pattern.startsWith("?!", at) || pattern.startsWith("?<", at);
        if (pattern.startsWith("?i:", at)) {
            at += 3;
        } else if (pattern.startsWith("?:", at)) {
            at += 2;
        } else if (look) {
            at += pattern.startsWith("?<", at) ? 3 : 2;
        } else if (pattern.startsWith("?i)", at)) {
            at += 3;
            return "";
        }
        String result = alternatives();
        at++;
        return look ? "" : result;
    }

    private String members() {
        boolean not = pattern.charAt(at) == '^';
        StringBuilder result = new StringBuilder();
        if (not) {
            at++;
        }
        while (pattern.charAt(at) != ']') {
            char c = pattern.charAt(at++);
            if (c == '\\') {
                result.append(escape(pattern.charAt(at++)));
            } else if (pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
                for (char x = c; x <= pattern.charAt(at + 1); x++) {
                    result.append(x);
                }
                at += 2;
            } else {
                result.append(c);
            }
        }
        at++;
        return not ? "k7Qz" : result.toString();
    }

    private String escape(char c) {
        if (c == 'x') {
            at += 2;
            return "";
        }
        return switch (c) {
            case 'd' -> "0123456789";
            case 'w' -> WORD;
            case 'S' -> "kT5-hQ8rZ";
            case 's' -> " ";
            case 'n' -> "\n";
            case 'r' -> "";
            case 't' -> " ";
            default -> String.valueOf(c);
        };
    }

    private int quantifier() {
        int least = 1;
        int most = 1;
        if (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '?') {
                least = 0;
                at++;
            } else if (c == '*' || c == '+') {
                least = c == '+' ? 1 : 0;
                most = 4;
                at++;
            } else if (c == '{') {
                int close = pattern.indexOf('}', at);
                String[] bounds = pattern.substring(at + 1, close).split(",");
                least = Integer.parseInt(bounds[0]);
                most = bounds.length == 1 ? least : Math.min(least + MOST_REPEATS, Integer.parseInt(bounds[1]));
                at = close + 1;
            }
            boolean quantified = at > 0 && "?*+}".indexOf(pattern.charAt(at - 1)) >= 0;
            if (quantified && at < pattern.length() && "+?".indexOf(pattern.charAt(at)) >= 0) {
                at++;
            }
        }
        return least + random.nextInt(most - least + 1);
    }

    private char pick(String characters) {
        return characters.isEmpty() ? ' ' : characters.charAt(random.nextInt(characters.length()));
    }
}
