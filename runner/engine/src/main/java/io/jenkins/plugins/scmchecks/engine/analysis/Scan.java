package io.jenkins.plugins.scmchecks.engine.analysis;

import io.jenkins.plugins.scmchecks.engine.analysis.store.ResultKey;
import io.jenkins.plugins.scmchecks.engine.analysis.store.StoredFindings;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One pass over a tree that all analyzers share: every file is read at most once, several files at a time. Binary files
 * are passed over, unless an analyzer asks for them; what is too large is told.
 */
public final class Scan {

    /** The largest file that is looked at; whatever people write themselves is far smaller. */
    public static final long MAX_FILE_BYTES = 10L * 1024 * 1024;

    private static final Logger LOGGER = Logger.getLogger(Scan.class.getName());
    private static final int BINARY_PROBE = 8000;
    private static final Comparator<Finding> BY_PLACE = Comparator.<Finding, String>comparing(
                    f -> f.location().path())
            .thenComparingInt(f -> f.location().line())
            .thenComparing(f -> f.rule().id())
            .thenComparing(Finding::message);

    private final List<Analyzer> analyzers;
    private final int threads;

    public Scan(List<Analyzer> analyzers) {
        this(analyzers, Math.min(8, Runtime.getRuntime().availableProcessors()));
    }

    public Scan(List<Analyzer> analyzers, int threads) {
        this.analyzers = List.copyOf(analyzers);
        this.threads = threads;
    }

    /**
     * Analyses a tree.
     *
     * @param context of the analysis
     * @param relevant the files that are looked at; besides them, analyzers get those that they need
     * @throws IOException when the tree itself cannot be read
     * @throws InterruptedException when it is stopped; nothing runs on behind
     */
    public Analysis run(AnalysisContext context, Predicate<String> relevant) throws IOException, InterruptedException {
        return planned(context, plan -> context.tree().walk(entry -> plan.add(entry, relevant.test(entry.path()))));
    }

    /**
     * Analyses some files of a tree; the others are not even looked for, unless an analyzer needs them.
     *
     * @param paths of the files; those that are not there are left out
     * @throws IOException when the tree itself cannot be read
     * @throws InterruptedException when it is stopped; nothing runs on behind
     */
    public Analysis run(AnalysisContext context, Set<String> paths) throws IOException, InterruptedException {
        return planned(context, plan -> {
            for (String path : paths) {
                context.tree().find(path).ifPresent(entry -> plan.add(entry, true));
            }
            if (plan.needsMore()) {
                context.tree().walk(entry -> {
                    if (!paths.contains(entry.path())) {
                        plan.add(entry, false);
                    }
                });
            }
        });
    }

    private interface Planner {
        void plan(Plan plan) throws IOException;
    }

    private Analysis planned(AnalysisContext context, Planner planner) throws IOException, InterruptedException {
        Collector collector = new Collector();
        List<Opened> sessions = new ArrayList<>();
        for (Analyzer analyzer : analyzers) {
            Analyzer.Session session = analyzer.open(context);
            sessions.add(new Opened(analyzer, session, session.needs().orElse(null)));
        }
        Plan plan = new Plan(sessions, collector);
        planner.plan(plan);
        visitAll(context, plan.work, collector);
        for (Opened opened : sessions) {
            try {
                opened.session.finish(collector);
            } catch (RuntimeException | StackOverflowError e) {
                collector.broken(opened.analyzer, null, e);
            }
        }
        List<Finding> findings = new ArrayList<>(collector.findings);
        findings.sort(BY_PLACE);
        return new Analysis(findings, new ArrayList<>(collector.notices), plan.work.size());
    }

    /** Which files are read, and for whom. */
    private static final class Plan {
        private final List<Opened> sessions;
        private final Collector collector;
        private final List<Work> work = new ArrayList<>();

        Plan(List<Opened> sessions, Collector collector) {
            this.sessions = sessions;
            this.collector = collector;
        }

        boolean needsMore() {
            return sessions.stream().anyMatch(opened -> opened.needs != null);
        }

        void add(SourceTree.Entry entry, boolean relevant) {
            List<Opened> wanted = new ArrayList<>(2);
            for (Opened opened : sessions) {
                boolean needed = relevant || opened.needs != null && opened.needs.test(entry.path());
                if (needed && opened.session.wants(entry.path())) {
                    wanted.add(opened);
                }
            }
            if (wanted.isEmpty()) {
                return;
            }
            if (entry.size() > MAX_FILE_BYTES) {
                collector.notice(tooLarge(entry.path()));
            } else {
                work.add(new Work(entry, wanted));
            }
        }
    }

    private void visitAll(AnalysisContext context, List<Work> work, Collector collector) throws InterruptedException {
        StoredFindings findings = new StoredFindings(context.results());
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            int at;
            while ((at = next.getAndIncrement()) < work.size() && !Thread.currentThread().isInterrupted()) {
                visit(context, work.get(at), findings, collector);
                if (at % 64 == 0) {
                    context.progress().update("Analysing files", at, work.size());
                }
            }
        };
        List<Thread> workers = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, work.size() / 4 + 1); i++) {
            Thread thread = new Thread(worker, "scm-checks scan " + i);
            thread.setDaemon(true);
            thread.start();
            workers.add(thread);
        }
        try {
            worker.run();
            for (Thread thread : workers) {
                thread.join();
            }
        } finally {
            workers.forEach(Thread::interrupt);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("the analysis was stopped");
        }
        context.progress().update("Analysing files", work.size(), work.size());
    }

    /** Reads the file only if somebody has to look at it: what was found in this very content is not sought again. */
    private static void visit(AnalysisContext context, Work work, StoredFindings earlier, Collector collector) {
        List<Visit> visits = new ArrayList<>(2);
        for (Opened opened : work.sessions) {
            ResultKey key = context.results().outlastsTheRun() ? opened.key(work.entry) : null;
            boolean known = key == null ? opened.session.skips(work.entry) : earlier.replay(key, collector);
            if (!known) {
                visits.add(new Visit(opened, key));
            }
        }
        SourceFile file = visits.isEmpty() ? null : read(context.tree(), work, collector);
        if (file == null) {
            return;
        }
        boolean binary = isBinary(file.content());
        for (Visit visit : visits) {
            StoredFindings.Recording recording = new StoredFindings.Recording(collector);
            boolean passed = binary && !visit.opened.session.wantsBinary(work.path());
            boolean done = passed || visit.opened.visit(file, recording, collector);
            if (done && visit.key != null && !visit.opened.session.remembers(work.path())) {
                earlier.put(visit.key, recording);
            }
        }
    }

    /** {@return the file, or null when there is none to be looked at} */
    private static SourceFile read(SourceTree tree, Work work, Collector collector) {
        byte[] content;
        try {
            content = tree.read(work.path()).orElse(null);
        } catch (IOException e) {
            collector.notice(Notice.error(work.path(), "cannot be read: " + e.getMessage()));
            return null;
        }
        if (content == null) {
            return null;
        }
        if (content.length > MAX_FILE_BYTES) {
            collector.notice(tooLarge(work.path()));
            return null;
        }
        return SourceFile.of(work.path(), content);
    }

    private record Visit(Opened opened, ResultKey key) {}

    private static Notice tooLarge(String path) {
        return Notice.info(path, "is larger than " + MAX_FILE_BYTES / (1024 * 1024) + " MB and was passed over");
    }

    /** As git has it: a file is binary when a NUL is near its start. */
    private static boolean isBinary(byte[] content) {
        for (int i = 0; i < Math.min(content.length, BINARY_PROBE); i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private record Opened(Analyzer analyzer, Analyzer.Session session, Predicate<String> needs) {

        /** {@return the key of what there is to be found in a file, or null when nobody can tell before looking} */
        ResultKey key(SourceTree.Entry entry) {
            String basis = entry.id() == null ? null : session.basis(entry.path()).orElse(null);
            // With its size: what git has is not always what it lays down on the disk.
            return basis == null
                    ? null
                    : ResultKey.of(analyzer.name(), basis, entry.path(), entry.id(), Long.toString(entry.size()));
        }

        /** {@return whether that went well} */
        boolean visit(SourceFile file, FindingSink sink, Collector collector) {
            try {
                session.visit(file, sink);
                return true;
            } catch (RuntimeException | StackOverflowError e) {
                collector.broken(analyzer, file.path(), e);
                return false;
            }
        }
    }

    private record Work(SourceTree.Entry entry, List<Opened> sessions) {
        String path() {
            return entry.path();
        }
    }

    private static final class Collector implements FindingSink {
        private final ConcurrentLinkedQueue<Finding> findings = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Notice> notices = new ConcurrentLinkedQueue<>();

        @Override
        public void finding(Finding finding) {
            findings.add(finding);
        }

        @Override
        public void notice(Notice notice) {
            notices.add(notice);
        }

        /** A defect of one analyzer costs one file, and is told; it never costs what others found. */
        void broken(Analyzer analyzer, String path, Throwable e) {
            LOGGER.log(Level.WARNING, e, () -> analyzer.name() + " failed" + (path == null ? "" : " on " + path));
            notice(Notice.error(path, "the analyzer '" + analyzer.name() + "' failed here: " + e));
        }
    }
}
