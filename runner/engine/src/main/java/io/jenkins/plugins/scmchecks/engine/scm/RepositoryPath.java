package io.jenkins.plugins.scmchecks.engine.scm;

import java.util.regex.Pattern;

/**
 * A repository's full path at its provider: {@code owner/name} on GitHub, Gitea and Bitbucket Cloud,
 * {@code group/subgroup/project} on GitLab, {@code PROJECT/slug} on Bitbucket Data Center, {@code project/repository}
 * on Azure DevOps and Google. Compared without regard to case, as providers do.
 */
public record RepositoryPath(String value) {

    private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}$)[^/\\\\\\p{Cntrl}?#%]{1,255}");

    /**
     * @throws IllegalArgumentException when it could not be a repository's path; such a path never reaches a URL
     */
    public RepositoryPath {
        String[] segments = value.split("/", -1);
        boolean valid = segments.length >= 2;
        for (String segment : segments) {
            valid &= SEGMENT.matcher(segment).matches();
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not a repository; write it as owner/name (or group/subgroup/project)");
        }
    }

    /** {@return everything before the last {@code /}} */
    public String owner() {
        return value.substring(0, value.lastIndexOf('/'));
    }

    /** {@return what follows the last {@code /}} */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryPath that && value.equalsIgnoreCase(that.value);
    }

    @Override
    public int hashCode() {
        return value.toLowerCase(java.util.Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
