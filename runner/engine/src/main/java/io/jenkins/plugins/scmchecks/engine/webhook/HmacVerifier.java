package io.jenkins.plugins.scmchecks.engine.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A header with {@code sha256=} and the HMAC-SHA256 of the raw body in hexadecimal: GitHub, Bitbucket, Gitea. */
public final class HmacVerifier implements WebhookVerifier {

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7E]{1,200}");

    private final String header;
    private final String prefix;
    private final Function<Delivery, Optional<String>> deliveryId;

    /**
     * @param header that carries the signature
     * @param deliveryId reads the provider's id of a delivery
     */
    public HmacVerifier(String header, Function<Delivery, Optional<String>> deliveryId) {
        this(header, "sha256=", deliveryId);
    }

    /**
     * @param header that carries the signature
     * @param prefix before the hexadecimal digits; may be empty
     * @param deliveryId reads the provider's id of a delivery
     */
    public HmacVerifier(String header, String prefix, Function<Delivery, Optional<String>> deliveryId) {
        this.header = header;
        this.prefix = prefix;
        this.deliveryId = deliveryId;
    }

    @Override
    public Verdict verify(Delivery delivery, WebhookTrust trust) {
        if (!(trust instanceof WebhookTrust.SharedSecret secret)) {
            return new Verdict.Refused("the integration has no webhook secret");
        }
        if (delivery.body().length > Delivery.MAX_BODY) {
            return new Verdict.Refused("the body is longer than " + Delivery.MAX_BODY + " bytes");
        }
        String signature = delivery.header(header).orElse("").strip();
        if (!signature.startsWith(prefix) || !HEX.matcher(signature.substring(prefix.length())).matches()) {
            return new Verdict.Refused("the header " + header + " has no SHA-256 signature");
        }
        byte[] claimed = HexFormat.of().parseHex(signature.substring(prefix.length()));
        byte[] expected = hmac(secret.value(), delivery.body());
        if (!MessageDigest.isEqual(expected, claimed)) {
            return new Verdict.Refused("the signature does not belong to this body and the integration's secret");
        }
        // Without a usable id the signature names the content, which is what a repetition has in common.
        return new Verdict.Accepted(deliveryId
                .apply(delivery)
                .filter(id -> ID.matcher(id).matches())
                .orElseGet(() -> "body:" + HexFormat.of().formatHex(expected)));
    }

    private static byte[] hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
