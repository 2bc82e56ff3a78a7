package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the documentation of policies, made of their packs: Markdown, one page for each platform and an index. */
public final class PolicyDocs {

    private PolicyDocs() {}

    /**
     * Writes {@code README.md} and {@code <platform>.md} into a folder, which is made when it is not there.
     *
     * @return the files written
     * @throws IOException when a file cannot be written
     */
    public static List<Path> write(List<PolicyPack> packs, Path folder) throws IOException {
        Map<String, List<PolicyPack>> platforms = new TreeMap<>();
        packs.forEach(pack -> platforms.computeIfAbsent(pack.platform(), platform -> new ArrayList<>()).add(pack));
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        written.add(Files.writeString(folder.resolve("README.md"), index(platforms)));
        for (Map.Entry<String, List<PolicyPack>> platform : platforms.entrySet()) {
            Path file = folder.resolve(platform.getKey() + ".md");
            written.add(Files.writeString(file, page(platform.getKey(), platform.getValue())));
        }
        return written;
    }

    private static String index(Map<String, List<PolicyPack>> platforms) {
        StringBuilder out = new StringBuilder("# Policies\n\n| platform | policies |\n|---|---|\n");
        platforms.forEach((platform, packs) -> out.append("| [")
                .append(platform).append("](").append(platform).append(".md) | ")
                .append(packs.stream().mapToInt(pack -> pack.policies().size()).sum())
                .append(" |\n"));
        return out.toString();
    }

    /** {@return the page of one platform: a table of all its policies, then each in full} */
    static String page(String platform, List<PolicyPack> packs) {
        StringBuilder out = new StringBuilder("# Policies: ").append(platform).append("\n\n");
        for (PolicyPack pack : packs) {
            out.append("## ").append(pack.title()).append("\n\n| id | severity | |\n|---|---|---|\n");
            for (Policy policy : pack.policies()) {
                out.append("| [").append(policy.id()).append("](#").append(anchor(policy)).append(") | ")
                        .append(policy.severity().label()).append(" | ")
                        .append(policy.title().replace("|", "\\|")).append(" |\n");
            }
            out.append('\n');
        }
        packs.forEach(pack -> pack.policies().forEach(policy -> append(out, pack, policy)));
        return out.toString();
    }

    private static void append(StringBuilder out, PolicyPack pack, Policy policy) {
        out.append("<a id=\"").append(anchor(policy)).append("\"></a>\n### ").append(policy.id()).append(": ")
                .append(policy.title()).append("\n\n");
        out.append("**Severity:** ").append(policy.severity().label()).append("  \n**Pack:** ").append(pack.name())
                .append("  \n**Judges:** ").append(String.join(", ", policy.resources())).append("\n\n");
        paragraph(out, policy.description());
        paragraph(out, policy.remediation());
        example(out, policy, false, "Fails");
        example(out, policy, true, "Passes");
        if (!policy.references().isEmpty()) {
            out.append("**References:** ").append(String.join(", ", policy.references())).append("\n\n");
        }
        if (!policy.aliases().isEmpty()) {
            out.append("**Known elsewhere as:** ").append(String.join(", ", policy.aliases())).append("\n\n");
        }
    }

    private static void paragraph(StringBuilder out, String text) {
        if (!text.isBlank()) {
            out.append(text.strip()).append("\n\n");
        }
    }

    private static void example(StringBuilder out, Policy policy, boolean passes, String heading) {
        policy.examples().stream().filter(example -> example.passes() == passes).findFirst().ifPresent(example ->
                example.files().forEach((name, text) -> {
                    String fence = text.contains("```") ? "````" : "```";
                    out.append(heading).append(" (`").append(name).append("`):\n\n").append(fence)
                            .append(language(name)).append('\n').append(text.strip()).append('\n').append(fence)
                            .append("\n\n");
                }));
    }

    private static String language(String name) {
        String type = name.substring(name.lastIndexOf('.') + 1);
        return switch (type) {
            case "yaml", "yml" -> "yaml";
            case "tf" -> "hcl";
            case "json" -> "json";
            case "bicep" -> "bicep";
            default -> name.contains("Dockerfile") ? "dockerfile" : "";
        };
    }

    private static String anchor(Policy policy) {
        return policy.id().toLowerCase(java.util.Locale.ROOT);
    }
}
