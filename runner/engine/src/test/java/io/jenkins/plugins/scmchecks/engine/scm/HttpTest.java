package io.jenkins.plugins.scmchecks.engine.scm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {

    private final List<String> elsewhere = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HttpServer other;

    @BeforeEach
    void start() throws IOException {
        other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        other.createContext("/", exchange -> {
            elsewhere.add(exchange.getRequestMethod());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        other.start();
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/ok", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        redirect("/here", "/ok");
        redirect("/there", "http://127.0.0.1:" + other.getAddress().getPort() + "/");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        other.stop(0);
    }

    @Test
    void shouldFollowRedirectsOnTheSameHost() throws IOException {
        assertThat(call(request("/here").build())).isEqualTo(200);
    }

    @Test
    void shouldSendNothingToWhereAnotherHostRedirects() {
        // Given
        Request read = request("/there").header("Authorization", "Bearer canary").build();
        Request write = request("/there").post(RequestBody.create(new byte[] {1})).build();

        // When, Then
        assertThatThrownBy(() -> call(read)).isInstanceOf(IOException.class).hasMessageContaining("redirects to");
        assertThatThrownBy(() -> call(write)).isInstanceOf(IOException.class);
        assertThat(elsewhere).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest/meta-data", "http://[fe80::1]/", "http://100.100.100.200/"})
    void shouldNotCallMetadataAddressesEvenThroughAName(String address) {
        // Given: a connection is pretended, since no such address answers here
        java.net.InetAddress resolved = resolve(okhttp3.HttpUrl.get(address).host());

        // When, Then
        assertThat(Http.isForbidden(resolved)).isTrue();
        assertThat(Http.isForbidden(resolve("127.0.0.1"))).isFalse();
    }

    private static java.net.InetAddress resolve(String literal) {
        try {
            return java.net.InetAddress.getByName(literal);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void redirect(String path, String to) {
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
    }

    private Request.Builder request(String path) {
        return new Request.Builder().url("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static int call(Request request) throws IOException {
        try (Response response = Http.client().newCall(request).execute()) {
            return response.code();
        }
    }
}
