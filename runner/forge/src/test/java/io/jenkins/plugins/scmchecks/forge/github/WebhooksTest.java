package io.jenkins.plugins.scmchecks.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.scmchecks.forge.Api;
import io.jenkins.plugins.scmchecks.forge.Fixture;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Received(Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    private final Fixture forge = new Fixture();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer receiver;
    private URI url;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            received.add(new Received(exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        receiver.createContext("/silent", exchange -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        receiver.start();
        url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    }

    @AfterEach
    void close() {
        never.countDown();
        receiver.stop(0);
        forge.close();
    }

    @Test
    void shouldSignTheBodyItSends() throws Exception {
        // Given
        forge.app.webhook(url, "secret");

        // When
        String after = forge.shop.commit("main", "One", Map.of("x", "x"));
        HookDelivery delivery = forge.forge.awaitDeliveries().get(0);

        // Then
        Received push = received.get(0);
        assertThat(push.header("X-hub-signature-256")).isEqualTo("sha256=" + hmac("HmacSHA256", push.body()));
        assertThat(push.header("X-hub-signature")).isEqualTo("sha1=" + hmac("HmacSHA1", push.body()));
        assertThat(push.header("X-github-event")).isEqualTo("push");
        assertThat(push.header("X-github-hook-installation-target-type")).isEqualTo("integration");
        assertThat(push.header("X-github-hook-installation-target-id")).isEqualTo("" + forge.app.id());
        assertThat(push.header("X-github-delivery")).isEqualTo(delivery.guid());
        JsonNode body = JSON.readTree(push.body());
        assertThat(body.get("ref").asText()).isEqualTo("refs/heads/main");
        assertThat(body.get("after").asText()).isEqualTo(after);
        assertThat(body.at("/commits/0/added/0").asText()).isEqualTo("x");
        assertThat(body.at("/installation/id").asLong()).isEqualTo(forge.installation.id());
        assertThat(delivery.status()).isEqualTo(202);
    }

    @Test
    void shouldSendAFormWhenAskedTo() throws Exception {
        // Given
        forge.app.webhook(url, "secret", true);

        // When
        forge.shop.commit("main", "One & two", Map.of("x", "x"));
        forge.forge.awaitDeliveries();

        // Then
        Received push = received.get(0);
        String form = new String(push.body(), StandardCharsets.UTF_8);
        assertThat(push.header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(push.header("X-hub-signature-256")).isEqualTo("sha256=" + hmac("HmacSHA256", push.body()));
        assertThat(JSON.readTree(URLDecoder.decode(form.substring("payload=".length()), StandardCharsets.UTF_8))
                .at("/head_commit/message").asText()).isEqualTo("One & two");
    }

    @Test
    void shouldTellOfBranchesTagsPullRequestsAndChecks() throws Exception {
        // Given
        String run = forge.api().post("/repos/acme/shop/check-runs", forge.check("")).json().get("id").asText();
        forge.app.webhook(url, "secret");

        // When
        forge.shop.commit("new", "Branch", Map.of("y", "y"));
        forge.shop.tag("v1", forge.shop.sha("main"));
        forge.shop.deleteBranch("new");
        forge.shop.commit("release", "Release", Map.of("z", "z"));
        forge.pull.retarget("release", forge.alice);
        forge.pull.close(forge.alice);
        forge.pull.reopen(forge.alice);
        forge.shop.checks().get(0).rerequest(forge.alice);
        forge.pull.merge(forge.alice);

        // Then
        assertThat(forge.forge.awaitDeliveries()).extracting(HookDelivery::event, HookDelivery::action)
                .containsExactly(tuple("push", null), tuple("create", null), tuple("push", null),
                        tuple("create", null), tuple("push", null), tuple("delete", null), tuple("push", null),
                        tuple("create", null), tuple("pull_request", "edited"), tuple("pull_request", "closed"),
                        tuple("pull_request", "reopened"), tuple("check_run", "rerequested"),
                        tuple("pull_request", "closed"), tuple("push", null));
        assertThat(payload(3).get("ref_type").asText()).isEqualTo("tag");
        assertThat(payload(8).at("/changes/base/ref/from").asText()).isEqualTo("main");
        assertThat(payload(9).at("/pull_request/merged").asBoolean()).isFalse();
        assertThat(payload(11).at("/check_run/id").asText()).isEqualTo(run);
        assertThat(payload(11).at("/check_run/check_suite/head_branch").asText()).isEqualTo("feature");
        assertThat(payload(12).at("/pull_request/merged").asBoolean()).isTrue();
    }

    @Test
    void shouldTellOfTheInstallation() throws Exception {
        // Given
        forge.app.webhook(url, "secret");

        // When
        forge.installation.suspend();
        forge.installation.delete();
        Installation selected = forge.app.install(forge.acme, List.of());
        selected.add(forge.shop);
        selected.remove(forge.shop);

        // Then
        assertThat(forge.forge.awaitDeliveries()).extracting(HookDelivery::event, HookDelivery::action)
                .containsExactly(tuple("installation", "suspend"), tuple("installation", "deleted"),
                        tuple("installation", "created"), tuple("installation_repositories", "added"),
                        tuple("installation_repositories", "removed"));
        assertThat(payload(1).at("/repositories/0/full_name").asText()).isEqualTo("acme/shop");
        assertThat(payload(3).at("/repositories_added/0/full_name").asText()).isEqualTo("acme/shop");
        assertThat(payload(4).at("/repositories_removed/0/full_name").asText()).isEqualTo("acme/shop");
        assertThat(payload(0).at("/installation/account/login").asText()).isEqualTo("acme");
    }

    @Test
    void shouldPingANewHookAndKeepItsSecret() {
        // Given
        forge.acme.member(forge.alice, Account.Role.ADMIN);
        Api admin = new Api(forge.forge, forge.forge.token(forge.alice, "repo", "admin:org_hook").value());
        String hook = "{\"config\":{\"url\":\"" + url + "\",\"content_type\":\"json\",\"secret\":\"s\"},"
                + "\"events\":[\"push\"]}";

        // When
        JsonNode created = admin.post("/repos/acme/shop/hooks", hook).json();
        admin.post("/orgs/acme/hooks", hook);
        forge.shop.commit("main", "One", Map.of("x", "x"));
        List<HookDelivery> deliveries = forge.forge.awaitDeliveries();

        // Then
        assertThat(deliveries).extracting(HookDelivery::event).containsExactly("ping", "ping", "push", "push");
        assertThat(deliveries.get(2).guid()).isEqualTo(deliveries.get(3).guid());
        assertThat(deliveries.get(2).hookId()).isNotEqualTo(deliveries.get(3).hookId());
        assertThat(created.at("/config/secret").asText()).isEqualTo("********");
        assertThat(admin.post("/repos/acme/shop/hooks", hook).status()).isEqualTo(422);
        String self = "/repos/acme/shop/hooks/" + created.get("id").asLong();
        assertThat(admin.get(self + "/deliveries").json()).hasSize(2);
        assertThat(admin.patch(self, "{\"active\":false}").json().get("active").asBoolean()).isFalse();
        assertThat(admin.delete(self).status()).isEqualTo(204);
        assertThat(admin.get("/repos/acme/shop/hooks").json()).isEmpty();
    }

    @Test
    void shouldLetOnlyAdministratorsSeeHooks() {
        assertThat(new Api(forge.forge, forge.forge.token(forge.alice, "repo").value())
                .get("/repos/acme/shop/hooks").status()).isEqualTo(403);
        assertThat(forge.api().get("/orgs/acme/hooks").status()).isEqualTo(403);
    }

    @Test
    void shouldDeliverAgainUnderTheSameGuid() {
        // Given
        forge.app.webhook(url, "secret");
        forge.shop.commit("main", "One", Map.of("x", "x"));
        HookDelivery first = forge.forge.awaitDeliveries().get(0);

        // When
        forge.forge.redeliver(first.guid());
        forge.appApi().post("/app/hook/deliveries/" + first.id() + "/attempts", "{}");

        // Then
        assertThat(forge.forge.awaitDeliveries()).hasSize(3)
                .allSatisfy(delivery -> assertThat(delivery.guid()).isEqualTo(first.guid()));
        assertThat(received).extracting(each -> new String(each.body(), StandardCharsets.UTF_8))
                .containsOnly(new String(first.body(), StandardCharsets.UTF_8));
    }

    @Test
    void shouldGiveUpOnAReceiverThatDoesNotAnswer() {
        // Given
        forge.forge.webhooks().timeout(Duration.ofMillis(50));
        forge.app.webhook(url.resolve("/silent"), "secret");

        // When
        forge.shop.commit("main", "One", Map.of("x", "x"));

        // Then
        assertThat(forge.forge.awaitDeliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.status()).isZero();
            assertThat(delivery.error()).contains("timed out");
        });
    }

    private JsonNode payload(int delivery) throws IOException {
        return JSON.readTree(received.get(delivery).body());
    }

    private static String hmac(String algorithm, byte[] body) throws Exception {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), algorithm));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
