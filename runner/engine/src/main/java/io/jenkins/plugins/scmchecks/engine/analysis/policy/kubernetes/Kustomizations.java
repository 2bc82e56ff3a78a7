package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * The kustomizations of a tree. What one of them uses is judged as it comes out of those that nobody else builds on,
 * the overlays, since it runs like that; so a base is not judged on its own when there are overlays. Thread-safe until
 * {@link #finish}.
 */
final class Kustomizations {

    private static final int MAX_PARENTS = 4;
    private static final int MAX_BUILDS = 500;
    private static final int MAX_JUDGED = 20_000;

    /** What a file is to the kustomizations in its folder and above it. */
    enum Use { NONE, RESOURCE, PATCH }

    private final AnalysisContext context;
    private final boolean touched;
    private final Map<String, Optional<Kustomization>> byFolder = new ConcurrentHashMap<>();
    private final Map<String, Kustomization> seen = new ConcurrentSkipListMap<>();
    private final Map<String, SourceFile> held = new ConcurrentSkipListMap<>();

    Kustomizations(AnalysisContext context) {
        this.context = context;
        ChangeSet change = context.change();
        this.touched = !change.hasBase() || change.files().keySet().stream().anyMatch(KubernetesReader::isRead);
    }

    /** {@return whether there are files that are needed though the change does not touch them} */
    boolean needsAny() {
        return touched;
    }

    /** {@return whether a kustomization is needed though the change does not touch it: overlays tell of their bases} */
    boolean needs(String path) {
        return touched && Kustomization.isOne(path);
    }

    /** Takes a kustomization file. */
    void take(SourceFile file) {
        of(Kustomization.folderOf(file.path())).ifPresent(one -> seen.put(one.folder(), one));
    }

    Use use(String path) {
        String folder = Kustomization.folderOf(path);
        for (int i = 0; i < MAX_PARENTS; i++) {
            Optional<Kustomization> one = of(folder);
            if (one.isPresent() && one.get().patchFiles().contains(path)) {
                return Use.PATCH;
            }
            if (one.isPresent() && one.get().resources().contains(path)) {
                return Use.RESOURCE;
            }
            if (folder.isEmpty()) {
                break;
            }
            folder = Kustomization.folderOf(folder);
        }
        return Use.NONE;
    }

    /** Keeps a file that a kustomization uses until all kustomizations are known. */
    void hold(SourceFile file) {
        held.put(file.path(), file);
    }

    private Optional<Kustomization> of(String folder) {
        return byFolder.computeIfAbsent(folder, key -> {
            try {
                return new KustomizeFiles(context.tree()).kustomization(key);
            } catch (KustomizeException e) {
                // The kustomization itself is a file of the tree: whoever reads it tells of it.
                return Optional.empty();
            }
        });
    }

    /**
     * Judges what the kustomizations make.
     *
     * @param alone takes the files that no kustomization could be built with
     */
    void finish(Consumer<Resource> resources, Consumer<SourceFile> alone, FindingSink notices) {
        Set<String> judged = new HashSet<>();
        Set<String> remote = new TreeSet<>();
        int builds = 0;
        int count = 0;
        for (Kustomization root : roots()) {
            if (!isTouched(root) || builds++ == MAX_BUILDS || count > MAX_JUDGED) {
                continue;
            }
            KustomizeBuild build = new KustomizeBuild(context.tree());
            List<KustomizeBuild.Item> items = build.build(root);
            build.problems().stream().distinct().forEach(problem ->
                    notices.notice(Notice.warning(root.path(), "not wholly built: " + problem)));
            judged.addAll(build.used());
            remote.addAll(build.remote());
            count += items.size();
            List<String> parts = build.parts();
            items.forEach(item -> Manifest.resources(item.path(), item.body(), parts).forEach(resources));
        }
        if (!remote.isEmpty()) {
            notices.notice(Notice.info(null, "kustomizations take resources from elsewhere, which were not followed: "
                    + String.join(", ", remote.stream().limit(5).toList()) + (remote.size() > 5 ? ", …" : "")));
        }
        held.forEach((path, file) -> {
            if (!judged.contains(path)) {
                alone.accept(file);
            }
        });
    }

    /** {@return those that no other builds on, in the order of their paths} */
    private Collection<Kustomization> roots() {
        Set<String> built = new HashSet<>();
        seen.values().forEach(one -> {
            built.addAll(one.resources());
            built.addAll(one.components());
        });
        Map<String, Kustomization> roots = new TreeMap<>();
        seen.forEach((folder, one) -> {
            if (!built.contains(folder) && !one.isComponent()) {
                roots.put(folder, one);
            }
        });
        return roots.values();
    }

    private boolean isTouched(Kustomization root) {
        if (!context.change().hasBase()) {
            return true;
        }
        List<Kustomization> open = new ArrayList<>(List.of(root));
        Set<String> done = new HashSet<>();
        while (!open.isEmpty()) {
            Kustomization one = open.remove(open.size() - 1);
            if (!done.add(one.path())) {
                continue;
            }
            List<String> files = new ArrayList<>(one.patchFiles());
            files.addAll(one.resources());
            files.addAll(one.components());
            if (context.change().touches(one.path()) || files.stream().anyMatch(context.change()::touches)) {
                return true;
            }
            files.forEach(path -> of(path).ifPresent(open::add));
        }
        return false;
    }
}
