package io.jenkins.plugins.scmchecks.engine.analysis.policy.document;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths that one file of a tree writes to mean another. */
public final class LocalPath {

    private LocalPath() {}

    /**
     * {@return the path in the tree that a file means, or empty when it leads out of the tree or is an address}
     *
     * @param from the file in which it is written
     * @param written relative to that file's folder, with {@code /} or {@code \\}
     */
    public static Optional<String> resolve(String from, String written) {
        String path = written.strip().replace('\\', '/');
        if (path.isEmpty() || path.startsWith("/") || path.contains(":")) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        int slash = from.lastIndexOf('/');
        for (String part : ((slash < 0 ? "" : from.substring(0, slash + 1)) + path).split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }
}
