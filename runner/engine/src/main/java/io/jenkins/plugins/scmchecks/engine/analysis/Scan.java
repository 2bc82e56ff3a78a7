package io.jenkins.plugins.scmchecks.engine.analysis;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        Collector collector = new Collector();
        List<Opened> sessions = new ArrayList<>();
        for (Analyzer analyzer : analyzers) {
            sessions.add(new Opened(analyzer, analyzer.open(context)));
        }
        List<Work> work = plan(context, relevant, sessions, collector);
        visitAll(context, work, collector);
        for (Opened opened : sessions) {
            try {
                opened.session.finish(collector);
            } catch (RuntimeException | StackOverflowError e) {
                collector.broken(opened.analyzer, null, e);
            }
        }
        List<Finding> findings = new ArrayList<>(collector.findings);
        findings.sort(BY_PLACE);
        return new Analysis(findings, new ArrayList<>(collector.notices), work.size());
    }

    private static List<Work> plan(
            AnalysisContext context, Predicate<String> relevant, List<Opened> sessions, Collector collector)
            throws IOException {
        List<Work> work = new ArrayList<>();
        context.tree().walk(entry -> {
            boolean touched = relevant.test(entry.path());
            List<Opened> wanted = new ArrayList<>(2);
            for (Opened opened : sessions) {
                Analyzer.Session session = opened.session;
                if (session.wants(entry.path()) && (touched || session.needs(entry.path()))) {
                    wanted.add(opened);
                }
            }
            if (wanted.isEmpty()) {
                return;
            }
            if (entry.size() > MAX_FILE_BYTES) {
                collector.notice(tooLarge(entry.path()));
            } else {
                work.add(new Work(entry.path(), wanted));
            }
        });
        return work;
    }

    private void visitAll(AnalysisContext context, List<Work> work, Collector collector) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            int at;
            while ((at = next.getAndIncrement()) < work.size() && !Thread.currentThread().isInterrupted()) {
                visit(context.tree(), work.get(at), collector);
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

    private static void visit(SourceTree tree, Work work, Collector collector) {
        byte[] content;
        try {
            content = tree.read(work.path).orElse(null);
        } catch (IOException e) {
            collector.notice(Notice.error(work.path, "cannot be read: " + e.getMessage()));
            return;
        }
        if (content == null) {
            return;
        }
        if (content.length > MAX_FILE_BYTES) {
            collector.notice(tooLarge(work.path));
            return;
        }
        content = decoded(content);
        boolean binary = isBinary(content);
        SourceFile file = new SourceFile(work.path, content);
        for (Opened opened : work.sessions) {
            try {
                if (binary && !opened.session.wantsBinary(work.path)) {
                    continue;
                }
                opened.session.visit(file, collector);
            } catch (RuntimeException | StackOverflowError e) {
                collector.broken(opened.analyzer, work.path, e);
            }
        }
    }

    private static Notice tooLarge(String path) {
        return Notice.info(path, "is larger than " + MAX_FILE_BYTES / (1024 * 1024) + " MB and was passed over");
    }

    /** Windows' tools write UTF-16 with a mark; what is in such a file is text all the same. */
    private static byte[] decoded(byte[] content) {
        if (content.length < 2) {
            return content;
        }
        int mark = (content[0] & 0xff) << 8 | content[1] & 0xff;
        return mark == 0xfeff || mark == 0xfffe
                ? new String(content, StandardCharsets.UTF_16).getBytes(StandardCharsets.UTF_8)
                : content;
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

    private record Opened(Analyzer analyzer, Analyzer.Session session) {}

    private record Work(String path, List<Opened> sessions) {}

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
