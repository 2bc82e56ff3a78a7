package io.jenkins.plugins.scmchecks.engine.scm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonApiTest {

    private static final String CANARY = "canary-token";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private JsonApi api;
    private boolean renewable;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/");
        api = new JsonApi(Http.client(), base, Clock.fixed(NOW, ZoneOffset.UTC), new Conventions());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private final class Conventions implements ApiConventions {
        private String token = CANARY;

        @Override
        public String product() {
            return "Forge";
        }

        @Override
        public void authorize(Request.Builder request) {
            request.header("Authorization", "Bearer " + token);
        }

        @Override
        public boolean renew(Request refused) {
            token = "renewed";
            return renewable;
        }

        @Override
        public String advice(Reason reason) {
            return "Advice for " + reason + ".";
        }
    }

    @Test
    void shouldEncodeEachSegmentAndLetNoneClimb() throws Exception {
        answer(200, "application/json", "{}", Map.of());

        api.get(api.url("projects", "group/sub group", "x"));

        assertThat(requests).containsExactly("GET /api/projects/group%2Fsub%20group/x Bearer canary-token");
        assertThatThrownBy(() -> api.url("projects", "..")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFollowThePagesOfAServerThatKnowsItselfByAnotherName() throws Exception {
        // Given a first page whose next one is at another host
        server.createContext("/", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            requests.add(query);
            boolean first = query.equals("per_page=2");
            if (first) {
                exchange.getResponseHeaders().add("Link", "<http://inner:8080/x?cursor=a%2Bb>; rel=\"next\", <y>; rel=\"last\"");
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] body = (first ? "[1,2]" : "[3]").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        List<Integer> items = new ArrayList<>();

        // When
        boolean all = api.pages(
                api.url("list").addQueryParameter("per_page", "2"), 5, JsonApi.LINKED, item -> items.add(item.asInt()));

        // Then
        assertThat(all).isTrue();
        assertThat(items).containsExactly(1, 2, 3);
        assertThat(requests).containsExactly("per_page=2", "cursor=a+b");
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED", "401, UNAUTHORIZED", "403, FORBIDDEN", "404, NOT_FOUND", "422, REJECTED", "429, RATE_LIMITED",
        "500, UNAVAILABLE", "503, UNAVAILABLE"
    })
    void shouldSayWhatFailedAndHowToMendIt(int status, Reason reason) {
        answer(status, "application/json", "{\"message\":{\"base\":[\"is wrong\"]}}", Map.of());

        ScmException e = catchThrowableOfType(ScmException.class, () -> api.post(api.url("thing"), Map.of("a", 1)));

        assertThat(e.reason()).isEqualTo(reason);
        assertThat(e)
                .hasMessageContaining(status + " to POST /api/thing")
                .hasMessageContaining("Advice for " + reason)
                .hasMessageContaining("base is wrong");
        assertThat(e.toString()).doesNotContain(CANARY);
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 17, 17", "Retry-After, 'Sun, 01 Mar 2026 12:00:30 GMT', 30", "RateLimit-Reset, 1772366460, 60",
        "X-RateLimit-Reset, 1772366400, 1", "X-Other, 5, 60"
    })
    void shouldTellHowLongToWait(String header, String value, long seconds) {
        answer(429, "text/plain", "Retry later", Map.of(header, value));

        ScmException e = catchThrowableOfType(ScmException.class, () -> api.get(api.url("thing")));

        assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void shouldNotTakeAPageForAnAnswer() {
        answer(200, "text/html", "<title>Sign in</title>", Map.of());

        assertThatThrownBy(() -> api.get(api.url("thing")))
                .isInstanceOfSatisfying(ScmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
                .hasMessageContaining("text/html");
    }

    @Test
    void shouldAskOnceMoreWithARenewedCredential() {
        renewable = true;
        answer(401, "application/json", "{}", Map.of());

        assertThatThrownBy(() -> api.get(api.url("thing"))).isInstanceOf(ScmException.class);

        assertThat(requests)
                .containsExactly("GET /api/thing Bearer canary-token", "GET /api/thing Bearer renewed");
    }

    @Test
    void shouldHaveNoBodyWhereThereIsNone() throws Exception {
        answer(204, null, "", Map.of());

        assertThat(api.put(api.url("thing"), null).isMissingNode()).isTrue();
    }

    private void answer(int status, String type, String body, Map<String, String> headers) {
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            headers.forEach(exchange.getResponseHeaders()::add);
            if (type != null) {
                exchange.getResponseHeaders().add("Content-Type", type);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
