package io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.JsonDocuments;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.YamlDocuments;
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
import java.util.stream.Stream;

/**
 * Reads CloudFormation and SAM templates, YAML or JSON, recognised by their content. A resource's body is its
 * {@code Properties}, computed as far as the template alone tells; its address is the logical id. The template's
 * parameters are resources of the type {@code Parameter}.
 */
public final class CloudFormationReader implements ResourceReader {

    static final String PLATFORM = "cloudformation";

    @Override
    public String platform() {
        return PLATFORM;
    }

    @Override
    public Session open(AnalysisContext context) {
        return new ReadingSession(context.tree());
    }

    private static final class ReadingSession implements Session {

        /** Uses of one template by another that are followed, and how deeply. */
        private static final int MAX_STACKS = 300;

        private static final int MAX_DEPTH = 5;

        private final SourceTree tree;
        private final Set<String> read = ConcurrentHashMap.newKeySet();
        private final Queue<NestedStack> stacks = new ConcurrentLinkedQueue<>();

        ReadingSession(SourceTree tree) {
            this.tree = tree;
        }

        @Override
        public boolean wants(String path) {
            String name = path.toLowerCase(Locale.ROOT);
            return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")
                    || name.endsWith(".template");
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
            String rough = file.lenientText();
            boolean template = rough.contains("Resources")
                    && Stream.of("AWS::", "AWSTemplateFormatVersion", "Alexa::").anyMatch(rough::contains);
            if (!template) {
                return;
            }
            try {
                read.add(file.path());
                for (Resource resource : resources(file.path(), file.text(), Map.of())) {
                    resources.accept(resource);
                    NestedStack.of(resource).ifPresent(stacks::add);
                }
            } catch (CharacterCodingException e) {
                notices.notice(Notice.warning(file.path(), "not read as a CloudFormation template: it is not UTF-8"));
            } catch (DocumentException e) {
                notices.notice(rough.contains("{{") || rough.contains("{%")
                        ? Notice.info(file.path(), "not read as a CloudFormation template: it is itself a template")
                        : Notice.warning(file.path(), "not read as a CloudFormation template: " + e.getMessage()));
            }
        }

        /** Judges each template once more with what others that use it give to it. */
        @Override
        public void finish(Consumer<Resource> resources, FindingSink notices) {
            int left = MAX_STACKS;
            List<NestedStack> level = List.copyOf(stacks);
            for (int depth = 0; depth < MAX_DEPTH && !level.isEmpty(); depth++) {
                List<NestedStack> next = new ArrayList<>();
                for (NestedStack stack : level) {
                    boolean followed = left-- > 0 && read.contains(stack.path());
                    for (Resource resource : followed ? resources(stack) : List.<Resource>of()) {
                        resources.accept(resource);
                        NestedStack.of(resource).ifPresent(next::add);
                    }
                }
                level = next;
            }
        }

        private List<Resource> resources(NestedStack stack) {
            try {
                byte[] bytes = tree.read(stack.path()).orElse(new byte[0]);
                return resources(
                        stack.path(), SourceFile.of(stack.path(), bytes).text(), stack.parameters()).stream()
                        .filter(resource -> !resource.type().equals(Template.PARAMETER))
                        .toList();
            } catch (IOException | DocumentException e) {
                // It was read, and told of, by itself already.
                return List.of();
            }
        }

        private static List<Resource> resources(String path, String text, Map<String, Node> given)
                throws DocumentException {
            List<Resource> found = new ArrayList<>();
            for (Node document : documents(text)) {
                if (Template.isTemplate(document)) {
                    found.addAll(new Template(path, (Node.Mapping) document, given).resources());
                }
            }
            return found;
        }

        private static List<Node> documents(String text) throws DocumentException {
            if (text.stripLeading().startsWith("{")) {
                return List.of(JsonDocuments.read(text, DocumentLimits.DEFAULT));
            }
            List<Node> documents = new ArrayList<>();
            YamlDocuments.read(text, DocumentLimits.DEFAULT, documents::add);
            return documents;
        }
    }
}
