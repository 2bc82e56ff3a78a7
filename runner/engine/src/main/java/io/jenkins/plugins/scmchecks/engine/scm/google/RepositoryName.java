package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Google's names of repositories: {@code projects/PROJECT/repos/NAME}. */
final class RepositoryName {

    private static final Pattern NAME = Pattern.compile("projects/([^/]{1,255})/repos/(.{1,1000})");

    private RepositoryName() {}

    /** {@return {@code PROJECT/NAME}, or null when it is no such name} */
    static RepositoryPath path(String name) {
        Matcher matcher = NAME.matcher(name);
        try {
            return matcher.matches() ? new RepositoryPath(matcher.group(1) + "/" + matcher.group(2)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
