package io.jenkins.plugins.scmchecks.engine.webhook;

import io.jenkins.plugins.scmchecks.engine.webhook.InboxState.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
 * for the disk at one time is one write. The file is written anew, with what is still of use, when that is the smaller
 * part of it.
 */
final class InboxStore implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(InboxStore.class.getName());

    /** What the file may hold that is of no use any more, besides once more what is. */
    private static final long SPARE = 64L << 20;

    /** Deliveries that are kept in memory until they are handled, so that they need not be read again. */
    private static final long IN_MEMORY = 16L << 20;

    /** What one frame of a file that is written anew holds. */
    private static final int PORTION = 4 << 20;

    private final Path file;
    private final FileChannel lock;
    private final Inbox.Settings settings;
    private final Clock clock;
    private final long spare;
    private final Map<Long, StoredDelivery> inMemory = new ConcurrentHashMap<>();
    private long bytesInMemory;
    /** How large the file may become before it is tried again to write it anew, if that failed. */
    private long most;
    private InboxState state;
    private RecordLog log;
    private final DiskThread disk;

    private InboxStore(Path file, FileChannel lock, Inbox.Settings settings, Clock clock, long spare)
            throws IOException {
        this.file = file;
        this.lock = lock;
        this.settings = settings;
        this.clock = clock;
        this.spare = spare;
        this.state = new InboxState();
        this.log = load();
        forgetOld();
        disk = new DiskThread("scm-checks-inbox-disk", this::flush);
    }

    /** Opens the file; a damaged one is put aside, since a webhook that cannot be taken is worse than one lost. */
    static InboxStore open(Path file, Inbox.Settings settings, Clock clock) throws IOException {
        return open(file, settings, clock, SPARE);
    }

    static InboxStore open(Path file, Inbox.Settings settings, Clock clock, long spare) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        FileChannel lock = FileChannel.open(
                sibling(file, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = tryLock(lock);
            if (held == null) {
                throw new IOException(file + " is in use by another process");
            }
            return new InboxStore(file.toAbsolutePath(), lock, settings, clock, spare);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel lock) throws IOException {
        try {
            return lock.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private RecordLog load() throws IOException {
        Files.deleteIfExists(sibling(file, ".new"));
        try {
            return RecordLog.open(file, state::apply, this::keepAside);
        } catch (IllegalStateException e) {
            // Whole frames that nobody of ours wrote: a later version, perhaps.
            keepAside(e.getMessage());
            Files.delete(file);
            state = new InboxState();
            return RecordLog.open(file, state::apply, this::keepAside);
        }
    }

    private void keepAside(String what) throws IOException {
        Path aside = sibling(file, ".damaged-" + clock.millis());
        Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
        LOGGER.severe(() -> "The webhook inbox " + file + " is damaged: " + what + ". It was copied to " + aside
                + ", and what could be read of it is kept. Deliveries that were not handled yet may be in that copy"
                + " only; send them again at the provider.");
    }

    /** {@return the waiting deliveries' numbers with their integrations, the oldest first} */
    Map<Long, String> waiting() throws IOException {
        return change(() -> {
            Map<Long, String> waiting = new LinkedHashMap<>();
            state.waiting().forEach((number, place) -> waiting.put(number, place.integration()));
            return waiting;
        });
    }

    /** {@return its number; -1 when it is known already, -2 when too many wait} */
    long add(StoredDelivery delivery) throws IOException {
        byte[] bytes = delivery.toBytes();
        long[] added = {-1};
        try {
            return change(() -> {
                if (state.isKnown(delivery.key())) {
                    return -1L;
                }
                if (state.waitingOf(delivery.delivery().integration()) >= settings.pendingPerIntegration()) {
                    return -2L;
                }
                added[0] = state.nextNumber();
                byte[] head = InboxState.accepted(added[0]);
                state.accept(added[0], delivery, log.append(head, bytes), head.length + bytes.length);
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
                    record(InboxState.dropped(number));
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
            Place place = state.waiting().get(number);
            bytesInMemory -= place == null ? 0 : place.length();
        }
    }

    StoredDelivery read(long number) throws IOException {
        StoredDelivery known = inMemory.get(number);
        return known != null ? known : change(() -> delivery(state.waiting().get(number)));
    }

    private StoredDelivery delivery(Place place) {
        try {
            StoredDelivery first = StoredDelivery.of(log.read(place.offset(), place.length()));
            return new StoredDelivery(first.delivery(), first.id(), place.attempts(), place.problem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void finish(long number) throws IOException {
        change(() -> {
            forgetInMemory(number);
            record(InboxState.finished(number, clock.millis()));
            forgetOld();
            return null;
        });
    }

    void retryLater(long number, StoredDelivery failed) throws IOException {
        change(() -> {
            forgetInMemory(number);
            record(InboxState.failed(number, failed.attempts(), failed.problem(), false));
            return null;
        });
    }

    /** Puts it away for people to look at; its id stays known, so that a repetition does not bring it back. */
    void park(long number, StoredDelivery failed) throws IOException {
        change(() -> {
            forgetInMemory(number);
            record(InboxState.failed(number, failed.attempts(), failed.problem(), true));
            while (state.parked().size() > settings.deadLetters()) {
                record(InboxState.dropped(state.parked().firstKey()));
            }
            return null;
        });
    }

    /** {@return the number of a parked delivery that waits again, or -1} */
    long unpark(String key) throws IOException {
        return change(() -> {
            Long number = state.numberOf(key);
            if (number == null || !state.parked().containsKey(number)) {
                return -1L;
            }
            record(InboxState.unparked(number));
            return number;
        });
    }

    List<StoredDelivery> parked() throws IOException {
        return change(() -> {
            List<StoredDelivery> parked = new ArrayList<>();
            state.parked().values().forEach(place -> parked.add(delivery(place)));
            return parked;
        });
    }

    int size() throws IOException {
        return change(() -> state.waiting().size());
    }

    private void record(byte[] record) {
        state.apply(record, log.append(record));
    }

    private void forgetOld() {
        state.forget(settings.remember(), clock.instant().minus(settings.rememberFor()).toEpochMilli());
    }

    private void flush() {
        try {
            log.flush();
            if (log.size() > Math.max(most, spare + 2 * state.live())) {
                Path anew = sibling(file, ".new");
                if (writeTo(anew)) {
                    replaceBy(anew);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return whether what is of use is in that file now; otherwise the old one does as well, for a while} */
    private boolean writeTo(Path anew) {
        try {
            write(anew);
            most = 0;
            return true;
        } catch (IOException e) {
            most = 2 * log.size();
            LOGGER.log(Level.WARNING, e, () -> "The webhook inbox " + file + " cannot be written anew, and grows");
            return false;
        }
    }

    private void write(Path anew) throws IOException {
        try (RecordLog written = RecordLog.create(anew)) {
            long portion = 0;
            for (byte[] known : state.ended()) {
                written.append(known);
                portion = flushPortion(written, portion + known.length);
            }
            List<Map.Entry<Long, Place>> all = new ArrayList<>(state.waiting().entrySet());
            all.addAll(state.parked().entrySet());
            for (Map.Entry<Long, Place> one : all) {
                Place place = one.getValue();
                long number = one.getKey();
                byte[] delivery = log.read(place.offset(), place.length());
                written.append(InboxState.accepted(number), delivery);
                boolean parked = state.parked().containsKey(number);
                if (parked || place.attempts() > 0) {
                    written.append(InboxState.failed(number, place.attempts(), place.problem(), parked));
                }
                portion = flushPortion(written, portion + delivery.length);
            }
            written.flush();
        }
    }

    /** Killed at any time, there is the old file or the new one. */
    private void replaceBy(Path anew) throws IOException {
        // Windows replaces no file that is open.
        log.close();
        try {
            Files.move(anew, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            RecordLog.syncFolder(file.getParent());
        } finally {
            // Whichever of the two is there says the same.
            state = new InboxState();
            log = RecordLog.open(file, state::apply, this::keepAside);
            forgetOld();
        }
    }

    private static long flushPortion(RecordLog log, long portion) throws IOException {
        if (portion < PORTION) {
            return portion;
        }
        log.flush();
        return 0;
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
            lock.close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "What was written is on the disk all the same", e);
        }
    }
}
