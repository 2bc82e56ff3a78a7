package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.analysis.store.ResultKey;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One reading of one tree. Which module calls which is known, where the content was met before, without the files; so a
 * root module is read only if one of its files changed, and a change has only those read that it can matter to.
 */
final class TreeSession implements ResourceReader.Session {

    private final AnalysisContext context;
    private final ChangeSet change;
    private final boolean touched;
    /** All files that are wanted, as far as the tree told of them. */
    private final Map<String, SourceTree.Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, TerraformFile> files = new ConcurrentHashMap<>();
    /** The sources of the modules that each file calls; of a file that the change does not touch, all that may be one. */
    private final Map<String, List<String>> calls = new ConcurrentHashMap<>();

    TreeSession(AnalysisContext context) {
        this.context = context;
        this.change = context.change();
        this.touched = !change.hasBase() || change.files().keySet().stream().anyMatch(TreeSession::isTerraform);
    }

    /** Modules hang together, so a change of one file calls for all of them; and a change of none for none. */
    @Override
    public Optional<Predicate<String>> needs() {
        return touched ? Optional.of(TreeSession::isTerraform) : Optional.empty();
    }

    @Override
    public boolean wants(String path) {
        return isTerraform(path) || path.endsWith(".json") && !path.startsWith("node_modules/");
    }

    /** A module is all of its folder's files, and those of the modules that it calls. */
    @Override
    public Optional<String> basis(String path) {
        return isTerraform(path) ? Optional.empty() : Optional.of("");
    }

    private static boolean isTerraform(String path) {
        boolean named = path.endsWith(".tf") || path.endsWith(".tf.json") || path.endsWith(".tofu")
                || path.endsWith(".tofu.json") || TerraformFile.isValues(path);
        // What `terraform init` downloaded is not the repository's.
        return named && !path.startsWith(".terraform/") && !path.contains("/.terraform/");
    }

    @Override
    public boolean skips(SourceTree.Entry file) {
        if (!isTerraform(file.path())) {
            return false;
        }
        entries.put(file.path(), file);
        if (file.id() == null || change.hasBase() && change.touches(file.path())) {
            return false;
        }
        byte[] known = context.results().get(key(file));
        if (known != null) {
            calls.put(file.path(), new String(known, StandardCharsets.UTF_8).lines().toList());
        }
        return known != null;
    }

    private ResultKey key(SourceTree.Entry file) {
        String kind = change.hasBase() ? "terraform references" : "terraform calls";
        return ResultKey.of(kind, file.id(), Long.toString(file.size()), Boolean.toString(isJson(file.path())));
    }

    private static boolean isJson(String path) {
        return path.endsWith(".json");
    }

    @Override
    public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
        String path = file.path();
        if (!isTerraform(path)) {
            if (PlanReader.isPlan(file.content())) {
                PlanReader.read(file, resources, notices);
            }
        } else if (change.touches(path)) {
            Mistakes mistakes = new Mistakes(notices);
            TerraformFile parsed = TerraformFile.read(file, mistakes);
            files.put(path, parsed);
            calls.put(path, parsed.calls());
            // A file with a mistake is read each time, and the mistake told.
            if (!change.hasBase() && !mistakes.any) {
                keepCalls(path);
            }
        } else {
            calls.put(path, AffectedFolders.references(file.content()));
            keepCalls(path);
        }
    }

    private void keepCalls(String path) {
        SourceTree.Entry entry = entries.get(path);
        if (entry != null && entry.id() != null) {
            context.results().put(key(entry), String.join("\n", calls.get(path)).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class Mistakes implements FindingSink {
        private final FindingSink sink;
        private boolean any;

        Mistakes(FindingSink sink) {
            this.sink = sink;
        }

        @Override
        public void finding(Finding finding) {
            sink.finding(finding);
        }

        @Override
        public void notice(Notice notice) {
            any = true;
            sink.notice(notice);
        }
    }

    @Override
    public void finish(Consumer<Resource> resources, FindingSink notices, ResourceReader.Parts parts)
            throws InterruptedException {
        if (change.hasBase()) {
            readAffected(notices);
        }
        ModuleCalls modules = new ModuleCalls();
        for (String path : new TreeSet<>(change.hasBase() ? files.keySet() : calls.keySet())) {
            if (!TerraformFile.isValues(path)) {
                modules.add(TerraformFile.folderOf(path), calls.get(path));
            }
        }
        Set<Resource> given = new HashSet<>();
        int[] stepsLeft = {Budget.MAX_TREE_STEPS};
        for (String root : modules.roots()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            SortedSet<String> paths = filesOf(modules.reach(root));
            Optional<String> basis = basis(root, paths);
            Set<Resource> givenHere = basis.isEmpty() ? given : new HashSet<>();
            parts.judge(basis, (its, told) -> {
                Budget budget = new Budget(Math.min(Budget.MAX_STEPS, stepsLeft[0]));
                ModuleTree tree = new ModuleTree(parse(paths, told));
                if (tree.module(root) == null) {
                    return false; // its files are gone
                }
                new RootEvaluation(tree, tree.module(root), budget, givenHere).run(its, told);
                boolean whole = stepsLeft[0] >= Budget.MAX_STEPS;
                stepsLeft[0] -= Math.min(stepsLeft[0], budget.steps());
                return whole;
            });
        }
    }

    @Override
    public void finish(Consumer<Resource> resources, FindingSink notices) throws InterruptedException {
        finish(resources, notices, (basis, work) -> work.read(resources, notices));
    }

    private SortedSet<String> filesOf(Set<String> folders) {
        SortedSet<String> paths = new TreeSet<>(change.hasBase() ? files.keySet() : calls.keySet());
        paths.removeIf(path -> !folders.contains(TerraformFile.folderOf(path)));
        return paths;
    }

    /** What decides a root module: the contents of its files. */
    private Optional<String> basis(String root, SortedSet<String> paths) {
        StringBuilder basis = new StringBuilder("terraform root ").append(root).append('\n');
        for (String path : paths) {
            SourceTree.Entry entry = entries.get(path);
            if (entry == null || entry.id() == null) {
                return Optional.empty();
            }
            basis.append(path).append(' ').append(entry.id()).append(' ').append(entry.size()).append('\n');
        }
        return Optional.of(basis.toString());
    }

    private List<TerraformFile> parse(SortedSet<String> paths, FindingSink notices) {
        List<TerraformFile> parsed = new ArrayList<>(paths.size());
        for (String path : paths) {
            TerraformFile file = files.computeIfAbsent(path, p -> parse(p, notices));
            if (file != null) {
                parsed.add(file);
            }
        }
        return parsed;
    }

    /** {@return a file that was not read yet, or null when it is gone} */
    private TerraformFile parse(String path, FindingSink notices) {
        try {
            return context.tree().read(path)
                    .map(content -> TerraformFile.read(SourceFile.of(path, content), notices))
                    .orElse(null);
        } catch (IOException e) {
            notices.notice(Notice.error(path, "cannot be read: " + e.getMessage()));
            return null;
        }
    }

    private void readAffected(FindingSink notices) {
        AffectedFolders folders = new AffectedFolders();
        calls.forEach((path, references) -> folders.add(TerraformFile.folderOf(path), references));
        files.forEach((path, file) ->
                folders.add(file.folder(), AffectedFolders.references(file.source().content())));
        Set<String> changed = new HashSet<>();
        change.files().keySet().stream()
                .filter(TreeSession::isTerraform)
                .forEach(path -> changed.add(TerraformFile.folderOf(path)));
        Set<String> affected = folders.of(changed);
        for (String path : new TreeSet<>(calls.keySet())) {
            if (!files.containsKey(path) && affected.contains(TerraformFile.folderOf(path))) {
                TerraformFile file = parse(path, notices);
                if (file != null) {
                    files.put(path, file);
                    calls.put(path, file.calls());
                }
            }
        }
    }
}
