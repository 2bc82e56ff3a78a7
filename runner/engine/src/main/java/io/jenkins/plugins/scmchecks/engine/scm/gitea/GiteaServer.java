package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which server answers. Forgejo tells its own version, and in build metadata the Gitea that it is like:
 * {@code 7.0.1+gitea-1.22.0}.
 *
 * @param version as the server tells it; empty when it does not
 */
record GiteaServer(String version) {

    private static final Pattern NUMBERS = Pattern.compile("^(\\d{1,4})\\.(\\d{1,4})");

    boolean forgejo() {
        return version.contains("+gitea-") || version.contains("forgejo");
    }

    /** {@return whether conversations can be resolved through the API: since Gitea 1.26, and not in Forgejo 15} */
    boolean resolves() {
        return isGitea(1, 26, Integer.MAX_VALUE);
    }

    /** {@return whether it is older than the oldest that this is made for} */
    boolean tooOld() {
        return isGitea(0, 0, 18) || isGitea(1, 0, 18);
    }

    private boolean isGitea(int major, int first, int last) {
        Matcher matcher = NUMBERS.matcher(version);
        if (forgejo() || !matcher.find() || Integer.parseInt(matcher.group(1)) != major) {
            return false;
        }
        int minor = Integer.parseInt(matcher.group(2));
        return first <= minor && minor <= last;
    }

    /** {@return for people, like {@code Gitea 1.26.0}; null when it does not tell} */
    String text() {
        return version.isEmpty() ? null : (forgejo() ? "Forgejo " : "Gitea ") + version;
    }
}
