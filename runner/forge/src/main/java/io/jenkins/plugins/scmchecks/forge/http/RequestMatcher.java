package io.jenkins.plugins.scmchecks.forge.http;

import java.util.regex.Pattern;

/** Chooses requests. */
@FunctionalInterface
public interface RequestMatcher {

    boolean matches(String method, String path);

    /** {@return a matcher of every request but git's own} */
    static RequestMatcher any() {
        return (method, path) -> !path.contains(".git/");
    }

    /**
     * Matches by method and path.
     *
     * @param method such as POST; "*" for any
     * @param path where {@code *} stands for anything within a segment and {@code **} for any rest
     */
    static RequestMatcher of(String method, String path) {
        String regex = Pattern.quote(path)
                .replace("**", "\\E.+\\Q")
                .replace("*", "\\E[^/]+\\Q");
        Pattern pattern = Pattern.compile(regex);
        return (actualMethod, actualPath) -> (method.equals("*") || method.equals(actualMethod))
                && pattern.matcher(actualPath).matches();
    }
}
