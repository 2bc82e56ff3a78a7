package io.jenkins.plugins.scmchecks.engine.analysis.policy.compose;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.YamlDocuments;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads Compose files: each service is a resource of the type {@code service}, its address {@code services.web}. Files
 * of another name ({@code stack.yml}) are recognised by their content.
 */
public final class ComposeReader implements ResourceReader {

    static final String PLATFORM = "compose";

    private static final Pattern NAME = Pattern.compile("(?:docker-)?compose(?:[._-][\\w.-]+)?\\.ya?ml");

    private static final Pattern SERVICES = Pattern.compile("(?m)^[\"']?services[\"']?:\\s*(?:#.*)?$");
    private static final Set<String> TOP =
            Set.of("version", "name", "services", "networks", "volumes", "configs", "secrets", "include");
    private static final Set<String> ORIGINS = Set.of("image", "build", "extends");

    @Override
    public String platform() {
        return PLATFORM;
    }

    @Override
    public Session open(AnalysisContext context) {
        return new ReadingSession();
    }

    private static final class ReadingSession implements Session {

        @Override
        public boolean wants(String path) {
            return path.endsWith(".yml") || path.endsWith(".yaml") || isNamed(path);
        }

        private static boolean isNamed(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            return NAME.matcher(name).matches();
        }

        @Override
        public Optional<String> basis(String path) {
            return Optional.of("");
        }

        @Override
        public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            boolean named = isNamed(file.path());
            if (!named && !SERVICES.matcher(file.lenientText()).find()) {
                return;
            }
            try {
                YamlDocuments.read(file.text(), DocumentLimits.DEFAULT, root -> {
                    if (named || isCompose(root)) {
                        give(file.path(), root, resources);
                    }
                });
            } catch (CharacterCodingException e) {
                notices.notice(Notice.warning(file.path(), "not read as a Compose file: it is not UTF-8"));
            } catch (DocumentException e) {
                if (!named) {
                    return;
                }
                notices.notice(file.lenientText().contains("{{")
                        ? Notice.info(file.path(), "not read as a Compose file: it is a template")
                        : Notice.warning(file.path(), "not read as a Compose file: " + e.getMessage()));
            }
        }

        /** Every service of a Compose file has an image, or is built, or comes from another file. */
        private static boolean isCompose(Node root) {
            return root instanceof Node.Mapping mapping
                    && mapping.get("services") instanceof Node.Mapping services
                    && !services.entries().isEmpty()
                    && mapping.entries().keySet().stream().allMatch(key -> TOP.contains(key) || key.startsWith("x-"))
                    && services.entries().values().stream().allMatch(entry -> hasOrigin(entry.value()));
        }

        private static boolean hasOrigin(Node node) {
            return node instanceof Node.Mapping service
                    && ORIGINS.stream().anyMatch(origin -> service.get(origin) != null);
        }

        private static void give(String path, Node root, Consumer<Resource> resources) {
            boolean compose = root instanceof Node.Mapping mapping && mapping.get("services") instanceof Node.Mapping;
            if (!compose) {
                return;
            }
            Node.Mapping services = (Node.Mapping) ((Node.Mapping) root).get("services");
            Extends bases = new Extends(services);
            services.entries().forEach((name, entry) -> {
                if (entry.value() instanceof Node.Mapping service) {
                    Node.Mapping body = Service.body(bases.resolve(service));
                    resources.accept(new Resource(PLATFORM, "service", "services." + name, path, entry.key(), body));
                }
            });
        }
    }
}
