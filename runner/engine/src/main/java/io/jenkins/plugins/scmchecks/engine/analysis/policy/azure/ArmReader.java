package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.JsonDocuments;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Reads Azure's templates: ARM, JSON recognised by its {@code $schema}, and Bicep. Both give the same resources: the
 * type as Azure names it ({@code Microsoft.Storage/storageAccounts}), the address {@code type/name}.
 */
public final class ArmReader implements ResourceReader {

    static final String PLATFORM = "arm";

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
            return name.endsWith(".json") || name.endsWith(".bicep");
        }

        @Override
        public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            boolean bicep = file.path().toLowerCase(Locale.ROOT).endsWith(".bicep");
            boolean template = bicep || isTemplate(file.lenientText());
            if (!template) {
                return;
            }
            try {
                if (bicep) {
                    readBicep(file, resources);
                } else {
                    Node root = JsonDocuments.read(file.text(), DocumentLimits.DEFAULT);
                    new ArmTemplate(file.path()).resources(root).forEach(resources);
                }
            } catch (CharacterCodingException e) {
                notices.notice(Notice.warning(file.path(), "not read as an Azure template: it is not UTF-8"));
            } catch (DocumentException e) {
                notices.notice(Notice.warning(file.path(), "not wholly read as an Azure template: " + e.getMessage()));
            }
        }

        /** A template, or what holds one: a blueprint's artifact, a template spec. */
        private static boolean isTemplate(String text) {
            return text.contains("eploymentTemplate.json")
                    || text.contains("emplate\"") && text.contains("\"Microsoft.") && text.contains("\"resources\"");
        }

        /** What stands before a mistake is judged. */
        private static void readBicep(SourceFile file, Consumer<Resource> resources)
                throws CharacterCodingException, DocumentException {
            List<BicepStatement> statements = new ArrayList<>();
            try {
                BicepParser.parse(file.text(), statements::add);
            } finally {
                new BicepTemplate(file.path(), statements).resources().forEach(resources);
            }
        }
    }
}
