package io.jenkins.plugins.scmchecks.engine.analysis.store;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * One file of results, which never changes once it has its name: a count, the sorted keys with the place and the day of
 * each result, the results, and a checksum of it all.
 */
final class Segment {

    /** A result, and the day on which it was last of use, counted from 1970. */
    record Result(byte[] bytes, int day) {}

    private static final int MAGIC = 0x53434d31;
    private static final int HEADER = 2 * Integer.BYTES;
    private static final int KEY = 2 * Long.BYTES + 3 * Integer.BYTES;
    private static final int CHECKSUM = Long.BYTES;

    private final Path file;
    private final ByteBuffer content;
    private final int count;

    private Segment(Path file, ByteBuffer content, int count) {
        this.file = file;
        this.content = content;
        this.count = count;
    }

    /** @throws IOException when the file cannot be read, or is not as it was written */
    static Segment read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer content = ByteBuffer.wrap(bytes);
        int body = bytes.length - CHECKSUM;
        if (body < HEADER || content.getInt(0) != MAGIC) {
            throw new IOException("it is none");
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, body);
        int count = content.getInt(Integer.BYTES);
        if (content.getLong(body) != checksum.getValue() || count < 0 || count > (body - HEADER) / KEY) {
            throw new IOException("its checksum is wrong");
        }
        return new Segment(file, content, count);
    }

    /** Writes results to a file that is there as a whole or not at all, whoever else writes or dies. */
    static void write(Path file, SortedMap<ResultKey, Result> results) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ResultDirectory.UNFINISHED);
        CRC32 checksum = new CRC32();
        try (DataOutputStream out = new DataOutputStream(new CheckedOutputStream(
                new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16), checksum))) {
            out.writeInt(MAGIC);
            out.writeInt(results.size());
            int at = HEADER + KEY * results.size();
            for (Map.Entry<ResultKey, Result> result : results.entrySet()) {
                out.writeLong(result.getKey().high());
                out.writeLong(result.getKey().low());
                out.writeInt(at);
                out.writeInt(result.getValue().bytes.length);
                out.writeInt(result.getValue().day);
                at += result.getValue().bytes.length;
            }
            for (Result result : results.values()) {
                out.write(result.bytes);
            }
            out.writeLong(checksum.getValue());
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Path file() {
        return file;
    }

    int size() {
        return content.capacity();
    }

    /** {@return the result, or null} */
    byte[] get(ResultKey key) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = key(middle).compareTo(key);
            if (order == 0) {
                return bytes(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** Adds all that is here to what is to be written again. */
    void addTo(Map<ResultKey, Result> results) {
        for (int i = 0; i < count; i++) {
            results.putIfAbsent(key(i), new Result(bytes(i), content.getInt(place(i) + 24)));
        }
    }

    private static int place(int index) {
        return HEADER + KEY * index;
    }

    private ResultKey key(int index) {
        return new ResultKey(content.getLong(place(index)), content.getLong(place(index) + Long.BYTES));
    }

    private byte[] bytes(int index) {
        byte[] bytes = new byte[content.getInt(place(index) + 20)];
        content.get(content.getInt(place(index) + 16), bytes);
        return bytes;
    }
}
