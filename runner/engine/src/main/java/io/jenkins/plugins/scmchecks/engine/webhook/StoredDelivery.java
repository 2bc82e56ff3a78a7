package io.jenkins.plugins.scmchecks.engine.webhook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A delivery as the inbox keeps it.
 *
 * @param id the provider's id of the delivery
 * @param attempts how often its handler has failed
 * @param problem of the last failure, or empty
 */
record StoredDelivery(Delivery delivery, String id, int attempts, String problem) {

    private static final int FORMAT = 1;
    private static final int MOST_OF_PROBLEM = 2_000;

    /** {@return what two deliveries of the same thing have in common} */
    String key() {
        return key(delivery.integration(), id);
    }

    static String key(String integration, String id) {
        return integration + "/" + id;
    }

    StoredDelivery failed(String why) {
        String text = why.length() <= MOST_OF_PROBLEM ? why : why.substring(0, MOST_OF_PROBLEM);
        return new StoredDelivery(delivery, id, attempts + 1, text);
    }

    StoredDelivery fresh() {
        return new StoredDelivery(delivery, id, 0, "");
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(delivery.body().length + 1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            write(out, id);
            write(out, delivery.integration());
            out.writeLong(delivery.receivedAt().toEpochMilli());
            out.writeInt(attempts);
            write(out, problem);
            out.writeInt(delivery.headers().size());
            for (Map.Entry<String, String> header : delivery.headers().entrySet()) {
                write(out, header.getKey());
                write(out, header.getValue());
            }
            out.writeInt(delivery.body().length);
            out.write(delivery.body());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws IllegalStateException when the bytes are none that {@link #toBytes} made
     */
    static StoredDelivery of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORMAT) {
                throw new IllegalStateException("a delivery of an unknown format is stored");
            }
            String id = text(in);
            String integration = text(in);
            Instant receivedAt = Instant.ofEpochMilli(in.readLong());
            int attempts = in.readInt();
            String problem = text(in);
            Map<String, String> headers = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                headers.put(text(in), text(in));
            }
            byte[] body = bytes(in);
            return new StoredDelivery(new Delivery(integration, headers, body, receivedAt), id, attempts, problem);
        } catch (IOException e) {
            throw new IllegalStateException("a stored delivery is cut off", e);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length + " where " + in.available() + " bytes are left");
        }
        return in.readNBytes(length);
    }
}
