package io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads Jenkinsfiles as text: no Groovy is run. Types are {@code step} ({@code sh} and its like), {@code setting} (a
 * name that is given a text), {@code annotation} and {@code call} (a class's member).
 */
public final class JenkinsfileReader implements ResourceReader {

    static final String PLATFORM = "jenkinsfile";

    private static final int MAX_CHARACTERS = 2_000_000;
    private static final Pattern NAME =
            Pattern.compile("jenkinsfile(?:[._-][\\w.-]+)?|[\\w.-]+\\.jenkinsfile(?:\\.groovy)?");
    private static final Pattern OTHER = Pattern.compile(".*\\.(?:md|txt|ya?ml|json|xml|html|java|py|sh|j2|tmpl|bak)");

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
            return name.contains("jenkinsfile") && NAME.matcher(name).matches() && !OTHER.matcher(name).matches();
        }

        @Override
        public Optional<String> basis(String path) {
            return Optional.of("");
        }

        @Override
        public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            String text = file.lenientText();
            if (text.length() > MAX_CHARACTERS) {
                notices.notice(Notice.warning(file.path(), "not read as a Jenkinsfile: it has " + text.length()
                        + " characters; at most " + MAX_CHARACTERS + " are read"));
                return;
            }
            new Jenkinsfile(file.path(), text).resources().forEach(resources);
        }
    }
}
