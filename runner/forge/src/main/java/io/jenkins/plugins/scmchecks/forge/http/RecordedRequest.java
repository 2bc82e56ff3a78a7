package io.jenkins.plugins.scmchecks.forge.http;

import java.util.Set;

/**
 * A request that the forge got.
 *
 * @param path decoded, without the query
 * @param query raw, or empty
 * @param status of the answer; 0 when the connection was dropped
 * @param caller who asked, as the dialect understood it: "anonymous", "app:scm-checks", "token:octocat"
 * @param bodySize in bytes
 * @param write whether it changed something, or was meant to; getting an access token is none
 */
public record RecordedRequest(
        String method, String path, String query, int status, String caller, long bodySize, boolean write) {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    static boolean changes(String method) {
        return !READING.contains(method);
    }

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " → " + status + " (" + caller + ")";
    }
}
