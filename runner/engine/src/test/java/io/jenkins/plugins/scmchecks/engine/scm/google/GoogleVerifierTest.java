package io.jenkins.plugins.scmchecks.engine.scm.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleVerifierTest {

    private static final String BODY =
            "{\"message\":{\"data\":\"e30=\",\"messageId\":\"4711\"},\"subscription\":\"s\"}";

    private final GoogleFixture fixture = new GoogleFixture();
    private final WebhookVerifier verifier = fixture.provider().verifier();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void shouldNameTheMessage() {
        assertThat(verify(token(Map.of()))).isEqualTo(new Verdict.Accepted("4711"));
        assertThat(verify(token(Map.of("iss", "accounts.google.com")))).isEqualTo(new Verdict.Accepted("4711"));
    }

    @ParameterizedTest
    @CsvSource({
        "iss,https://accounts.example.org,not from Google",
        "aud,another,another audience",
        "email,attacker@example.org,another account",
        "email_verified,false,another account",
    })
    void shouldRefuseWhatIsNotForUs(String claim, String value, String reason) {
        Object typed = claim.equals("email_verified") ? (Object) Boolean.valueOf(value) : value;

        assertThat(verify(token(Map.of(claim, typed)))).isInstanceOfSatisfying(
                Verdict.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
    }

    @ParameterizedTest
    @CsvSource({"iss", "aud", "email", "email_verified", "exp", "iat"})
    void shouldRefuseATokenThatLacksSomething(String claim) {
        Map<String, Object> without = new HashMap<>();
        without.put(claim, null);

        assertThat(verify(token(without))).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"exp,-20,true", "exp,-62,false", "iat,50,true", "iat,120,false"})
    void shouldLeaveAMinuteToClocks(String claim, long seconds, boolean accepted) {
        long time = fixture.forge.clock().instant().getEpochSecond() + seconds;

        // The clock goes on meanwhile, so the good ones keep away from the minute.
        assertThat(verify(token(Map.of(claim, time))) instanceof Verdict.Accepted).isEqualTo(accepted);
    }

    @Test
    void shouldRefuseOtherAlgorithms() {
        // Given a token without a signature, and one whose "secret" is everybody's
        String good = token(Map.of());
        String claims = good.split("\\.")[1];
        String none = base64("{\"alg\":\"none\",\"kid\":\"k\"}") + "." + claims + ".";
        String hmac = Jwts.builder().header().keyId("k").and().claims(Map.of("email", GoogleFixture.PUSHER))
                .signWith(Jwts.SIG.HS256.key().build()).compact();

        // When, Then
        for (String token : List.of(none, hmac, "x", "", "a.b.c", good.substring(0, good.lastIndexOf('.') + 1))) {
            assertThat(verify(token)).as(token).isInstanceOf(Verdict.Refused.class);
        }
    }

    @Test
    void shouldFollowGooglesKeysAndReadThemOnceAMinute() {
        // Given
        String old = token(Map.of());
        assertThat(verify(old)).isInstanceOf(Verdict.Accepted.class);
        assertThat(reads()).isEqualTo(1);

        // When the key is new, within the minute
        fixture.forge.google().pubSub().rotateKey(true);
        String fresh = token(Map.of());
        assertThat(verify(fresh)).isInstanceOf(Verdict.Refused.class);
        assertThat(reads()).isEqualTo(1);

        // Then it is found a minute later, the old one is still good, and nothing is read again
        fixture.forge.clock().advance(Duration.ofSeconds(61));
        assertThat(verify(fresh)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(old)).isInstanceOf(Verdict.Accepted.class);
        assertThat(reads()).isEqualTo(2);

        // When the old one is taken back, that counts as soon as the keys end
        fixture.forge.google().pubSub().rotateKey(false);
        fixture.forge.clock().advance(Duration.ofHours(1));
        assertThat(verify(token(Map.of()))).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(fresh)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void shouldRefuseWhileTheKeysCannotBeRead() {
        String good = token(Map.of());
        fixture.forge.fail((method, path) -> path.endsWith("/certs"), 503, 1);

        assertThat(verify(good)).isInstanceOf(Verdict.Refused.class);
        assertThat(verify(good)).as("within the minute").isInstanceOf(Verdict.Refused.class);
        fixture.forge.clock().advance(Duration.ofSeconds(61));
        assertThat(verify(good)).isInstanceOf(Verdict.Accepted.class);
    }

    private long reads() {
        return fixture.forge.requests().stream().filter(r -> r.path().endsWith("/certs")).count();
    }

    private String token(Map<String, Object> otherwise) {
        return fixture.forge.google().pubSub().identityToken(GoogleFixture.AUDIENCE, GoogleFixture.PUSHER, otherwise);
    }

    private Verdict verify(String token) {
        return verifier.verify(
                new Delivery("acme", Map.of("Authorization", "Bearer " + token),
                        BODY.getBytes(StandardCharsets.UTF_8), fixture.forge.clock().instant()),
                fixture.integration().trust());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
