package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * GitLab's two proofs of origin (documentation, Webhooks). A secret that begins with {@code whsec_} is a signing token:
 * deliveries carry an HMAC after the Standard Webhooks specification, and nothing else is accepted. Any other secret is
 * sent by GitLab as it is in {@code X-Gitlab-Token}.
 */
final class GitLabVerifier implements WebhookVerifier {

    /** How a signing token begins; what follows is the key in Base64. */
    static final String SIGNING_TOKEN = "whsec_";

    private static final String VERSION = "v1,";

    /** Standard Webhooks: a signature that is older, or from the future, is a replay. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int MOST_SIGNATURES = 10;
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7E]{1,200}");
    private static final List<String> ID_HEADERS = List.of("Idempotency-Key", "webhook-id");

    @Override
    public Verdict verify(Delivery delivery, WebhookTrust trust) {
        if (!(trust instanceof WebhookTrust.SharedSecret secret)) {
            return new Verdict.Refused("the integration has no webhook secret");
        }
        if (delivery.body().length > Delivery.MAX_BODY) {
            return new Verdict.Refused("the body is longer than " + Delivery.MAX_BODY + " bytes");
        }
        return secret.value().startsWith(SIGNING_TOKEN)
                ? bySignature(delivery, secret.value().substring(SIGNING_TOKEN.length()))
                : byToken(delivery, secret.value());
    }

    private static Verdict byToken(Delivery delivery, String secret) {
        byte[] claimed = delivery.header("X-Gitlab-Token").orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), claimed)) {
            return new Verdict.Refused("the header X-Gitlab-Token is not the integration's secret");
        }
        return new Verdict.Accepted(ID_HEADERS.stream()
                .flatMap(header -> delivery.header(header).stream())
                .filter(id -> ID.matcher(id).matches())
                .findFirst()
                .orElseGet(() -> olderId(delivery)));
    }

    /** Before 17.4: the event's id is not the delivery's alone, since webhooks that a webhook causes have the same. */
    private static String olderId(Delivery delivery) {
        String event = delivery.header("X-Gitlab-Event-UUID").filter(id -> ID.matcher(id).matches()).orElse("");
        return (event.isEmpty() ? "body" : event) + ":" + sha256(delivery.body());
    }

    /** Only the id that is signed is taken: the other headers could be another's. */
    private static Verdict bySignature(Delivery delivery, String encodedKey) {
        Optional<byte[]> key = decode(encodedKey);
        if (key.isEmpty() || key.get().length == 0) {
            return new Verdict.Refused("the integration's signing token is not whsec_ and a key in Base64");
        }
        String id = delivery.header("webhook-id").orElse("");
        String timestamp = delivery.header("webhook-timestamp").orElse("");
        if (!ID.matcher(id).matches() || !timestamp.matches("\\d{1,12}")) {
            return new Verdict.Refused("the headers webhook-id and webhook-timestamp are missing: the webhook has no"
                    + " signing token");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), delivery.receivedAt());
        if (age.abs().compareTo(TOLERANCE) > 0) {
            return new Verdict.Refused("the signature is " + age.toSeconds() + " s old; " + TOLERANCE.toSeconds()
                    + " s are allowed: is this machine's clock right?");
        }
        byte[] expected = hmac(key.get(), id + "." + timestamp + ".", delivery.body());
        boolean known = false;
        for (String signature : delivery.header("webhook-signature").orElse("").split(" ", MOST_SIGNATURES)) {
            Optional<byte[]> claimed = signature.startsWith(VERSION)
                    ? decode(signature.substring(VERSION.length()).strip())
                    : Optional.empty();
            known |= claimed.isPresent() && MessageDigest.isEqual(expected, claimed.get());
        }
        return known
                ? new Verdict.Accepted(id)
                : new Verdict.Refused("the signature does not belong to this body and the integration's signing token");
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] hmac(byte[] key, String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
