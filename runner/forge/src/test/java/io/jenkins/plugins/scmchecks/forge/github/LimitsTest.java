package io.jenkins.plugins.scmchecks.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.forge.Api;
import io.jenkins.plugins.scmchecks.forge.Api.Reply;
import io.jenkins.plugins.scmchecks.forge.Fixture;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RecordedRequest;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final String REPO = "/repos/acme/shop";
    private static final String COMMENTS = REPO + "/issues/1/comments";

    private final Fixture forge = new Fixture();
    private final Api api = forge.api();

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void shouldRefuseWhenTheHourIsUsedUpAndServeAgainInTheNext() {
        // Given
        forge.forge.rateLimit(2);

        // When
        Reply first = api.get(REPO);
        api.get(REPO);
        Reply refused = api.get(REPO);

        // Then
        assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("1");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.json().get("message").asText()).startsWith("API rate limit exceeded");
        assertThat(api.get("/rate_limit").json().at("/resources/core/remaining").asInt()).isZero();
        forge.forge.clock().advance(Duration.ofMinutes(61));
        assertThat(forge.api().get(REPO).status()).isEqualTo(200);
    }

    @Test
    void shouldAskToWaitWhenTooMuchIsWrittenInAMinute() {
        // Given
        forge.forge.contentLimit(1);

        // When
        Reply first = api.post(COMMENTS, "{\"body\":\"one\"}");
        Reply refused = api.post(COMMENTS, "{\"body\":\"two\"}");

        // Then
        assertThat(first.status()).isEqualTo(201);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(forge.pull.comments()).hasSize(1);
        assertThat(api.get(COMMENTS).status()).isEqualTo(200);
        forge.forge.clock().advance(Duration.ofSeconds(61));
        assertThat(api.post(COMMENTS, "{\"body\":\"two\"}").status()).isEqualTo(201);
    }

    @Test
    void shouldFailAsOftenAsOrderedAndOnlyWhereOrdered() {
        // Given
        forge.forge.failAfter(1, RequestMatcher.of("POST", "/api/v3/repos/*/*/issues/**"),
                Fault.retryAfter(429, Duration.ofSeconds(7)), 1);

        // When
        Reply first = api.post(COMMENTS, "{\"body\":\"one\"}");
        Reply limited = api.post(COMMENTS, "{\"body\":\"two\"}");
        Reply third = api.post(COMMENTS, "{\"body\":\"two\"}");

        // Then
        assertThat(first.status()).isEqualTo(201);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("7");
        assertThat(third.status()).isEqualTo(201);
        assertThat(forge.pull.comments()).hasSize(2);
    }

    @Test
    void shouldCutTheConnectionBeforeOrAfterTheWork() {
        // Given
        RequestMatcher posts = RequestMatcher.of("POST", "/api/v3/**");

        // When / Then
        forge.forge.fail(posts, Fault.drop(), 1);
        assertThatThrownBy(() -> api.post(COMMENTS, "{\"body\":\"one\"}")).isInstanceOf(UncheckedIOException.class);
        assertThat(forge.pull.comments()).isEmpty();
        forge.forge.fail(posts, Fault.dropAfterwards(), 1);
        assertThatThrownBy(() -> api.post(COMMENTS, "{\"body\":\"one\"}")).isInstanceOf(UncheckedIOException.class);
        assertThat(forge.pull.comments()).hasSize(1);
    }

    @Test
    void shouldRecordEveryRequestWithItsCaller() {
        // Given
        forge.forge.resetRequests();

        // When
        api.get(REPO + "?x=1");
        forge.appApi().post("/app/installations/" + forge.installation.id() + "/access_tokens", "{}");
        api.post(COMMENTS, "{\"body\":\"one\"}");

        // Then
        String caller = "installation:" + forge.installation.id();
        assertThat(forge.forge.requests()).first()
                .isEqualTo(new RecordedRequest("GET", "/api/v3" + REPO, "x=1", 200, caller, 0, false));
        assertThat(forge.forge.requests()).extracting(RecordedRequest::caller)
                .containsExactly(caller, "app:scm-checks", caller);
        assertThat(forge.forge.writes()).containsExactly(
                new RecordedRequest("POST", "/api/v3" + COMMENTS, "", 201, caller, 14, true));
    }

    @Test
    void shouldLinkThePagesOfAList() {
        // Given
        for (int i = 0; i < 5; i++) {
            api.post(COMMENTS, "{\"body\":\"" + i + "\"}");
        }

        // When
        Reply second = api.get(COMMENTS + "?per_page=2&page=2");

        // Then
        String url = forge.forge.apiUrl() + COMMENTS + "?per_page=2&page=";
        assertThat(second.json().findValuesAsText("body")).containsExactly("2", "3");
        assertThat(second.header("Link")).isEqualTo("<" + url + "1>; rel=\"prev\", <" + url + "3>; rel=\"next\", <"
                + url + "3>; rel=\"last\", <" + url + "1>; rel=\"first\"");
        assertThat(api.get(COMMENTS + "?per_page=1000").header("Link")).isEmpty();
    }

    @Test
    void shouldNotCountWhatHasNotChanged() {
        // Given
        Reply first = api.get(REPO);

        // When
        Reply again = api.get(REPO, "If-None-Match", first.header("ETag"));

        // Then
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
        assertThat(again.header("X-RateLimit-Remaining")).isEqualTo(first.header("X-RateLimit-Remaining"));
    }

    @Test
    void shouldWantAUserAgent() throws IOException {
        // When
        URI url = URI.create(forge.forge.url());
        String answer;
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write("GET /api/v3/meta HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        // Then
        assertThat(answer).startsWith("HTTP/1.1 403").contains("User-Agent header");
    }
}
