package io.jenkins.plugins.scmchecks.engine.scm.github;

import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an RSA private key in PEM: PKCS#1, which GitHub gives out, and PKCS#8, which OpenSSL makes of it. */
final class PrivateKeyPem {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]{64,32768})-----END (?:RSA )?PRIVATE KEY-----");

    /** Version 0 and the algorithm rsaEncryption (RFC 5208, section 5; RFC 8017, appendix A.1). */
    private static final byte[] RSA_HEADER = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private PrivateKeyPem() {}

    /**
     * @throws ScmException UNAUTHORIZED when it is no such key; the message never holds a part of it
     */
    static PrivateKey parse(String pem) throws ScmException {
        // Pasted into a form or an environment variable, line breaks often become spaces or "\n".
        Matcher block = BLOCK.matcher(pem.replace("\\n", "\n"));
        if (!block.find()) {
            throw unusable(pem.contains("ENCRYPTED")
                    ? "it is encrypted; remove the passphrase first: openssl pkcs8 -topk8 -nocrypt"
                    : "it is not a PEM text with BEGIN and END PRIVATE KEY lines", null);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            byte[] pkcs8 = block.group(1) == null ? der : sequence(RSA_HEADER, tagged(0x04, der));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable("its content is not an RSA key", e);
        }
    }

    private static ScmException unusable(String why, Exception cause) {
        return new ScmException(
                ScmException.Reason.UNAUTHORIZED,
                "The App's private key cannot be used: " + why
                        + ". Generate a new one in the App's settings and enter the whole .pem file.",
                cause);
    }

    private static byte[] sequence(byte[] first, byte[] second) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(first);
        content.writeBytes(second);
        return tagged(0x30, content.toByteArray());
    }

    /** DER: a tag, the length in as few bytes as it takes, the content (X.690, 8.1.3 and 10.1). */
    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
