package io.jenkins.plugins.scmchecks.engine.webhook;

import io.jenkins.plugins.scmchecks.engine.webhook.InboxState.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The inbox's file and what it says, which never differ. The file is written anew, with what is still of use, when that
 * is the smaller part of it. Not thread-safe.
 */
final class InboxLog implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(InboxLog.class.getName());

    /** What one frame of a file that is written anew holds. */
    private static final int PORTION = 4 << 20;

    private final Path file;
    private final FileChannel lock;
    private final Clock clock;
    private final long spare;
    private InboxState state = new InboxState();
    private RecordLog log;
    /** How large the file may become before it is tried again to write it anew, if that failed. */
    private long most;

    private InboxLog(Path file, FileChannel lock, Clock clock, long spare) throws IOException {
        this.file = file;
        this.lock = lock;
        this.clock = clock;
        this.spare = spare;
        this.log = load();
    }

    /**
     * Opens the file. Of a damaged one a copy is put aside, since a webhook that cannot be taken is worse than one
     * that is lost.
     *
     * @param spare what the file may hold that is of no use any more, in bytes, besides once more what is
     * @throws IOException when it cannot be opened, or another process has it open
     */
    static InboxLog open(Path file, Clock clock, long spare) throws IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(folder(absolute));
        FileChannel lock = FileChannel.open(
                sibling(absolute, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!isLocked(lock)) {
                throw new IOException(file + " is in use by another process");
            }
            return new InboxLog(absolute, lock, clock, spare);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static boolean isLocked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file is in a folder");
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

    InboxState state() {
        return state;
    }

    /** Does what a record says, and adds it to the file with the next {@link #flush}. */
    void record(byte[] record) {
        state.apply(record, log.append(record));
    }

    /** The same for a delivery that comes in, as {@link StoredDelivery#toBytes} has it. */
    void accept(long number, StoredDelivery delivery, byte[] bytes) {
        byte[] head = InboxState.accepted(number);
        state.accept(number, delivery, log.append(head, bytes), head.length + bytes.length);
    }

    /** {@return a delivery that waits or is parked, and was flushed} */
    StoredDelivery read(Place place) throws IOException {
        StoredDelivery first = StoredDelivery.of(log.read(place.offset(), place.length()));
        return new StoredDelivery(first.delivery(), first.id(), place.attempts(), place.problem());
    }

    /** When this returns, all records are on the disk. */
    void flush() throws IOException {
        log.flush();
        if (log.size() > Math.max(most, spare + 2 * state.live())) {
            Path anew = sibling(file, ".new");
            if (writeTo(anew)) {
                replaceBy(anew);
            }
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
            RecordLog.syncFolder(folder(file));
        } finally {
            // Whichever of the two is there says the same.
            state = new InboxState();
            log = RecordLog.open(file, state::apply, this::keepAside);
        }
    }

    private static long flushPortion(RecordLog log, long portion) throws IOException {
        if (portion < PORTION) {
            return portion;
        }
        log.flush();
        return 0;
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            log.close();
        }
    }
}
