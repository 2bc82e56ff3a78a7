package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Recognises stores of private keys by their first bytes: Java's, PKCS #12 (RFC 7292), KeePass, OpenPGP, Kerberos. */
final class KeyStores {

    private static final int JKS = 0xFEEDFEED;
    private static final int JCEKS = 0xCECECECE;
    private static final int KEEPASS = 0x03D9A29A;
    // What an entry of a Java key store is.
    private static final int TRUSTED_CERTIFICATE = 2;
    private static final int MOST_ENTRIES = 1000;

    private KeyStores() {}

    /** {@return whether these are the bytes of a store that holds keys, and not certificates alone} */
    static boolean holdsKeys(byte[] content) {
        if (content.length < 16) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        return switch (bytes.getInt(0)) {
            case JKS, JCEKS -> javaStoreHoldsKeys(bytes);
            case KEEPASS -> true;
            default -> isPkcs12(content) || isBouncyCastle(bytes) || isSecretKeyRing(content) || isKeyTable(content);
        };
    }

    // Encrypted are the keys, not the list of them, so a trust store is told from a key store without its password.
    private static boolean javaStoreHoldsKeys(ByteBuffer bytes) {
        try {
            bytes.position(4);
            int version = bytes.getInt();
            int entries = Math.min(bytes.getInt(), MOST_ENTRIES);
            for (int i = 0; i < entries; i++) {
                if (bytes.getInt() != TRUSTED_CERTIFICATE) {
                    return true;
                }
                skip(bytes, bytes.getShort() & 0xFFFF); // alias
                skip(bytes, Long.BYTES); // date
                if (version == 2) {
                    skip(bytes, bytes.getShort() & 0xFFFF); // type of the certificate
                }
                skip(bytes, bytes.getInt());
            }
            return false;
        } catch (BufferUnderflowException e) {
            return true; // cut or unknown, and named as a key store
        }
    }

    private static void skip(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + length);
    }

    // SEQUENCE { INTEGER 3, …
    private static boolean isPkcs12(byte[] content) {
        int length = content[1] & 0xFF;
        int at = 2 + (length > 0x80 ? length & 0x7F : 0);
        return content[0] == 0x30 && at < 8 && content[at] == 2 && content[at + 1] == 1 && content[at + 2] == 3;
    }

    // Version 1 or 2, a salt of 20 bytes; or, as BCFKS, SEQUENCE { SEQUENCE { SEQUENCE { OID of PBES2 or AES …
    private static boolean isBouncyCastle(ByteBuffer bytes) {
        int version = bytes.getInt(0);
        return (version == 1 || version == 2) && bytes.getInt(4) == 20
                || bytes.get(0) == 0x30 && bytes.get(1) == (byte) 0x82 && bytes.get(4) == 0x30 && bytes.get(8) == 0x30;
    }

    // A secret-key packet (RFC 4880, 4.2 and 4.3: tag 5), in the old form or the new.
    private static boolean isSecretKeyRing(byte[] content) {
        int first = content[0] & 0xFF;
        return first >= 0x94 && first <= 0x97 || first == 0xC5;
    }

    private static boolean isKeyTable(byte[] content) {
        return content[0] == 5 && (content[1] == 1 || content[1] == 2) && content[2] == 0;
    }
}
