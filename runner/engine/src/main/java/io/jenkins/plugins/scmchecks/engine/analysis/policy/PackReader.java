package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.PackFields.FieldException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.YamlDocuments;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads packs. A policy with a mistake is left out and told of, with its line and id; the others of its pack are kept.
 * Conditions are compiled later, when a resource needs them.
 */
public final class PackReader {

    private static final DocumentLimits LIMITS = new DocumentLimits(2_000_000, 30, 200_000);
    private static final Set<String> PACK_KEYS =
            Set.of("pack", "title", "platform", "resources", "example_file", "policies");
    private static final Set<String> POLICY_KEYS = Set.of(
            "id", "title", "severity", "resources", "each", "fails_when", "at", "message", "with", "description",
            "remediation", "references", "aliases", "examples");
    private static final Map<String, String> EXAMPLE_FILES = Map.of(
            "terraform", "main.tf",
            "kubernetes", "manifest.yaml",
            "dockerfile", "Dockerfile",
            "cloudformation", "template.yaml",
            "compose", "docker-compose.yml",
            "github-actions", ".github/workflows/build.yml",
            "gitlab-ci", ".gitlab-ci.yml",
            "arm", "azuredeploy.json",
            "bicep", "main.bicep",
            "jenkinsfile", "Jenkinsfile");

    private final String path;
    private final Consumer<String> mistakes;

    private PackReader(String path, Consumer<String> mistakes) {
        this.path = path;
        this.mistakes = mistakes;
    }

    /**
     * Reads one pack.
     *
     * @param text the YAML
     * @param path of the file, for messages
     * @param mistakes is told of each policy that is left out and why, in one sentence with its line
     * @throws PackException when nothing of the pack can be used
     */
    public static PolicyPack read(String text, String path, Consumer<String> mistakes) throws PackException {
        List<Node> documents = new ArrayList<>();
        try {
            YamlDocuments.read(text, LIMITS, documents::add);
        } catch (DocumentException e) {
            throw new PackException(path + ": " + e.getMessage());
        }
        if (documents.size() != 1 || !(documents.get(0) instanceof Node.Mapping root)) {
            throw new PackException(
                    path + ": a policy pack is one YAML mapping with 'pack', 'platform' and 'policies'");
        }
        try {
            return new PackReader(path, mistakes).pack(new PackFields(root));
        } catch (FieldException e) {
            throw new PackException(path + ":" + e.line() + ": " + e.getMessage());
        }
    }

    private PolicyPack pack(PackFields fields) throws FieldException {
        fields.allowOnly(PACK_KEYS);
        String platform = fields.text("platform");
        List<String> resources = fields.texts("resources");
        String file = fields.text("example_file", EXAMPLE_FILES.getOrDefault(platform, "example.txt"));
        List<Policy> policies = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Node node : fields.list("policies")) {
            int line = node.region().startLine();
            String id = "?";
            try {
                PackFields policy = PackFields.of(node, "a policy");
                id = policy.text("id", "?");
                Policy read = policy(policy, platform, resources, file, line);
                Integer other = lines.putIfAbsent(read.id(), line);
                if (other != null) {
                    throw new FieldException("the id is used already in line " + other, line);
                }
                policies.add(read);
            } catch (FieldException e) {
                mistakes.accept(path + ":" + e.line() + ": policy " + id + " is left out: " + e.getMessage());
            }
        }
        String name = fields.text("pack");
        return new PolicyPack(name, fields.text("title", name), platform, path, policies);
    }

    private static Policy policy(
            PackFields fields, String platform, List<String> packResources, String file, int line)
            throws FieldException {
        fields.allowOnly(POLICY_KEYS);
        String id = fields.text("id");
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{1,79}")) {
            throw fields.mistake("id", "write an id of letters, digits, '-', '_' and '.', not '" + id + "'");
        }
        List<String> resources = fields.has("resources") ? fields.texts("resources") : packResources;
        if (resources.isEmpty()) {
            throw new FieldException("'resources' is missing, here and in the pack", line);
        }
        String title = fields.text("title");
        return new Policy(
                id,
                title,
                platform,
                severity(fields),
                resources,
                fields.texts("each"),
                fields.text("fails_when"),
                fields.texts("at"),
                fields.text("message", title),
                fields.texts("with"),
                fields.text("description", ""),
                fields.text("remediation", ""),
                fields.texts("references"),
                fields.texts("aliases"),
                examples(fields, file),
                line);
    }

    private static Severity severity(PackFields fields) throws FieldException {
        try {
            return Severity.parse(fields.text("severity"));
        } catch (IllegalArgumentException e) {
            throw fields.mistake("severity", e.getMessage());
        }
    }

    private static List<Policy.Example> examples(PackFields fields, String file) throws FieldException {
        List<Policy.Example> examples = new ArrayList<>();
        if (fields.has("examples")) {
            PackFields both = fields.mapping("examples");
            both.allowOnly(Set.of("pass", "fail"));
            for (String kind : List.of("pass", "fail")) {
                for (Node node : both.list(kind)) {
                    examples.add(example(node, kind.equals("pass"), file));
                }
            }
        }
        return examples;
    }

    private static Policy.Example example(Node node, boolean passes, String file) throws FieldException {
        int line = node.region().startLine();
        if (node instanceof Node.Scalar scalar) {
            return new Policy.Example(passes, Map.of(file, String.valueOf(scalar.value())), List.of(), line);
        }
        PackFields fields = PackFields.of(node, "an example");
        fields.allowOnly(Set.of("text", "files", "file", "lines"));
        Map<String, String> files = new LinkedHashMap<>();
        if (fields.has("files")) {
            PackFields named = fields.mapping("files");
            for (String name : named.keys()) {
                files.put(name, named.text(name));
            }
        } else {
            files.put(fields.text("file", file), fields.text("text"));
        }
        List<Integer> lines = new ArrayList<>();
        for (String number : fields.texts("lines")) {
            try {
                lines.add(Integer.valueOf(number));
            } catch (NumberFormatException e) {
                throw fields.mistake("lines", "'" + number + "' is no line number");
            }
        }
        return new Policy.Example(passes, files, lines, line);
    }
}
