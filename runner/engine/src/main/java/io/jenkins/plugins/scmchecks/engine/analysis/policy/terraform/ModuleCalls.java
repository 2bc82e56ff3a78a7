package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which modules of a tree call which, told without their files. A module is the files of one folder. */
final class ModuleCalls {

    private final Map<String, Set<String>> callees = new TreeMap<>();

    /** Adds a file of a folder, with the sources of the modules that it calls. */
    void add(String folder, Collection<String> sources) {
        Set<String> called = callees.computeIfAbsent(folder, f -> new TreeSet<>());
        sources.forEach(source -> Module.resolve(folder, source).ifPresent(called::add));
    }

    /** {@return the folders that are not called from within the tree; of modules that call each other, the first} */
    List<String> roots() {
        Set<String> called = new LinkedHashSet<>();
        callees.forEach((folder, all) -> all.stream().filter(callee -> !callee.equals(folder)).forEach(called::add));
        List<String> roots = new ArrayList<>();
        Set<String> reached = new LinkedHashSet<>();
        for (String folder : callees.keySet()) {
            if (!called.contains(folder)) {
                roots.add(folder);
                reached.addAll(reach(folder));
            }
        }
        for (String folder : callees.keySet()) {
            if (!reached.contains(folder)) {
                roots.add(folder);
                reached.addAll(reach(folder));
            }
        }
        return roots;
    }

    /** {@return the folder and all that it calls, however far down, in the order of their names} */
    Set<String> reach(String root) {
        Set<String> reached = new TreeSet<>(Set.of(root));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (String next : callees.get(open.pop())) {
                if (callees.containsKey(next) && reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }
}
