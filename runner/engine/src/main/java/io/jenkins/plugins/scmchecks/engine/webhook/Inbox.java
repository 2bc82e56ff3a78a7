package io.jenkins.plugins.scmchecks.engine.webhook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Verified deliveries between their acknowledgement and their handling. What was accepted is on the disk: it is handled
 * once even if the process is killed, again only if it was killed while its handler ran. One that its provider sends
 * again is recognised. A handler that fails is called again later; in the end the delivery is parked with the reason.
 */
public final class Inbox implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Inbox.class.getName());

    private final InboxStore store;
    private final Settings settings;
    private final FairQueue queue = new FairQueue();
    private final List<Thread> workers = new ArrayList<>();
    private final ScheduledThreadPoolExecutor later;
    private volatile boolean closed;

    /** What became of a delivery that was offered. */
    public enum Receipt {
        /** On the disk, and handled soon. */
        ACCEPTED,
        /** Known already: acknowledge it, and do nothing more. */
        DUPLICATE,
        /** Too many of that integration wait: the sender should try again later. */
        OVERLOADED
    }

    /** Does what a delivery asks for. Called by several threads at once. */
    @FunctionalInterface
    public interface Handler {

        /**
         * @param deliveryId the provider's id of it
         * @throws Exception to be called again later
         */
        void handle(Delivery delivery, String deliveryId) throws Exception;
    }

    /**
     * @param threads that handle deliveries
     * @param pendingPerIntegration the most that wait; what comes then is {@link Receipt#OVERLOADED}
     * @param attempts how often a delivery is handled in all before it is parked
     * @param backoff how long to wait after the n-th failure, from 1
     * @param remember how many ended deliveries are recognised when they come again
     * @param rememberFor how long they are; GitHub sends again within three days
     * @param deadLetters how many parked ones are kept
     */
    public record Settings(
            int threads,
            int pendingPerIntegration,
            int attempts,
            IntFunction<Duration> backoff,
            int remember,
            Duration rememberFor,
            int deadLetters) {

        /** Two threads, five attempts within about a quarter of an hour, a week's memory. */
        public static final Settings DEFAULT = new Settings(
                2,
                10_000,
                5,
                failures -> Duration.ofSeconds(4L << 2 * Math.min(failures, 4)),
                100_000,
                Duration.ofDays(7),
                1_000);

        public Settings {
            Objects.requireNonNull(backoff, "backoff");
            Objects.requireNonNull(rememberFor, "rememberFor");
            if (threads < 1 || pendingPerIntegration < 1 || attempts < 1 || remember < 0 || deadLetters < 0) {
                throw new IllegalArgumentException("the inbox needs a thread, room and an attempt at least");
            }
        }
    }

    /**
     * A delivery that could not be handled.
     *
     * @param attempts how often it was tried
     * @param reason of the last failure
     */
    public record DeadLetter(
            String integration, String deliveryId, Instant receivedAt, int attempts, String reason) {}

    private Inbox(InboxStore store, Settings settings) throws IOException {
        this.store = store;
        this.settings = settings;
        this.later = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "scm-checks-inbox-retry"));
        later.setRemoveOnCancelPolicy(true);
        store.waiting().forEach((number, integration) -> queue.add(integration, number));
    }

    /**
     * @param file of the store; its folder is made if need be; a damaged file is moved aside
     * @throws IOException when it cannot be opened, or another process has it open
     */
    public static Inbox open(Path file, Settings settings, Clock clock) throws IOException {
        return new Inbox(InboxStore.open(file, settings, clock), settings);
    }

    /**
     * Takes a verified delivery. When this returns, it is on the disk.
     *
     * @param deliveryId the provider's, the same when it is sent again
     * @throws IOException when it could not be written: it must not be acknowledged then
     */
    public Receipt accept(Delivery delivery, String deliveryId) throws IOException {
        if (closed) {
            throw new IOException("the webhook inbox is closed");
        }
        long number = store.add(new StoredDelivery(delivery, deliveryId, 0, ""));
        if (number == -1) {
            return Receipt.DUPLICATE;
        }
        if (number == -2) {
            return Receipt.OVERLOADED;
        }
        queue.add(delivery.integration(), number);
        return Receipt.ACCEPTED;
    }

    /** Begins to handle: first what was left from before, in the order in which it came. */
    public void start(Handler handler) {
        synchronized (workers) {
            if (!workers.isEmpty()) {
                throw new IllegalStateException("already started");
            }
            for (int i = 1; i <= settings.threads(); i++) {
                workers.add(daemon(() -> work(handler), "scm-checks-inbox-" + i));
            }
            workers.forEach(Thread::start);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void work(Handler handler) {
        while (!closed) {
            try {
                long number = queue.take();
                handle(handler, number, store.read(number));
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                if (!closed) {
                    LOGGER.log(Level.SEVERE, e, () -> "The webhook inbox does not work");
                }
            }
        }
    }

    private void handle(Handler handler, long number, StoredDelivery stored) throws IOException, InterruptedException {
        try {
            handler.handle(stored.delivery(), stored.id());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            if (!closed) {
                failed(number, stored.failed(e.toString()), e);
            }
            return;
        }
        store.finish(number);
    }

    private void failed(long number, StoredDelivery failed, Throwable cause) throws IOException {
        if (failed.attempts() >= settings.attempts()) {
            LOGGER.log(Level.WARNING, cause, () -> "Delivery " + failed.key() + " failed " + failed.attempts()
                    + " times and is parked");
            store.park(number, failed);
            return;
        }
        LOGGER.log(Level.INFO, cause, () -> "Delivery " + failed.key() + " failed and will be tried again");
        store.retryLater(number, failed);
        Duration wait = settings.backoff().apply(failed.attempts());
        if (wait.isZero()) {
            queue.add(failed.delivery().integration(), number);
        } else {
            later.schedule(
                    () -> queue.add(failed.delivery().integration(), number), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** {@return how many wait, or are being handled} */
    public int pending() throws IOException {
        return store.size();
    }

    /** {@return the parked deliveries, the oldest first} */
    public List<DeadLetter> deadLetters() throws IOException {
        return store.parked().stream()
                .map(d -> new DeadLetter(
                        d.delivery().integration(), d.id(), d.delivery().receivedAt(), d.attempts(), d.problem()))
                .toList();
    }

    /** Handles a parked delivery again; {@return whether there is such a one} */
    public boolean retry(DeadLetter letter) throws IOException {
        long number = store.unpark(StoredDelivery.key(letter.integration(), letter.deliveryId()));
        if (number >= 0) {
            queue.add(letter.integration(), number);
        }
        return number >= 0;
    }

    /** Stops handling; what is not ended is handled after the next start. Waits a few seconds for running handlers. */
    @Override
    public void close() {
        closed = true;
        later.shutdownNow();
        synchronized (workers) {
            workers.forEach(Thread::interrupt);
            try {
                for (Thread worker : workers) {
                    worker.join(TimeUnit.SECONDS.toMillis(5));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        store.close();
    }
}
