package io.jenkins.plugins.scmchecks.step;

import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Tells the build log of long work, once in a while. */
final class LogProgress implements Progress {

    private static final long EVERY = TimeUnit.SECONDS.toNanos(15);

    private final PrintStream log;
    private final AtomicLong next = new AtomicLong(System.nanoTime() + EVERY);

    LogProgress(PrintStream log) {
        this.log = log;
    }

    @Override
    public void update(String step, long done, long total) {
        long due = next.get();
        long now = System.nanoTime();
        if (now - due >= 0 && next.compareAndSet(due, now + EVERY)) {
            log.println("[scmCheck] " + step + ": " + done + (total > 0 ? " of " + total : ""));
        }
    }
}
