package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.util.Optional;

/**
 * Finds secrets in the files of a tree: tokens of known providers, keys, and what a name or a place says is a password.
 * Findings never contain the secret; {@link Redaction} keeps it out of what is rendered around them. What an earlier
 * commit of the change brought and a later one took away is found by {@link SecretHistory}.
 */
public final class SecretAnalyzer implements Analyzer {

    static final String TOOL = "scm-checks";

    private final SecretScanner scanner;
    /** What tells the rules from others; empty when nothing does. */
    private final Optional<String> rules;

    public SecretAnalyzer() {
        this(SecretRules.builtIn(), Optional.of("built in"));
    }

    SecretAnalyzer(SecretRules rules) {
        this(rules, Optional.empty());
    }

    private SecretAnalyzer(SecretRules rules, Optional<String> named) {
        this.scanner = new SecretScanner(rules);
        this.rules = named;
    }

    @Override
    public String name() {
        return "secret";
    }

    @Override
    public Session open(AnalysisContext context) {
        return new Session() {
            @Override
            public boolean wants(String path) {
                return !FileFacts.isNotOurs(path);
            }

            @Override
            public Optional<String> basis(String path) {
                return rules;
            }

            @Override
            public boolean wantsBinary(String path) {
                return scanner.looksAtBinary(path);
            }

            @Override
            public void visit(SourceFile file, FindingSink sink) {
                SecretScanner.Result result = scanner.scan(file.path(), file.content());
                for (SecretMatch match : result.matches()) {
                    sink.finding(match.toFinding(file.path()));
                }
                for (Notice notice : result.notices()) {
                    sink.notice(notice);
                }
            }
        };
    }
}
