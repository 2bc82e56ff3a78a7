package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which modules a change of some can matter to, told without parsing the others: those that call a changed one, however
 * far up, and all that these call. Any quoted relative path of a file counts as a call, which is more than there are.
 */
final class AffectedFolders {

    private final Map<String, Set<String>> callees = new HashMap<>();
    private final Map<String, Set<String>> callers = new HashMap<>();

    /** Adds what a file of a folder refers to, see {@link #references}. */
    void add(String folder, Collection<String> references) {
        for (String path : references) {
            Module.resolve(folder, path).ifPresent(callee -> {
                callees.computeIfAbsent(folder, f -> new HashSet<>()).add(callee);
                callers.computeIfAbsent(callee, f -> new HashSet<>()).add(folder);
            });
        }
    }

    /** {@return the folders to be looked at when those given were changed} */
    Set<String> of(Set<String> changed) {
        return reach(callees, reach(callers, changed));
    }

    private static Set<String> reach(Map<String, Set<String>> edges, Set<String> from) {
        Set<String> reached = new HashSet<>(from);
        Deque<String> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (String next : edges.getOrDefault(open.pop(), Set.of())) {
                if (reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    /** {@return the relative paths that stand in quotes in a file that may call modules} */
    static List<String> references(byte[] content) {
        List<String> references = new ArrayList<>();
        for (int i = 0; i + 1 < content.length; i++) {
            if (content[i] == '"' && content[i + 1] == '.') {
                int end = i + 1;
                while (end < content.length && content[end] != '"' && content[end] != '\n') {
                    end++;
                }
                references.add(new String(content, i + 1, end - i - 1, StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        return references;
    }
}
