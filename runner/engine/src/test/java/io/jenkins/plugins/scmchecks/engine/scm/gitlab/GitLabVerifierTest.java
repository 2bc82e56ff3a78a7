package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust.SharedSecret;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitLabVerifierTest {

    /** The example of the Standard Webhooks specification's libraries. */
    private static final SharedSecret SIGNING = new SharedSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant SIGNED = Instant.ofEpochSecond(1614265330);

    private static final SharedSecret TOKEN = new SharedSecret("webhook-secret");

    private final GitLabVerifier verifier = new GitLabVerifier();

    @Test
    void shouldAcceptASignatureAndTakeTheIdThatIsSigned() {
        Delivery delivery = createSigned(SIGNED, Map.of("Idempotency-Key", "another"));

        assertThat(verifier.verify(delivery, SIGNING)).isEqualTo(new Verdict.Accepted(ID));
    }

    @Test
    void shouldAcceptOneOfSeveralSignatures() {
        Delivery delivery = createSigned(SIGNED, Map.of("webhook-signature", "v1,AAAA v2,xyz " + SIGNATURE));

        assertThat(verifier.verify(delivery, SIGNING)).isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-299, 0, 299})
    void shouldAcceptASignatureWithinFiveMinutes(long seconds) {
        assertThat(verifier.verify(createSigned(SIGNED.plusSeconds(seconds), Map.of()), SIGNING))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 86_400})
    void shouldRefuseASignatureOfAnotherTime(long seconds) {
        assertRefused(createSigned(SIGNED.plusSeconds(seconds), Map.of()), SIGNING, "clock");
    }

    @Test
    void shouldRefuseAnotherTimestampThanTheSignedOne() {
        assertRefused(createSigned(SIGNED, Map.of("webhook-timestamp", "1614265331")), SIGNING, "signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1,", "v1,AAAA", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,***"})
    void shouldRefuseOtherSignatures(String signature) {
        assertRefused(createSigned(SIGNED, Map.of("webhook-signature", signature)), SIGNING, "signature");
    }

    @Test
    void shouldNotAcceptATokenInPlaceOfASignature() {
        Delivery delivery = createDelivery(Map.of("X-Gitlab-Token", SIGNING.value()));

        assertRefused(delivery, SIGNING, "signing token");
    }

    @Test
    void shouldRefuseEverythingWhenTheSigningTokenHasNoKey() {
        assertRefused(createSigned(SIGNED, Map.of()), new SharedSecret("whsec_"), "Base64");
        assertRefused(createSigned(SIGNED, Map.of()), new SharedSecret("whsec_?"), "Base64");
    }

    @Test
    void shouldAcceptTheTokenAndKnowADeliveryAgainByItsKey() {
        Delivery delivery = createDelivery(Map.of(
                "X-Gitlab-Token", "webhook-secret", "Idempotency-Key", "key-1", "X-Gitlab-Event-UUID", "event-1"));

        assertThat(verifier.verify(delivery, TOKEN)).isEqualTo(new Verdict.Accepted("key-1"));
    }

    @Test
    void shouldKnowADeliveryOfAnOlderGitLabAgain() {
        Delivery event = createDelivery(Map.of("X-Gitlab-Token", "webhook-secret", "X-Gitlab-Event-UUID", "event-1"));
        Delivery bare = createDelivery(Map.of("X-Gitlab-Token", "webhook-secret"));

        // An event's id is shared by the webhooks that a webhook causes.
        assertThat(verifier.verify(event, TOKEN)).isInstanceOfSatisfying(Verdict.Accepted.class, accepted ->
                assertThat(accepted.deliveryId()).matches("event-1:[0-9a-f]{64}"));
        assertThat(verifier.verify(bare, TOKEN)).isInstanceOfSatisfying(Verdict.Accepted.class, accepted ->
                assertThat(accepted.deliveryId()).startsWith("body:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "webhook-secreT", "webhook-secret ", "webhook-secret\0"})
    void shouldRefuseOtherTokens(String token) {
        assertRefused(createDelivery(Map.of("X-Gitlab-Token", token)), TOKEN, "X-Gitlab-Token");
    }

    @Test
    void shouldRefuseEverythingWithoutASecret() {
        Delivery delivery = createDelivery(Map.of("X-Gitlab-Token", "webhook-secret"));

        assertRefused(delivery, null, "no webhook secret");
        assertRefused(delivery, new WebhookTrust.BasicAuth("u", "webhook-secret"), "no webhook secret");
    }

    private void assertRefused(Delivery delivery, WebhookTrust trust, String reason) {
        assertThat(verifier.verify(delivery, trust)).isInstanceOfSatisfying(Verdict.Refused.class, refused ->
                assertThat(refused.reason()).contains(reason).doesNotContain("webhook-secret", "MfKQ9r8G"));
    }

    private static Delivery createSigned(Instant receivedAt, Map<String, String> changed) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "webhook-id", ID,
                "webhook-timestamp", Long.toString(SIGNED.getEpochSecond()),
                "webhook-signature", SIGNATURE));
        headers.putAll(changed);
        return new Delivery("acme", headers, BODY.getBytes(StandardCharsets.UTF_8), receivedAt);
    }

    private static Delivery createDelivery(Map<String, String> headers) {
        return new Delivery("acme", headers, BODY.getBytes(StandardCharsets.UTF_8), SIGNED);
    }
}
