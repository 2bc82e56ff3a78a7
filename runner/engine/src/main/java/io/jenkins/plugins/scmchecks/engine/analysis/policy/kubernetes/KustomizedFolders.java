package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The folders of a tree that are below a kustomization, which may use their files. Thread-safe. */
final class KustomizedFolders {

    private final SourceTree tree;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    KustomizedFolders(SourceTree tree) {
        this.tree = tree;
    }

    /** {@return whether a kustomization is in the file's folder or above it} */
    boolean includes(String path) {
        String folder = path;
        do {
            folder = Kustomization.folderOf(folder);
            if (known.computeIfAbsent(folder, this::hasKustomization)) {
                return true;
            }
        } while (!folder.isEmpty());
        return false;
    }

    private boolean hasKustomization(String folder) {
        for (String name : Kustomization.NAMES) {
            try {
                if (tree.find(folder.isEmpty() ? name : folder + "/" + name).isPresent()) {
                    return true;
                }
            } catch (IOException e) {
                // Who cannot tell must not say that there is none.
                return true;
            }
        }
        return false;
    }
}
