package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The modules of a tree, and which of them nobody in the tree calls. */
final class ModuleTree {

    private final Map<String, Module> modules = new LinkedHashMap<>();
    private final Map<String, List<TerraformFile>> values = new LinkedHashMap<>();

    /** @param files all that were read, in any order */
    ModuleTree(Collection<TerraformFile> files) {
        Map<String, TerraformFile> sorted = new TreeMap<>();
        files.forEach(file -> sorted.put(file.source().path(), file));
        Map<String, List<TerraformFile>> byFolder = new LinkedHashMap<>();
        for (TerraformFile file : sorted.values()) {
            String name = file.source().name();
            boolean isValues = name.endsWith(".tfvars") || name.endsWith(".tfvars.json");
            (isValues ? values : byFolder).computeIfAbsent(file.folder(), f -> new ArrayList<>()).add(file);
        }
        byFolder.forEach((folder, all) -> modules.put(folder, new Module(folder, all)));
    }

    /** {@return the module of a folder, or null} */
    Module module(String folder) {
        return modules.get(folder);
    }

    /** {@return the files that Terraform itself takes variables' values from, later ones winning} */
    List<TerraformFile> values(Module module) {
        List<TerraformFile> result = new ArrayList<>();
        for (TerraformFile file : values.getOrDefault(module.folder(), List.of())) {
            String name = file.source().name();
            if (name.equals("terraform.tfvars") || name.equals("terraform.tfvars.json")) {
                result.add(0, file);
            } else if (name.contains(".auto.tfvars")) {
                result.add(file);
            }
        }
        return result;
    }

    /** {@return the modules that are not called from within the tree; of modules that call each other, the first} */
    List<Module> roots() {
        Set<String> called = new LinkedHashSet<>();
        modules.values().forEach(module -> callees(module).stream()
                .filter(folder -> !folder.equals(module.folder()))
                .forEach(called::add));
        List<Module> roots = new ArrayList<>();
        Set<String> reached = new LinkedHashSet<>();
        for (Module module : modules.values()) {
            if (!called.contains(module.folder())) {
                roots.add(module);
                reach(module, reached);
            }
        }
        for (Module module : modules.values()) {
            if (!reached.contains(module.folder())) {
                roots.add(module);
                reach(module, reached);
            }
        }
        return roots;
    }

    private void reach(Module from, Set<String> reached) {
        List<Module> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            Module module = open.remove(open.size() - 1);
            if (reached.add(module.folder())) {
                callees(module).forEach(folder -> open.add(modules.get(folder)));
            }
        }
    }

    private List<String> callees(Module module) {
        return module.calls().values().stream()
                .flatMap(call -> Module.localSource(call).stream())
                .filter(modules::containsKey)
                .toList();
    }
}
