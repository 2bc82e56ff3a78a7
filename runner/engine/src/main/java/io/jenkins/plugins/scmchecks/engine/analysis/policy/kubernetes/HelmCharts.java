package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.YamlDocuments;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Helm charts of a tree: their templates are no manifests until helm has rendered them. Thread-safe. */
final class HelmCharts {

    private static final String SOURCE = "# Source: ";
    private static final int MAX_CHARTS = 100;
    private static final Pattern INGREDIENT =
            Pattern.compile("(?:.*/)?(?:values[\\w.-]*\\.ya?ml|Chart\\.ya?ml|templates/.*\\.tpl)");

    private final AnalysisContext context;
    private final Helm helm;
    private final ConcurrentSkipListSet<String> charts = new ConcurrentSkipListSet<>();
    private final Map<String, SourceFile> templates = new ConcurrentHashMap<>();
    private final Set<String> rendered = new HashSet<>();
    private final Set<String> touched;

    HelmCharts(AnalysisContext context, Helm helm) {
        this.context = context;
        this.helm = helm;
        this.touched = context.change().files().keySet().stream()
                .filter(path -> INGREDIENT.matcher(path).matches())
                .map(path -> path.replaceFirst("(?:^|/)(?:templates/.*|[^/]*)$", ""))
                .collect(Collectors.toSet());
    }

    /** {@return whether there are templates that are needed though the change does not touch them} */
    boolean needsAny() {
        return !touched.isEmpty();
    }

    /** {@return whether a template is needed though the change does not touch it: its values or helpers change} */
    boolean needs(String path) {
        int folder = ("/" + path).lastIndexOf("/templates/");
        return folder >= 0 && !touched.isEmpty() && touched.contains(path.substring(0, Math.max(0, folder - 1)));
    }

    /** {@return whether a file is one of a chart's templates, and so not to be read as it is} */
    boolean takes(SourceFile file) {
        int folder = ("/" + file.path()).lastIndexOf("/templates/");
        if (folder < 0 || !file.lenientText().contains("{{")) {
            return false;
        }
        charts.add(file.path().substring(0, Math.max(0, folder - 1)));
        templates.put(file.path(), file);
        return true;
    }

    void finish(Consumer<Resource> resources, FindingSink notices) throws InterruptedException {
        if (charts.isEmpty()) {
            return;
        }
        Optional<Path> directory = context.tree().directory();
        String why = !context.trusted()
                ? "the change is not trusted, so helm is not run on it"
                : !helm.isThere() ? "helm is not installed" : directory.isEmpty() ? "the tree is not on disk" : null;
        for (String chart : charts.stream().limit(MAX_CHARTS).toList()) {
            String path = chart.isEmpty() ? "templates" : chart + "/templates";
            if (why != null) {
                notices.notice(Notice.info(path, "the chart's templates were not judged: " + why));
                continue;
            }
            if (isRenderedAbove(chart)) {
                continue;
            }
            Path root = directory.orElseThrow().resolve(chart);
            if (!Files.isRegularFile(root.resolve("Chart.yaml"))) {
                notices.notice(Notice.info(path, "templates were not judged: there is no Chart.yaml beside them"));
                continue;
            }
            Helm.Outcome outcome = helm.template(root);
            if (outcome.manifests() == null) {
                notices.notice(Notice.warning(path, "the chart's templates were not judged: helm could not render"
                        + " them (" + outcome.problem() + "); see 'helm template "
                        + (chart.isEmpty() ? "." : chart) + "'"));
            } else {
                read(chart, outcome.manifests(), resources, notices);
            }
        }
    }

    /** A chart within a chart is judged with the values that the outer one gives it. */
    private boolean isRenderedAbove(String chart) {
        return chart.contains("charts/")
                && rendered.stream().anyMatch(template -> template.startsWith(chart + "/templates/"));
    }

    private void read(String chart, String manifests, Consumer<Resource> resources, FindingSink notices) {
        for (String document : manifests.split("(?m)^---\\s*$")) {
            int source = document.indexOf(SOURCE);
            if (source < 0) {
                continue;
            }
            int end = document.indexOf('\n', source);
            String name = document.substring(source + SOURCE.length(), end < 0 ? document.length() : end).strip();
            // Helm writes the chart's name where the tree has its folder.
            String path = (chart.isEmpty() ? "" : chart + "/") + name.substring(name.indexOf('/') + 1);
            rendered.add(path);
            SourceFile template = templates.get(path);
            if (template == null) {
                continue;
            }
            try {
                RenderedLines lines = new RenderedLines(document, template);
                YamlDocuments.read(document, DocumentLimits.DEFAULT, node -> {
                    if (!isTest(node)) {
                        Manifest.resources(path, at(lines, inRelease(node))).forEach(resources);
                    }
                });
            } catch (DocumentException e) {
                notices.notice(Notice.warning(path, "what helm made of it is not read: " + e.getMessage()));
            }
        }
    }

    /** What {@code helm test} runs is no part of what is deployed. */
    private static boolean isTest(Node node) {
        return node instanceof Node.Mapping body && body.get("metadata") instanceof Node.Mapping metadata
                && metadata.get("annotations") instanceof Node.Mapping annotations
                && annotations.get("helm.sh/hook") instanceof Node.Scalar hook
                && String.valueOf(hook.value()).startsWith("test");
    }

    /** A release brings its namespace along. */
    private static Node inRelease(Node node) {
        if (!(node instanceof Node.Mapping body) || !(body.get("metadata") instanceof Node.Mapping metadata)
                || metadata.get("namespace") != null) {
            return node;
        }
        Map<String, Node.Entry> inner = new LinkedHashMap<>(metadata.entries());
        inner.put("namespace", new Node.Entry(
                metadata.region(), new Node.Unknown("the namespace of the release", metadata.region())));
        Map<String, Node.Entry> entries = new LinkedHashMap<>(body.entries());
        entries.put("metadata", new Node.Entry(
                body.entries().get("metadata").key(), new Node.Mapping(inner, metadata.region())));
        return new Node.Mapping(entries, body.region());
    }

    private static Node at(RenderedLines lines, Node node) {
        Region region = lines.of(node.region());
        if (node instanceof Node.Scalar scalar) {
            return new Node.Scalar(scalar.value(), region);
        }
        if (node instanceof Node.Unknown unknown) {
            return new Node.Unknown(unknown.why(), region);
        }
        if (node instanceof Node.Sequence sequence) {
            return new Node.Sequence(sequence.items().stream().map(item -> at(lines, item)).toList(), region);
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        ((Node.Mapping) node).entries().forEach((key, entry) ->
                entries.put(key, new Node.Entry(lines.of(entry.key()), at(lines, entry.value()))));
        return new Node.Mapping(entries, region);
    }
}
