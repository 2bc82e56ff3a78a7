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
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads Compose files: each service is a resource of the type {@code service}, its address {@code services.web}. */
public final class ComposeReader implements ResourceReader {

    static final String PLATFORM = "compose";

    private static final Pattern NAME = Pattern.compile("(?:docker-)?compose(?:[._-][\\w.-]+)?\\.ya?ml");

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
            String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            return NAME.matcher(name).matches();
        }

        @Override
        public Optional<String> basis(String path) {
            return Optional.of("");
        }

        @Override
        public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            try {
                YamlDocuments.read(file.text(), DocumentLimits.DEFAULT, root -> give(file.path(), root, resources));
            } catch (CharacterCodingException e) {
                notices.notice(Notice.warning(file.path(), "not read as a Compose file: it is not UTF-8"));
            } catch (DocumentException e) {
                notices.notice(file.lenientText().contains("{{")
                        ? Notice.info(file.path(), "not read as a Compose file: it is a template")
                        : Notice.warning(file.path(), "not read as a Compose file: " + e.getMessage()));
            }
        }

        private static void give(String path, Node root, Consumer<Resource> resources) {
            boolean compose = root instanceof Node.Mapping mapping && mapping.get("services") instanceof Node.Mapping;
            if (!compose) {
                return;
            }
            ((Node.Mapping) ((Node.Mapping) root).get("services")).entries().forEach((name, entry) -> {
                if (entry.value() instanceof Node.Mapping service) {
                    Node.Mapping body = Service.body(service);
                    resources.accept(new Resource(PLATFORM, "service", "services." + name, path, entry.key(), body));
                }
            });
        }
    }
}
