package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads Terraform: native and JSON syntax, variables' values, modules in the tree, and plans in JSON. Files are only
 * read, each on its own; nothing is opened, called or asked that they mention. A folder that another one in the tree
 * calls as a module is looked at as it is called; every other folder is a root module.
 *
 * <p>Types are those of Terraform ({@code aws_s3_bucket}); a data source's is {@code data.aws_iam_policy_document}, a
 * provider's {@code provider.aws}, and there are {@code module} and {@code terraform}.
 */
public final class TerraformReader implements ResourceReader {

    static final String PLATFORM = "terraform";

    @Override
    public String platform() {
        return PLATFORM;
    }

    @Override
    public Session open(AnalysisContext context) {
        return new TreeSession(context.change());
    }

    private static final class TreeSession implements Session {

        private final Map<String, TerraformFile> files = new ConcurrentHashMap<>();
        /** Files that the change does not touch: they are parsed only when their folder turns out to matter. */
        private final Map<String, SourceFile> untouched = new ConcurrentHashMap<>();
        private final ChangeSet change;
        private final boolean touched;

        TreeSession(ChangeSet change) {
            this.change = change;
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
                    || path.endsWith(".tofu.json") || path.endsWith(".tfvars") || path.endsWith(".tfvars.json");
            // What `terraform init` downloaded is not the repository's.
            return named && !path.startsWith(".terraform/") && !path.contains("/.terraform/");
        }

        @Override
        public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            if (isTerraform(file.path()) && !change.touches(file.path())) {
                untouched.put(file.path(), file);
            } else if (isTerraform(file.path())) {
                files.put(file.path(), TerraformFile.read(file, notices));
            } else if (PlanReader.isPlan(file.content())) {
                PlanReader.read(file, resources, notices);
            }
        }

        @Override
        public void finish(Consumer<Resource> resources, FindingSink notices) throws InterruptedException {
            readAffected(notices);
            ModuleTree tree = new ModuleTree(files.values());
            Set<Resource> given = new HashSet<>();
            int stepsLeft = Budget.MAX_TREE_STEPS;
            for (Module root : tree.roots()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Budget budget = new Budget(Math.min(Budget.MAX_STEPS, stepsLeft));
                new RootEvaluation(tree, root, budget, given).run(resources, notices);
                stepsLeft -= Math.min(stepsLeft, budget.steps());
            }
        }

        private void readAffected(FindingSink notices) {
            if (untouched.isEmpty()) {
                return;
            }
            List<SourceFile> all = new ArrayList<>(untouched.values());
            files.values().forEach(file -> all.add(file.source()));
            Set<String> changed = new HashSet<>();
            change.files().keySet().stream()
                    .filter(TreeSession::isTerraform)
                    .forEach(path -> changed.add(TerraformFile.folderOf(path)));
            Set<String> affected = new AffectedFolders(all).of(changed);
            untouched.values().stream()
                    .filter(file -> affected.contains(TerraformFile.folderOf(file.path())))
                    .forEach(file -> files.put(file.path(), TerraformFile.read(file, notices)));
        }
    }
}
