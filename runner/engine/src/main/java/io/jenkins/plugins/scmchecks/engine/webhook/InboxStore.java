package io.jenkins.plugins.scmchecks.engine.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The inbox on disk. Every change is in the file, and the file on the disk, before its method returns; changes that
 * belong together are never apart in the file.
 */
final class InboxStore implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(InboxStore.class.getName());

    /** Every write is synced, so old space need not be kept for long before it is used again. */
    private static final int KEEP_FREED_SPACE_MILLIS = 2_000;

    /** Freed space is used again, so the file stays about as large as the most that ever waited. */
    private static final int COMPACT_EVERY = 2_000;

    private final MVStore store;
    private final MVMap<Long, byte[]> pending;
    private final MVMap<Long, byte[]> dead;
    private final MVMap<String, Long> known;
    /** In the order in which they ended; each with the time and the key in {@link #known}. */
    private final MVMap<Long, String> finished;

    private final Inbox.Settings settings;
    private final Clock clock;
    private final Map<String, Integer> pendingOf = new LinkedHashMap<>();
    private long nextNumber;
    private int finishedSinceCompaction;
    private final DiskThread disk;

    private InboxStore(MVStore store, Inbox.Settings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.pending = map("pending", ByteArrayDataType.INSTANCE);
        this.dead = map("dead", ByteArrayDataType.INSTANCE);
        this.finished = map("finished", StringDataType.INSTANCE);
        this.known = store.openMap("known", new MVMap.Builder<String, Long>()
                .keyType(StringDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE));
        pending.forEach((number, bytes) ->
                pendingOf.merge(StoredDelivery.of(bytes).delivery().integration(), 1, Integer::sum));
        dead.forEach((number, bytes) -> StoredDelivery.of(bytes));
        finished.forEach((number, entry) -> entry.indexOf(' '));
        nextNumber = 1 + Math.max(last(pending), Math.max(last(dead), last(finished)));
        disk = new DiskThread("scm-checks-inbox-disk", this::flush);
    }

    /** Opens the file; a damaged one is moved aside, since a webhook that cannot be taken is worse than one lost. */
    static InboxStore open(Path file, Inbox.Settings settings, Clock clock) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            return load(file, settings, clock);
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new IOException(file + " is in use by another process", e);
            }
            return afresh(file, settings, clock, e);
        } catch (IllegalStateException e) {
            return afresh(file, settings, clock, e);
        }
    }

    private static InboxStore load(Path file, Inbox.Settings settings, Clock clock) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .open();
        try {
            store.setVersionsToKeep(0);
            store.setRetentionTime(KEEP_FREED_SPACE_MILLIS);
            return new InboxStore(store, settings, clock);
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
    }

    private static InboxStore afresh(Path file, Inbox.Settings settings, Clock clock, RuntimeException cause)
            throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + clock.millis());
        Files.move(file, aside);
        LOGGER.log(
                Level.SEVERE,
                cause,
                () -> "The webhook inbox " + file + " is damaged: it was moved to " + aside + " and a new one was"
                        + " begun. Deliveries that were not handled yet are in that file only; send them again at the"
                        + " provider.");
        return load(file, settings, clock);
    }

    private <V> MVMap<Long, V> map(String name, org.h2.mvstore.type.DataType<V> type) {
        return store.openMap(name, new MVMap.Builder<Long, V>().keyType(LongDataType.INSTANCE).valueType(type));
    }

    private static long last(MVMap<Long, ?> map) {
        return map.isEmpty() ? 0 : map.lastKey();
    }

    /** {@return the waiting deliveries' numbers with their integrations, the oldest first} */
    Map<Long, String> waiting() throws IOException {
        return change(() -> {
            Map<Long, String> waiting = new LinkedHashMap<>();
            pending.forEach((number, bytes) ->
                    waiting.put(number, StoredDelivery.of(bytes).delivery().integration()));
            return waiting;
        });
    }

    /** {@return its number; -1 when it is known already, -2 when too many wait} */
    long add(StoredDelivery delivery) throws IOException {
        String integration = delivery.delivery().integration();
        return change(() -> {
            if (known.containsKey(delivery.key())) {
                return -1L;
            }
            if (pendingOf.getOrDefault(integration, 0) >= settings.pendingPerIntegration()) {
                return -2L;
            }
            long number = nextNumber++;
            pending.put(number, delivery.toBytes());
            known.put(delivery.key(), number);
            pendingOf.merge(integration, 1, Integer::sum);
            return number;
        });
    }

    StoredDelivery read(long number) throws IOException {
        return change(() -> StoredDelivery.of(pending.get(number)));
    }

    void finish(long number, StoredDelivery delivery) throws IOException {
        change(() -> {
            leave(number, delivery);
            finished.put(nextNumber++, clock.millis() + " " + delivery.key());
            forgetOld();
            if (++finishedSinceCompaction >= COMPACT_EVERY) {
                finishedSinceCompaction = 0;
                store.compact(50, 4 * 1024 * 1024);
            }
            return null;
        });
    }

    void retryLater(long number, StoredDelivery failed) throws IOException {
        change(() -> pending.put(number, failed.toBytes()));
    }

    /** Puts it away for people to look at; its id stays known, so that a repetition does not bring it back. */
    void park(long number, StoredDelivery failed) throws IOException {
        change(() -> {
            leave(number, failed);
            dead.put(number, failed.toBytes());
            while (dead.sizeAsLong() > settings.deadLetters()) {
                StoredDelivery oldest = StoredDelivery.of(dead.remove(dead.firstKey()));
                known.remove(oldest.key());
            }
            return null;
        });
    }

    /** {@return the number of a parked delivery that waits again, or -1} */
    long unpark(String key) throws IOException {
        return change(() -> {
            Long number = known.get(key);
            byte[] bytes = number == null ? null : dead.remove(number);
            if (bytes == null) {
                return -1L;
            }
            StoredDelivery delivery = StoredDelivery.of(bytes).fresh();
            pending.put(number, delivery.toBytes());
            pendingOf.merge(delivery.delivery().integration(), 1, Integer::sum);
            return number;
        });
    }

    List<StoredDelivery> parked() throws IOException {
        return change(() -> {
            List<StoredDelivery> parked = new ArrayList<>();
            dead.forEach((number, bytes) -> parked.add(StoredDelivery.of(bytes)));
            return parked;
        });
    }

    int size() throws IOException {
        return change(pending::size);
    }

    private void leave(long number, StoredDelivery delivery) {
        pending.remove(number);
        pendingOf.merge(delivery.delivery().integration(), -1, (a, b) -> a + b == 0 ? null : a + b);
    }

    private void forgetOld() {
        long oldest = Instant.now(clock).minus(settings.rememberFor()).toEpochMilli();
        while (!finished.isEmpty()) {
            Long first = finished.firstKey();
            String[] entry = finished.get(first).split(" ", 2);
            if (finished.sizeAsLong() <= settings.remember() && Long.parseLong(entry[0]) >= oldest) {
                return;
            }
            finished.remove(first);
            known.remove(entry[1]);
        }
    }

    private void flush() {
        if (store.hasUnsavedChanges()) {
            store.commit();
            store.sync();
        }
    }

    private <T> T change(Supplier<T> change) throws IOException {
        try {
            return disk.call(change);
        } catch (MVStoreException | IllegalStateException e) {
            throw new IOException("the webhook inbox cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        disk.close();
        store.close();
    }
}
