package io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentLimits;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.YamlDocuments;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads GitHub Actions: workflows and actions. Types are {@code workflow}, {@code job} ({@code jobs.build}),
 * {@code step} ({@code jobs.build.steps[0]}) and {@code action}. Workflows in other folders, which are templates,
 * are recognised by their content.
 */
public final class GithubActionsReader implements ResourceReader {

    static final String PLATFORM = "github-actions";

    private static final Pattern PATH = Pattern.compile(
            "(?:.*/)?(?:\\.(?:github|gitea|forgejo)/workflow(?:s|-templates)/[^/]+\\.ya?ml|action\\.ya?ml)");

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
            return path.endsWith(".yml") || path.endsWith(".yaml");
        }

        @Override
        public Optional<String> basis(String path) {
            return Optional.of("");
        }

        @Override
        public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            boolean placed = PATH.matcher(file.path()).matches();
            String rough = placed ? "" : file.lenientText();
            if (!placed && !(rough.contains("jobs:") && rough.contains("runs-on:"))) {
                return;
            }
            try {
                String text = file.text();
                YamlDocuments.read(text, DocumentLimits.DEFAULT, root -> {
                    if (placed || Workflow.isOne(root)) {
                        new Workflow(file.path(), new Scripts(text)).resources(root).forEach(resources);
                    }
                });
            } catch (CharacterCodingException e) {
                notices.notice(Notice.warning(file.path(), "not read as a workflow: it is not UTF-8"));
            } catch (DocumentException e) {
                if (!placed) {
                    return;
                }
                notices.notice(Notice.warning(file.path(), "not read as a workflow: " + e.getMessage()));
            }
        }
    }
}
