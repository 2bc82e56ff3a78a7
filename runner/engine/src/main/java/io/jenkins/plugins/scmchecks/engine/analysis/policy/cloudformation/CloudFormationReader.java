package io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

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
        return new ReadingSession();
    }

    private static final class ReadingSession implements Session {

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

        @Override
        public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            String rough = file.lenientText();
            boolean template = rough.contains("Resources")
                    && (rough.contains("AWS::") || rough.contains("AWSTemplateFormatVersion"));
            if (!template) {
                return;
            }
            try {
                for (Node document : documents(file.text())) {
                    if (Template.isTemplate(document)) {
                        new Template(file.path(), (Node.Mapping) document).resources().forEach(resources);
                    }
                }
            } catch (CharacterCodingException e) {
                notices.notice(Notice.warning(file.path(), "not read as a CloudFormation template: it is not UTF-8"));
            } catch (DocumentException e) {
                notices.notice(rough.contains("{{") || rough.contains("{%")
                        ? Notice.info(file.path(), "not read as a CloudFormation template: it is itself a template")
                        : Notice.warning(file.path(), "not read as a CloudFormation template: " + e.getMessage()));
            }
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
