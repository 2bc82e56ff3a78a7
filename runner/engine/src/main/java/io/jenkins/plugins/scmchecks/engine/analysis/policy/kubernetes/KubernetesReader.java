package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.JsonDocuments;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.YamlDocuments;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads Kubernetes manifests, YAML or JSON, recognised by their content. What kustomizations use is judged as they
 * build it; Helm's templates are rendered when helm is there and the change is trusted.
 */
public final class KubernetesReader implements ResourceReader {

    public static final String PLATFORM = "kubernetes";

    private final Helm helm;

    public KubernetesReader() {
        this(Helm.onPath());
    }

    KubernetesReader(Helm helm) {
        this.helm = helm;
    }

    @Override
    public String platform() {
        return PLATFORM;
    }

    static boolean isRead(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json") || Kustomization.isOne(path);
    }

    @Override
    public Session open(AnalysisContext context) {
        return new ReadingSession(context, helm);
    }

    private static final class ReadingSession implements Session {

        private final Kustomizations kustomizations;
        private final KustomizedFolders kustomized;
        private final HelmCharts charts;

        private ReadingSession(AnalysisContext context, Helm helm) {
            this.kustomizations = new Kustomizations(context);
            this.kustomized = new KustomizedFolders(context.tree());
            this.charts = new HelmCharts(context, helm);
        }

        @Override
        public boolean wants(String path) {
            return isRead(path);
        }

        @Override
        public Optional<Predicate<String>> needs() {
            return kustomizations.needsAny() || charts.needsAny()
                    ? Optional.of(path -> kustomizations.needs(path) || charts.needs(path))
                    : Optional.empty();
        }

        /** A template is judged with its chart, and a kustomization says what becomes of the files below it. */
        @Override
        public Optional<String> basis(String path) {
            boolean template = ("/" + path).contains("/templates/");
            return template || kustomized.includes(path) ? Optional.empty() : Optional.of("");
        }

        @Override
        public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            if (Kustomization.isOne(file.path())) {
                kustomizations.take(file);
                return;
            }
            String rough = file.lenientText();
            boolean manifest = rough.contains("apiVersion") && rough.contains("kind");
            if (!manifest || charts.takes(file)) {
                return;
            }
            switch (kustomizations.use(file.path())) {
                case PATCH -> {
                    // It holds parts of resources, and is judged with them.
                }
                case RESOURCE -> kustomizations.hold(file);
                case NONE -> readAlone(file, resources, notices);
            }
        }

        private static void readAlone(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            String rough = file.lenientText();
            try {
                read(file.path(), file.text(), resources);
            } catch (CharacterCodingException e) {
                notices.notice(Notice.warning(file.path(), "not read as a Kubernetes manifest: it is not UTF-8"));
            } catch (DocumentException e) {
                boolean template = rough.contains("{{");
                notices.notice(template
                        ? Notice.info(file.path(), "not read as a Kubernetes manifest: it is a template")
                        : Notice.warning(file.path(), "not wholly read as a Kubernetes manifest: " + e.getMessage()));
            }
        }

        private static void read(String path, String text, Consumer<Resource> resources) throws DocumentException {
            Consumer<Node> manifests = node -> Manifest.resources(path, node).forEach(resources);
            if (path.endsWith(".json")) {
                manifests.accept(JsonDocuments.read(text, DocumentLimits.DEFAULT));
            } else {
                YamlDocuments.read(text, DocumentLimits.DEFAULT, manifests);
            }
        }

        @Override
        public void finish(Consumer<Resource> resources, FindingSink notices) throws InterruptedException {
            kustomizations.finish(resources, file -> readAlone(file, resources, notices), notices);
            charts.finish(resources, notices);
        }
    }
}
