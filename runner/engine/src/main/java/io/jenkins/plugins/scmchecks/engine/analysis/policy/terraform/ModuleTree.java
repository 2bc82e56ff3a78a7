package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The modules that files make up. */
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
}
