package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the files of one folder declare together. */
final class Module {

    /** A block and the file it stands in. */
    record Declared(Body.Block block, TerraformFile file) {}

    /** A local value and the file it stands in. */
    record Local(Body.Attribute attribute, TerraformFile file) {}

    private final String folder;
    private final Map<String, Declared> variables = new LinkedHashMap<>();
    private final Map<String, Declared> outputs = new LinkedHashMap<>();
    private final Map<String, Declared> calls = new LinkedHashMap<>();
    private final Map<String, Local> locals = new LinkedHashMap<>();
    private final Map<String, Map<String, Declared>> resources = new LinkedHashMap<>();
    private final Map<String, Map<String, Declared>> dataSources = new LinkedHashMap<>();
    private final List<Declared> settings = new ArrayList<>();

    /** @param files in the order of their paths, which is the order in which a later definition wins */
    Module(String folder, List<TerraformFile> files) {
        this.folder = folder;
        files.forEach(file -> file.body().blocks().forEach(block -> declare(new Declared(block, file))));
    }

    private void declare(Declared declared) {
        Body.Block block = declared.block();
        switch (block.type()) {
            case "variable" -> variables.put(block.label(0), declared);
            case "output" -> outputs.put(block.label(0), declared);
            case "module" -> calls.put(block.label(0), declared);
            case "locals" -> block.body().attributes().forEach(
                    (name, attribute) -> locals.put(name, new Local(attribute, declared.file())));
            case "resource", "ephemeral" -> resources
                    .computeIfAbsent(block.label(0), type -> new LinkedHashMap<>())
                    .put(block.label(1), declared);
            case "data" -> dataSources
                    .computeIfAbsent(block.label(0), type -> new LinkedHashMap<>())
                    .put(block.label(1), declared);
            case "provider", "terraform" -> settings.add(declared);
            default -> { }
        }
    }

    String folder() {
        return folder;
    }

    Map<String, Declared> variables() {
        return variables;
    }

    Map<String, Declared> outputs() {
        return outputs;
    }

    Map<String, Declared> calls() {
        return calls;
    }

    Map<String, Local> locals() {
        return locals;
    }

    /** {@return resources by type and name} */
    Map<String, Map<String, Declared>> resources() {
        return resources;
    }

    /** {@return data sources by type and name} */
    Map<String, Map<String, Declared>> dataSources() {
        return dataSources;
    }

    /** {@return the blocks {@code provider} and {@code terraform}} */
    List<Declared> settings() {
        return settings;
    }

    /** {@return the folder that a call's source names inside the tree, or empty for one that is elsewhere} */
    static Optional<String> localSource(Declared call) {
        return relativeSource(call.block()).flatMap(source -> resolve(call.file().folder(), source));
    }

    /** {@return the relative path that a call has for its source, or empty when it has another one} */
    static Optional<String> relativeSource(Body.Block call) {
        Object source = call.body().value("source") instanceof Expression.Literal literal ? literal.value() : null;
        boolean relative = source instanceof String path && (path.startsWith("./") || path.startsWith("../")
                || path.equals(".") || path.equals(".."));
        return relative ? Optional.of((String) source) : Optional.empty();
    }

    /** {@return the folder that a relative path names, or empty for one outside the tree} */
    static Optional<String> resolve(String folder, String path) {
        List<String> parts = new ArrayList<>(List.of(folder.split("/")));
        parts.removeIf(String::isEmpty);
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }
}
