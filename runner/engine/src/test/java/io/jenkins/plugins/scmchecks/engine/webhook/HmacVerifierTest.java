package io.jenkins.plugins.scmchecks.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HmacVerifierTest {

    /** The example of GitHub's documentation, "Validating webhook deliveries". */
    private static final String SECRET = "It's a Secret to Everybody";

    private static final String BODY = "Hello, World!";
    private static final String SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private final HmacVerifier verifier = new HmacVerifier("X-Hub-Signature-256", d -> d.header("X-GitHub-Delivery"));

    @Test
    void shouldAcceptGitHubsOwnExample() {
        assertThat(verify(SECRET, BODY, SIGNATURE)).isEqualTo(new Verdict.Accepted("guid-1"));
        assertThat(verify(SECRET, BODY, SIGNATURE.replace('e', 'E'))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void shouldRefuseAnotherBodyOrSecret() {
        assertThat(verify(SECRET, BODY + "\n", SIGNATURE)).isInstanceOf(Verdict.Refused.class);
        assertThat(verify(SECRET + " ", BODY, SIGNATURE)).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha1=757107ea0eb2509fc211221cce984b8a37570b6d",
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1z",
                "sha256=0000000000000000000000000000000000000000000000000000000000000000",
            })
    void shouldRefuseWhatIsNoSignatureOfIt(String signature) {
        assertThat(verify(SECRET, BODY, signature)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void shouldFailClosedWithoutASecret() {
        // Given
        Delivery delivery = createDelivery(BODY, SIGNATURE, "guid-1");

        // When, Then
        assertThat(verifier.verify(delivery, null)).isInstanceOf(Verdict.Refused.class);
        assertThat(verifier.verify(delivery, new WebhookTrust.BasicAuth("u", SECRET)))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void shouldNameADeliveryWithoutUsableIdByItsContent() {
        // When
        Verdict one = verifier.verify(createDelivery(BODY, SIGNATURE, null), new WebhookTrust.SharedSecret(SECRET));
        Verdict two = verifier.verify(
                createDelivery(BODY, SIGNATURE, "x".repeat(10_000)), new WebhookTrust.SharedSecret(SECRET));

        // Then
        assertThat(one).isEqualTo(two).isInstanceOf(Verdict.Accepted.class);
    }

    private Verdict verify(String secret, String body, String signature) {
        return verifier.verify(createDelivery(body, signature, "guid-1"), new WebhookTrust.SharedSecret(secret));
    }

    private static Delivery createDelivery(String body, String signature, String id) {
        Map<String, String> headers = new HashMap<>();
        if (signature != null) {
            headers.put("x-hub-signature-256", signature);
        }
        if (id != null) {
            headers.put("X-GitHub-Delivery", id);
        }
        return new Delivery("github", headers, body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    }
}
