package io.jenkins.plugins.scmchecks.engine.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * The one thread that touches a store. What waits while the disk is busy is done together and flushed once (group
 * commit). Callers that are interrupted do not harm the store: an interrupt closes a Java file channel for good.
 */
final class DiskThread implements AutoCloseable {

    private static final int MOST_AT_ONCE = 1_024;

    private final LinkedBlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();
    private final Runnable flush;
    private final Thread thread;
    private volatile boolean closed;

    private static final class Task<T> {
        private final Supplier<T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private T result;

        Task(Supplier<T> work) {
            this.work = work;
        }

        void run() {
            try {
                result = work.get();
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        }

        void complete() {
            done.complete(result);
        }
    }

    /** @param flush brings what the tasks changed to the disk */
    DiskThread(String name, Runnable flush) {
        this.flush = flush;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until the work is done and flushed, whatever interrupts come.
     *
     * @throws RuntimeException what the work or the flush threw
     */
    <T> T call(Supplier<T> work) {
        Task<T> task = new Task<>(work);
        tasks.add(task);
        if (closed) {
            awaitEnd();
            cancelLeft(); // nobody else would
        }
        try {
            return task.done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } catch (CancellationException e) {
            throw new IllegalStateException("the store is closed", e);
        }
    }

    /** {@return how many wait for their turn} */
    int waiting() {
        return tasks.size();
    }

    private void run() {
        List<Task<?>> batch = new ArrayList<>();
        while (!closed || !tasks.isEmpty()) {
            batch.clear();
            try {
                batch.add(tasks.take());
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
            tasks.drainTo(batch, MOST_AT_ONCE - 1);
            batch.forEach(Task::run);
            try {
                flush.run();
                batch.forEach(Task::complete);
            } catch (RuntimeException | Error e) {
                batch.forEach(t -> t.done.completeExceptionally(e));
            }
        }
        cancelLeft();
    }

    private void cancelLeft() {
        for (Task<?> left = tasks.poll(); left != null; left = tasks.poll()) {
            left.done.cancel(false);
        }
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends after what was asked before. */
    @Override
    public void close() {
        if (!closed) {
            call(() -> closed = true); // a task, so that the thread is never interrupted while it writes
        }
        awaitEnd();
    }
}
