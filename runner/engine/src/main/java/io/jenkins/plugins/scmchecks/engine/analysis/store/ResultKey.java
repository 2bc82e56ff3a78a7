package io.jenkins.plugins.scmchecks.engine.analysis.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names a result by all that decides it. 128 bits of SHA-256, so that nobody finds two that are the same.
 *
 * @param high the first 64 bits
 * @param low the next ones
 */
public record ResultKey(long high, long low) implements Comparable<ResultKey> {

    /** {@return the key of what is decided by these texts, in this order} */
    public static ResultKey of(String... basis) {
        MessageDigest digest = sha256();
        for (String part : basis) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            // With its length, so that no two lists of texts are the same bytes.
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return of(digest);
    }

    static ResultKey of(byte[] content) {
        MessageDigest digest = sha256();
        digest.update(content);
        return of(digest);
    }

    private static ResultKey of(MessageDigest digest) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new ResultKey(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public int compareTo(ResultKey other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    // Written out, because what records come with is linked at run time, which a short run need not pay for.
    @Override
    public int hashCode() {
        return Long.hashCode(high);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResultKey key && key.high == high && key.low == low;
    }
}
