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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** The Helm charts of a tree: their templates are no manifests until helm has rendered them. Thread-safe. */
final class HelmCharts {

    private static final String SOURCE = "# Source: ";
    private static final int MAX_CHARTS = 100;

    private final AnalysisContext context;
    private final Helm helm;
    private final ConcurrentSkipListSet<String> charts = new ConcurrentSkipListSet<>();
    private final Map<String, SourceFile> templates = new ConcurrentHashMap<>();

    HelmCharts(AnalysisContext context, Helm helm) {
        this.context = context;
        this.helm = helm;
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
            Path root = directory.orElseThrow().resolve(chart);
            Optional<String> rendered =
                    Files.isRegularFile(root.resolve("Chart.yaml")) ? helm.template(root) : Optional.empty();
            if (rendered.isEmpty()) {
                notices.notice(Notice.warning(path, "the chart's templates were not judged: helm could not render"
                        + " them; see 'helm template " + (chart.isEmpty() ? "." : chart) + "'"));
            } else {
                read(chart, rendered.get(), resources, notices);
            }
        }
    }

    private void read(String chart, String rendered, Consumer<Resource> resources, FindingSink notices) {
        for (String document : rendered.split("(?m)^---\\s*$")) {
            int source = document.indexOf(SOURCE);
            if (source < 0) {
                continue;
            }
            int end = document.indexOf('\n', source);
            String name = document.substring(source + SOURCE.length(), end < 0 ? document.length() : end).strip();
            // Helm writes the chart's name where the tree has its folder.
            String path = (chart.isEmpty() ? "" : chart + "/") + name.substring(name.indexOf('/') + 1);
            if (!templates.containsKey(path)) {
                continue;
            }
            try {
                YamlDocuments.read(document, DocumentLimits.DEFAULT, node -> {
                    for (Resource resource : Manifest.resources(path, node)) {
                        resources.accept(located(resource));
                    }
                });
            } catch (DocumentException e) {
                notices.notice(Notice.warning(path, "what helm made of it is not read: " + e.getMessage()));
            }
        }
    }

    /** What is rendered has no place in the template but that of its kind. */
    private Resource located(Resource resource) {
        SourceFile template = templates.get(resource.path());
        String kind = "kind: " + resource.type();
        Region region = Region.line(1);
        for (int line = 1; template != null && line <= template.lineCount(); line++) {
            if (template.line(line).strip().equals(kind)) {
                region = Region.line(line);
                break;
            }
        }
        Node.Mapping body = (Node.Mapping) at(region, resource.body());
        return new Resource(
                resource.platform(), resource.type(), resource.address(), resource.path(), region, body);
    }

    private static Node at(Region region, Node node) {
        if (node instanceof Node.Scalar scalar) {
            return new Node.Scalar(scalar.value(), region);
        }
        if (node instanceof Node.Unknown unknown) {
            return new Node.Unknown(unknown.why(), region);
        }
        if (node instanceof Node.Sequence sequence) {
            List<Node> items = sequence.items().stream().map(item -> at(region, item)).toList();
            return new Node.Sequence(items, region);
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        ((Node.Mapping) node).entries().forEach(
                (key, entry) -> entries.put(key, new Node.Entry(region, at(region, entry.value()))));
        return new Node.Mapping(entries, region);
    }
}
