package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.JsonDocuments;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Reads the templates of one tree: each by itself, and once more with what other files give to it. */
final class ArmSession implements ResourceReader.Session {

    /** Uses of one template by another file that are followed, and how deeply. */
    private static final int MAX_DEPLOYMENTS = 300;

    private static final int MAX_DEPTH = 5;

    private final SourceTree tree;
    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private final Queue<Deployment> deployments = new ConcurrentLinkedQueue<>();

    ArmSession(SourceTree tree) {
        this.tree = tree;
    }

    @Override
    public boolean wants(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".bicep") || name.endsWith(".bicepparam");
    }

    @Override
    public Optional<String> basis(String path) {
        return Optional.of("");
    }

    /** A template is judged with what other files give to it. */
    @Override
    public boolean remembers(String path) {
        return read.contains(path);
    }

    @Override
    public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
        boolean bicep = isBicep(file.path());
        boolean parameters = !bicep && file.lenientText().contains("eploymentParameters.json");
        if (!bicep && !parameters && !isTemplate(file.lenientText())) {
            return;
        }
        try {
            read.add(file.path());
            if (parameters) {
                Node root = JsonDocuments.read(file.text(), DocumentLimits.DEFAULT);
                Deployment.ofParameters(file.path(), root).ifPresent(deployments::add);
            } else {
                read(file.path(), file.text(), Map.of(), resources, deployments::add);
            }
        } catch (CharacterCodingException e) {
            notices.notice(Notice.warning(file.path(), "not read as an Azure template: it is not UTF-8"));
        } catch (DocumentException e) {
            notices.notice(Notice.warning(file.path(), "not wholly read as an Azure template: " + e.getMessage()));
        }
    }

    private static boolean isBicep(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".bicep") || name.endsWith(".bicepparam");
    }

    /** A template, or what holds one: a blueprint's artifact, a template spec. */
    private static boolean isTemplate(String text) {
        return text.contains("eploymentTemplate.json")
                || text.contains("emplate\"") && text.contains("\"Microsoft.") && text.contains("\"resources\"");
    }

    private static void read(String path, String text, Map<String, Node> given, Consumer<Resource> resources,
            Consumer<Deployment> uses) throws DocumentException {
        if (isBicep(path)) {
            List<BicepStatement> statements = new ArrayList<>();
            try {
                BicepParser.parse(text, statements::add);
            } finally {
                // What stands before a mistake is judged.
                BicepTemplate template = new BicepTemplate(path, statements, given);
                template.resources().forEach(resources);
                template.deployments().forEach(uses);
            }
        } else {
            ArmTemplate template = new ArmTemplate(path);
            template.resources(JsonDocuments.read(text, DocumentLimits.DEFAULT), given).forEach(resources);
            template.deployments().forEach(uses);
        }
    }

    @Override
    public void finish(Consumer<Resource> resources, FindingSink notices) {
        int left = MAX_DEPLOYMENTS;
        List<Deployment> level = List.copyOf(deployments);
        for (int depth = 0; depth < MAX_DEPTH && !level.isEmpty(); depth++) {
            List<Deployment> next = new ArrayList<>();
            for (Deployment deployment : level) {
                if (left-- > 0) {
                    follow(deployment, resources, next);
                }
            }
            level = next;
        }
    }

    private void follow(Deployment deployment, Consumer<Resource> resources, List<Deployment> next) {
        String path = deployment.paths().stream().filter(read::contains).findFirst().orElse(null);
        if (path == null) {
            return;
        }
        try {
            String text = SourceFile.of(path, tree.read(path).orElse(new byte[0])).text();
            read(path, text, deployment.parameters(), resource -> {
                if (!resource.type().equals(Parameters.TYPE)) {
                    resources.accept(resource);
                }
            }, next::add);
        } catch (IOException | DocumentException e) {
            // It was read, and told of, by itself already.
            return;
        }
    }
}
