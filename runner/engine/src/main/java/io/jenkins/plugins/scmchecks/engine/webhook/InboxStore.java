package io.jenkins.plugins.scmchecks.engine.webhook;

import io.jenkins.plugins.scmchecks.engine.webhook.InboxState.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The inbox on disk. Every change is in the file, and the file on the disk, before its method returns; all that waits
 * for the disk at one time is one write.
 */
final class InboxStore implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(InboxStore.class.getName());

    /** What the file may hold that is of no use any more, besides once more what is. */
    private static final long SPARE = 64L << 20;

    /** Deliveries that are kept in memory until they are handled, so that they need not be read again. */
    private static final long IN_MEMORY = 16L << 20;

    private final InboxLog log;
    private final Inbox.Settings settings;
    private final Clock clock;
    private final Map<Long, StoredDelivery> inMemory = new ConcurrentHashMap<>();
    private long bytesInMemory;
    private final DiskThread disk;

    private InboxStore(InboxLog log, Inbox.Settings settings, Clock clock) {
        this.log = log;
        this.settings = settings;
        this.clock = clock;
        forgetOld();
        disk = new DiskThread("scm-checks-inbox-disk", this::flush);
    }

    /** Opens the file, see {@link InboxLog#open}. */
    static InboxStore open(Path file, Inbox.Settings settings, Clock clock) throws IOException {
        return open(file, settings, clock, SPARE);
    }

    static InboxStore open(Path file, Inbox.Settings settings, Clock clock, long spare) throws IOException {
        return new InboxStore(InboxLog.open(file, clock, spare), settings, clock);
    }

    /** {@return the waiting deliveries' numbers with their integrations, the oldest first} */
    Map<Long, String> waiting() throws IOException {
        return change(() -> {
            Map<Long, String> waiting = new LinkedHashMap<>();
            log.state().waiting().forEach((number, place) -> waiting.put(number, place.integration()));
            return waiting;
        });
    }

    /** {@return its number; -1 when it is known already, -2 when too many wait} */
    long add(StoredDelivery delivery) throws IOException {
        byte[] bytes = delivery.toBytes();
        long[] added = {-1};
        try {
            return change(() -> {
                if (log.state().isKnown(delivery.key())) {
                    return -1L;
                }
                if (log.state().waitingOf(delivery.delivery().integration()) >= settings.pendingPerIntegration()) {
                    return -2L;
                }
                added[0] = log.state().nextNumber();
                log.accept(added[0], delivery, bytes);
                keepInMemory(added[0], delivery, bytes.length);
                return added[0];
            });
        } catch (IOException e) {
            takeBack(added[0]);
            throw e;
        }
    }

    /** What could not be written was not accepted: when it is sent again, it must not be taken for a repetition. */
    private void takeBack(long number) {
        try {
            change(() -> {
                if (number >= 0) {
                    log.record(InboxState.dropped(number));
                    forgetInMemory(number);
                }
                return null;
            });
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The disk still fails; the record is written with the next one", e);
        }
    }

    private void keepInMemory(long number, StoredDelivery delivery, int length) {
        if (bytesInMemory + length <= IN_MEMORY) {
            bytesInMemory += length;
            inMemory.put(number, delivery);
        }
    }

    private void forgetInMemory(long number) {
        if (inMemory.remove(number) != null) {
            Place place = log.state().waiting().get(number);
            bytesInMemory -= place == null ? 0 : place.length();
        }
    }

    StoredDelivery read(long number) throws IOException {
        StoredDelivery known = inMemory.get(number);
        return known != null ? known : change(() -> delivery(log.state().waiting().get(number)));
    }

    private StoredDelivery delivery(Place place) {
        try {
            return log.read(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void finish(long number) throws IOException {
        change(() -> {
            forgetInMemory(number);
            log.record(InboxState.finished(number, clock.millis()));
            forgetOld();
            return null;
        });
    }

    void retryLater(long number, StoredDelivery failed) throws IOException {
        change(() -> {
            forgetInMemory(number);
            log.record(InboxState.failed(number, failed.attempts(), failed.problem(), false));
            return null;
        });
    }

    /** Puts it away for people to look at; its id stays known, so that a repetition does not bring it back. */
    void park(long number, StoredDelivery failed) throws IOException {
        change(() -> {
            forgetInMemory(number);
            log.record(InboxState.failed(number, failed.attempts(), failed.problem(), true));
            while (log.state().parked().size() > settings.deadLetters()) {
                log.record(InboxState.dropped(log.state().parked().firstKey()));
            }
            return null;
        });
    }

    /** {@return the number of a parked delivery that waits again, or -1} */
    long unpark(String key) throws IOException {
        return change(() -> {
            Long number = log.state().numberOf(key);
            if (number == null || !log.state().parked().containsKey(number)) {
                return -1L;
            }
            log.record(InboxState.unparked(number));
            return number;
        });
    }

    List<StoredDelivery> parked() throws IOException {
        return change(() -> {
            List<StoredDelivery> parked = new ArrayList<>();
            log.state().parked().values().forEach(place -> parked.add(delivery(place)));
            return parked;
        });
    }

    int size() throws IOException {
        return change(() -> log.state().waiting().size());
    }

    private void forgetOld() {
        log.state().forget(settings.remember(), clock.instant().minus(settings.rememberFor()).toEpochMilli());
    }

    private void flush() {
        try {
            log.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T change(Supplier<T> change) throws IOException {
        try {
            return disk.call(change);
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new IOException("the webhook inbox cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        disk.close();
        try {
            log.close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "What was written is on the disk all the same", e);
        }
    }
}
