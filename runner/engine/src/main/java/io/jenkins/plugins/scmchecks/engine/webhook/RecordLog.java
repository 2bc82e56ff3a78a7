package io.jenkins.plugins.scmchecks.engine.webhook;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file to which records are appended, many in one write and one sync: a mark, then frames of a length, a checksum and
 * the records with their lengths. A frame that a killed process left half written is the last one, and is cut off; so
 * what a {@link #flush} returned from is there after any crash. Not thread-safe.
 */
final class RecordLog implements AutoCloseable {

    private static final byte[] MARK = "SCMLOG1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME = 2 * Integer.BYTES;
    private static final int BUFFER = 1 << 20;
    /** The most in one frame, far more than a webhook may be. */
    private static final int MAX_FRAME = 1 << 30;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final List<byte[]> waiting = new ArrayList<>();
    private long end;
    private long waitingBytes;

    /** Is given each record that a file holds, and where its bytes begin. */
    interface Reader {
        void record(byte[] bytes, long offset) throws IOException;
    }

    /** Is told, before that is cut off, that a file holds more than what could be read of it. */
    interface Damage {
        void found(String what) throws IOException;
    }

    private RecordLog(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /**
     * Opens a file, or makes one.
     *
     * @param reader of the records that it holds
     * @param damage is told when more than a crash has changed the file
     */
    static RecordLog open(Path file, Reader reader, Damage damage) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long end = read(channel, reader, damage);
            if (end == 0) {
                channel.write(ByteBuffer.wrap(MARK), 0);
                end = MARK.length;
            }
            channel.truncate(end);
            channel.force(true);
            return new RecordLog(channel, end);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** {@return where the next frame begins} */
    private static long read(FileChannel channel, Reader reader, Damage damage) throws IOException {
        long size = channel.size();
        DataInputStream in = new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(channel.position(0)), BUFFER));
        byte[] mark = in.readNBytes(MARK.length);
        if (!Arrays.equals(mark, 0, mark.length, MARK, 0, mark.length)) {
            damage.found("it does not begin as it should");
            return 0;
        }
        if (mark.length < MARK.length) {
            return 0;
        }
        long at = MARK.length;
        while (size - at >= FRAME) {
            int length = in.readInt();
            int checksum = in.readInt();
            boolean possible = length > 0 && length <= MAX_FRAME;
            if (possible && length > size - at - FRAME) {
                return at;
            }
            byte[] frame = possible ? in.readNBytes(length) : null;
            if (frame == null || checksum != checksum(List.of(frame))) {
                boolean last = frame != null ? at + FRAME + length == size : checksum == 0 && isZero(in);
                if (!last) {
                    damage.found("what stands at byte " + at + " is not as it was written");
                }
                return at;
            }
            give(frame, at + FRAME, reader);
            at += FRAME + length;
        }
        return at;
    }

    /** Space that a file system had given, and not yet filled, when the power went. */
    private static boolean isZero(DataInputStream in) throws IOException {
        byte[] rest = in.readNBytes(BUFFER);
        while (rest.length > 0) {
            for (byte b : rest) {
                if (b != 0) {
                    return false;
                }
            }
            rest = in.readNBytes(BUFFER);
        }
        return true;
    }

    private static void give(byte[] frame, long offset, Reader reader) throws IOException {
        ByteBuffer records = ByteBuffer.wrap(frame);
        while (records.hasRemaining()) {
            byte[] record = new byte[records.getInt()];
            long at = offset + records.position();
            records.get(record);
            reader.record(record, at);
        }
    }

    private static int checksum(List<byte[]> parts) {
        CRC32C checksum = new CRC32C();
        parts.forEach(part -> checksum.update(part, 0, part.length));
        return (int) checksum.getValue();
    }

    /** Adds a record, which may be in two parts, to the next frame; {@return where its bytes will begin} */
    long append(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        waiting.add(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        waiting.addAll(List.of(parts));
        long offset = end + FRAME + waitingBytes + Integer.BYTES;
        waitingBytes += Integer.BYTES + length;
        return offset;
    }

    /**
     * Writes the frame. When this returns, it is on the disk.
     *
     * @throws IOException when it could not be written; it is tried again with the next one
     */
    void flush() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        if (waitingBytes > MAX_FRAME) {
            throw new IOException(waitingBytes + " bytes are too much at once");
        }
        try {
            buffer.clear().putInt((int) waitingBytes).putInt(checksum(waiting));
            long at = end;
            for (byte[] part : waiting) {
                for (int from = 0; from < part.length; ) {
                    int length = Math.min(buffer.remaining(), part.length - from);
                    buffer.put(part, from, length);
                    from += length;
                    if (!buffer.hasRemaining()) {
                        at += write(at);
                    }
                }
            }
            at += write(at);
            channel.force(false);
            end = at;
            waiting.clear();
            waitingBytes = 0;
        } catch (IOException e) {
            cutOff(e);
            throw e;
        }
    }

    private int write(long at) throws IOException {
        buffer.flip();
        int length = buffer.remaining();
        while (buffer.hasRemaining()) {
            channel.write(buffer, at + buffer.position());
        }
        buffer.clear();
        return length;
    }

    private void cutOff(IOException cause) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** {@return so many bytes of what was flushed} */
    byte[] read(long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file ends before byte " + (offset + length));
            }
        }
        return bytes.array();
    }

    /** {@return how large the file is} */
    long size() {
        return end;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Makes sure that a file which was renamed has its new name after a crash, where the system can do that. */
    static void syncFolder(Path folder) {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // Windows opens no folders; it writes such changes through.
            return;
        }
    }

    /** {@return a new file, in place of one that a killed process may have left} */
    static RecordLog create(Path file) throws IOException {
        Files.deleteIfExists(file);
        return open(file, (bytes, offset) -> {}, what -> {});
    }
}
