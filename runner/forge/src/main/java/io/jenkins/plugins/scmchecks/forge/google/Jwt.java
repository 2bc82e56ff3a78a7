package io.jenkins.plugins.scmchecks.forge.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** JSON web tokens with RS256. */
final class Jwt {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Jwt() {}

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(ObjectNode claims, String keyId, KeyPair key) {
        ObjectNode header = JsonNodeFactory.instance.objectNode()
                .put("alg", "RS256").put("kid", keyId).put("typ", "JWT");
        String content = base64(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the claims without looking at the signature} */
    static Optional<JsonNode> claims(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        try {
            return parts.length == 3
                    ? Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(parts[1])))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean signed(String jwt, PublicKey key) {
        int dot = jwt.lastIndexOf('.');
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update(jwt.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(jwt.substring(dot + 1)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** {@return the public key as a JWK} */
    static ObjectNode jwk(String keyId, KeyPair key) {
        RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
        return JsonNodeFactory.instance.objectNode()
                .put("kid", keyId).put("kty", "RSA").put("alg", "RS256").put("use", "sig")
                .put("n", base64(unsigned(rsa.getModulus())))
                .put("e", base64(unsigned(rsa.getPublicExponent())));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
