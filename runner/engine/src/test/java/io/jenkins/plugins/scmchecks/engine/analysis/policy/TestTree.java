package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A tree in memory, and what came of analysing it. */
public final class TestTree implements SourceTree {

    private final Map<String, String> files = new TreeMap<>();
    private boolean trusted;
    private Path directory;

    /** What an analysis or a reading gave. */
    public static final class Outcome implements FindingSink {
        public final List<Finding> findings = new ArrayList<>();
        public final List<Notice> notices = new ArrayList<>();
        public final List<Resource> resources = new ArrayList<>();

        @Override
        public synchronized void finding(Finding finding) {
            findings.add(finding);
        }

        @Override
        public synchronized void notice(Notice notice) {
            notices.add(notice);
        }

        public Resource resource(String address) {
            return resources.stream().filter(r -> r.address().equals(address)).findFirst().orElseThrow(() ->
                    new AssertionError("no " + address + " in " + resources.stream().map(Resource::address).toList()));
        }
    }

    public TestTree with(String path, String text) {
        files.put(path, text);
        return this;
    }

    public TestTree trusted(Path onDisk) {
        trusted = true;
        directory = onDisk;
        return this;
    }

    public TestTree on(Path onDisk) {
        directory = onDisk;
        return this;
    }

    public AnalysisContext context() {
        return new AnalysisContext(this, ChangeSet.withoutBase(null), trusted, Progress.NONE);
    }

    public Outcome analyse(PolicyPack... teamPacks) throws InterruptedException {
        Outcome outcome = new Outcome();
        Analyzer.Session session = new PolicyAnalyzer(Readers.all(), List.of(teamPacks)).open(context());
        files.forEach((path, text) -> {
            if (session.wants(path)) {
                session.visit(new SourceFile(path, text.getBytes(StandardCharsets.UTF_8)), outcome);
            }
        });
        session.finish(outcome);
        return outcome;
    }

    public Outcome read(ResourceReader reader) throws InterruptedException {
        Outcome outcome = new Outcome();
        ResourceReader.Session session = reader.open(context());
        files.forEach((path, text) -> {
            if (session.wants(path)) {
                session.read(new SourceFile(path, text.getBytes(StandardCharsets.UTF_8)), outcome.resources::add, outcome);
            }
        });
        session.finish(outcome.resources::add, outcome);
        return outcome;
    }

    @Override
    public void walk(Consumer<Entry> entries) {
        files.forEach((path, text) -> entries.accept(new Entry(path, text.length())));
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }
}
