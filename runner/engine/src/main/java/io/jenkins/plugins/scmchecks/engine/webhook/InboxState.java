package io.jenkins.plugins.scmchecks.engine.webhook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the inbox's records say, one after the other: which deliveries wait, which are parked, which are known. The
 * deliveries themselves stay where they are. Not thread-safe.
 */
final class InboxState {

    /** A delivery in the log. {@code offset} and {@code length} are those of its {@link StoredDelivery}. */
    record Place(String integration, String key, long offset, int length, int attempts, String problem) {

        Place failed(int times, String why) {
            return new Place(integration, key, offset, length, times, why);
        }
    }

    /** One that ended, and is still recognised. */
    private record Ended(long time, String key) {}

    private static final byte ACCEPTED = 'A';
    private static final byte FAILED = 'F';
    private static final byte FINISHED = 'E';
    private static final byte PARKED = 'P';
    private static final byte UNPARKED = 'U';
    private static final byte DROPPED = 'D';
    private static final byte KNOWN = 'K';
    private static final int HEAD = 1 + Long.BYTES;

    private final Map<Long, Place> waiting = new TreeMap<>();
    private final TreeMap<Long, Place> parked = new TreeMap<>();
    private final Map<String, Long> known = new HashMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private final Map<String, Integer> waitingOf = new HashMap<>();
    private long live;
    private long nextNumber = 1;

    Map<Long, Place> waiting() {
        return waiting;
    }

    TreeMap<Long, Place> parked() {
        return parked;
    }

    boolean isKnown(String key) {
        return known.containsKey(key);
    }

    /** {@return the number of a delivery that waits or is parked; null for others} */
    Long numberOf(String key) {
        return known.get(key);
    }

    int waitingOf(String integration) {
        return waitingOf.getOrDefault(integration, 0);
    }

    long nextNumber() {
        return nextNumber;
    }

    /** {@return how many bytes of the log are of deliveries that wait or are parked} */
    long live() {
        return live;
    }

    /** What goes before the bytes of a {@link StoredDelivery}. */
    static byte[] accepted(long number) {
        return head(ACCEPTED, number);
    }

    static byte[] failed(long number, int attempts, String problem, boolean park) {
        return record(park ? PARKED : FAILED, number, out -> {
            out.writeInt(attempts);
            out.write(problem.getBytes(StandardCharsets.UTF_8));
        });
    }

    static byte[] finished(long number, long time) {
        return record(FINISHED, number, out -> out.writeLong(time));
    }

    static byte[] unparked(long number) {
        return head(UNPARKED, number);
    }

    /** A delivery that is forgotten, and no longer recognised. */
    static byte[] dropped(long number) {
        return head(DROPPED, number);
    }

    /** {@return the records that recognise what ended, for a log that begins anew} */
    Iterable<byte[]> ended() {
        return () -> ended.stream()
                .map(one -> record(KNOWN, one.time, out -> out.write(one.key.getBytes(StandardCharsets.UTF_8))))
                .iterator();
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] head(byte kind, long number) {
        return record(kind, number, out -> {});
    }

    private static byte[] record(byte kind, long number, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind);
            out.writeLong(number);
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Does what a record says.
     *
     * @param offset of the record's bytes in the log
     * @throws IllegalStateException when it is none
     */
    void apply(byte[] record, long offset) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            byte kind = in.readByte();
            long number = in.readLong();
            switch (kind) {
                case ACCEPTED -> accept(
                        number,
                        StoredDelivery.of(Arrays.copyOfRange(record, HEAD, record.length)),
                        offset,
                        record.length);
                case FAILED -> waiting.computeIfPresent(
                        number, (n, place) -> place.failed(attempts(record), problem(record)));
                case PARKED -> park(number, attempts(record), problem(record));
                case FINISHED -> finish(number, in.readLong());
                case UNPARKED -> unpark(number);
                case DROPPED -> drop(number);
                case KNOWN -> end(number, new String(record, HEAD, record.length - HEAD, StandardCharsets.UTF_8));
                default -> throw new IllegalStateException("a record of the unknown kind " + kind + " is stored");
            }
        } catch (IOException e) {
            throw new IllegalStateException("a stored record is cut off", e);
        }
    }

    private static int attempts(byte[] record) {
        return ByteBuffer.wrap(record).getInt(HEAD);
    }

    private static String problem(byte[] record) {
        int from = HEAD + Integer.BYTES;
        return new String(record, from, record.length - from, StandardCharsets.UTF_8);
    }

    /**
     * Takes a delivery in.
     *
     * @param offset of the record that says so
     * @param size of that record
     */
    void accept(long number, StoredDelivery delivery, long offset, int size) {
        String integration = delivery.delivery().integration();
        known.put(delivery.key(), number);
        begin(number, new Place(
                integration, delivery.key(), offset + HEAD, size - HEAD, delivery.attempts(), delivery.problem()));
        live += size - HEAD;
    }

    private void begin(long number, Place place) {
        waiting.put(number, place);
        waitingOf.merge(place.integration, 1, Integer::sum);
        nextNumber = Math.max(nextNumber, number + 1);
    }

    private Place leave(long number) {
        Place place = waiting.remove(number);
        if (place != null) {
            waitingOf.merge(place.integration, -1, (a, b) -> a + b == 0 ? null : a + b);
        }
        return place;
    }

    private void finish(long number, long time) {
        Place place = leave(number);
        if (place != null) {
            live -= place.length;
            end(time, place.key);
        }
    }

    private void end(long time, String key) {
        known.put(key, null);
        ended.add(new Ended(time, key));
    }

    private void park(long number, int attempts, String problem) {
        Place place = leave(number);
        if (place != null) {
            parked.put(number, place.failed(attempts, problem));
        }
    }

    private void unpark(long number) {
        Place place = parked.remove(number);
        if (place != null) {
            begin(number, place.failed(0, ""));
        }
    }

    private void drop(long number) {
        Place place = waiting.containsKey(number) ? leave(number) : parked.remove(number);
        if (place != null) {
            live -= place.length;
            known.remove(place.key);
        }
    }

    /** Forgets what ended before a time, and what is more than so many. */
    void forget(int remember, long before) {
        while (!ended.isEmpty() && (ended.size() > remember || ended.peek().time < before)) {
            known.remove(ended.remove().key);
        }
    }
}
