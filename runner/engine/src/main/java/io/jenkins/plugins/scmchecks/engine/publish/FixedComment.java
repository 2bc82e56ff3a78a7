package io.jenkins.plugins.scmchecks.engine.publish;

/**
 * The form of an inline comment whose finding is fixed, where its thread cannot be resolved: the title struck through,
 * the rest folded. It keeps the comment's {@link Marker}; a second marker tells the form.
 */
public final class FixedComment {

    private static final String FIXED = "<!-- fixed -->";

    private FixedComment() {}

    /** {@return whether a comment, as it stands at the provider, has that form} */
    public static boolean is(String body) {
        return body.lines().skip(1).findFirst().orElse("").strip().equals(FIXED);
    }

    /** {@return the form of a comment whose first line is a marker} */
    public static String of(String body) {
        String marker = body.lines().findFirst().orElse("");
        String rest = body.substring(Math.min(body.length(), marker.length() + 1)).strip();
        String title = rest.lines().findFirst().orElse("").strip();
        return marker + "\n" + FIXED + "\n~~" + title + "~~ **Fixed.**\n\n<details><summary>What it was</summary>\n\n"
                + rest + "\n\n</details>\n";
    }
}
