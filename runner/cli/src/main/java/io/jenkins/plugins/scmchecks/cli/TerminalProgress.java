package io.jenkins.plugins.scmchecks.cli;

import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import java.io.PrintStream;

/** One line on a terminal that changes in place, from the second second on; nothing in a pipe. */
final class TerminalProgress implements Progress, AutoCloseable {

    private static final long PATIENCE = 1_000_000_000L;
    private static final long PAUSE = 100_000_000L;

    private final PrintStream err;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private long last;
    private boolean shown;

    TerminalProgress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** {@return progress on standard error when somebody can see it} */
    static TerminalProgress create() {
        // A console is there when both standard input and output are terminals; TERM=dumb cannot rewrite a line.
        boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
        return new TerminalProgress(System.err, terminal);
    }

    @Override
    public synchronized void update(String step, long done, long total) {
        long now = System.nanoTime();
        if (!terminal || now - start < PATIENCE || now - last < PAUSE) {
            return;
        }
        last = now;
        shown = true;
        err.print("\r\u001B[K" + step + (total > 0 ? " " + done + "/" + total : ""));
        err.flush();
    }

    @Override
    public synchronized void close() {
        if (shown) {
            err.print("\r\u001B[K");
            err.flush();
        }
    }
}
