package io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline;

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
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads GitLab CI: a resource {@code pipeline} for the file, and a {@code job} for each job, hidden ones included,
 * with {@code _lines} of its scripts, {@code _images} (its services' too) and {@code _variables}.
 */
public final class GitlabCiReader implements ResourceReader {

    static final String PLATFORM = "gitlab-ci";

    private static final Pattern NAME = Pattern.compile("(?:[\\w.-]*\\.)?gitlab-ci(?:[.-][\\w.-]+)?\\.ya?ml");
    private static final Set<String> GLOBAL = Set.of(
            "default", "include", "stages", "variables", "workflow", "spec", "image", "services", "cache",
            "before_script", "after_script");
    private static final List<String> SCRIPTS = List.of("before_script", "script", "after_script");

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
            return path.endsWith("ml") && NAME.matcher(path.substring(path.lastIndexOf('/') + 1)).matches();
        }

        @Override
        public Optional<String> basis(String path) {
            return Optional.of("");
        }

        @Override
        public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            try {
                String text = file.text();
                Scripts scripts = new Scripts(text);
                YamlDocuments.read(text, DocumentLimits.DEFAULT, root -> give(file.path(), root, scripts, resources));
            } catch (CharacterCodingException e) {
                notices.notice(Notice.warning(file.path(), "not read as a pipeline: it is not UTF-8"));
            } catch (DocumentException e) {
                notices.notice(Notice.warning(file.path(), "not read as a pipeline: " + e.getMessage()));
            }
        }

        private static void give(String path, Node node, Scripts scripts, Consumer<Resource> resources) {
            if (!(node instanceof Node.Mapping root)) {
                return;
            }
            Region head = Region.line(root.region().startLine());
            resources.accept(new Resource(PLATFORM, "pipeline", "pipeline", path, head, body(root, scripts)));
            root.entries().forEach((name, entry) -> {
                boolean job = name.equals("default") || !GLOBAL.contains(name);
                if (job && entry.value() instanceof Node.Mapping mapping) {
                    resources.accept(
                            new Resource(PLATFORM, "job", name, path, entry.key(), body(mapping, scripts)));
                }
            });
        }

        private static Node.Mapping body(Node.Mapping own, Scripts scripts) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>(own.entries());
            List<Node> lines = new ArrayList<>();
            SCRIPTS.forEach(key -> lines.addAll(scripts.lines(own.get(key))));
            put(entries, "_lines", new Node.Sequence(lines, own.region()));
            List<Node> images = new ArrayList<>();
            addImages(own.get("image"), images);
            addImages(own.get("services"), images);
            put(entries, "_images", new Node.Sequence(images, own.region()));
            if (own.get("variables") instanceof Node.Mapping variables) {
                put(entries, "_variables", Scripts.pairs(values(variables)));
            }
            return new Node.Mapping(entries, own.region());
        }

        /** A variable may be a map with {@code value} and {@code description}. */
        private static Node.Mapping values(Node.Mapping variables) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            variables.entries().forEach((name, entry) -> {
                Node value = entry.value() instanceof Node.Mapping form ? form.get("value") : entry.value();
                if (value != null) {
                    entries.put(name, new Node.Entry(entry.key(), value));
                }
            });
            return new Node.Mapping(entries, variables.region());
        }

        private static void addImages(Node node, List<Node> images) {
            if (node instanceof Node.Sequence sequence) {
                sequence.items().forEach(item -> addImages(item, images));
            } else if (node instanceof Node.Mapping mapping) {
                addImages(mapping.get("name"), images);
            } else if (node instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
                images.add(text.indexOf('$') < 0 ? scalar : new Node.Unknown("filled in later", scalar.region()));
            }
        }

        private static void put(Map<String, Node.Entry> entries, String name, Node node) {
            entries.put(name, new Node.Entry(node.region(), node));
        }
    }
}
