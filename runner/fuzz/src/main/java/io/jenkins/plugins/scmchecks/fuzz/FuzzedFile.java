package io.jenkins.plugins.scmchecks.fuzz;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.util.Optional;
import java.util.function.Consumer;

/** One file that an analyzer looks at as it would in a scan: whatever it throws is a crash. */
final class FuzzedFile {

    private static final FindingSink NOWHERE = new FindingSink() {
        @Override
        public void finding(Finding finding) {
            if (finding.location().path().isEmpty()) {
                throw new IllegalStateException("a finding without a place: " + finding);
            }
        }

        @Override
        public void notice(Notice notice) {}
    };

    private FuzzedFile() {}

    static void analyze(Analyzer analyzer, String path, byte[] content) {
        AnalysisContext context =
                new AnalysisContext(new OneFile(path, content), ChangeSet.withoutBase(null), false, Progress.NONE);
        Analyzer.Session session = analyzer.open(context);
        try {
            session.visit(new SourceFile(path, content), NOWHERE);
            session.finish(NOWHERE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record OneFile(String path, byte[] content) implements SourceTree {
        @Override
        public void walk(Consumer<Entry> files) {
            files.accept(new Entry(path, content.length));
        }

        @Override
        public Optional<byte[]> read(String wanted) {
            return wanted.equals(path) ? Optional.of(content) : Optional.empty();
        }
    }
}
