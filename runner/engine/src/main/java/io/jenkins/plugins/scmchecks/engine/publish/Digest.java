package io.jenkins.plugins.scmchecks.engine.publish;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name for a content, by which it is known again without being read back. */
public final class Digest {

    private Digest() {}

    /** {@return 16 hexadecimal digits that change whenever anything a person would see of the check changes} */
    public static String of(Publication.Check check) {
        // Records print all their components, in order: whatever is added to them later counts by itself.
        return of(check.toString());
    }

    /** {@return the first 16 hexadecimal digits of the text's SHA-256} */
    public static String of(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
