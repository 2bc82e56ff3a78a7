package io.jenkins.plugins.scmchecks.engine.scm.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection.Webhooks;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import io.jenkins.plugins.scmchecks.forge.http.RecordedRequest;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GitHubWebhooksTest {

    private static final URI ADDRESS = URI.create("http://127.0.0.1:9/scm-checks/webhooks/github");

    private final GitHubForge github = new GitHubForge();

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void shouldMakeAHookOnceAndRemoveOnlyItsOwn() throws Exception {
        // Given
        ScmConnection connection = connectAsAdmin();
        Webhooks webhooks = connection.webhooks();
        webhooks.ensure(GitHubForge.SHOP, URI.create("http://127.0.0.1:9/others"));

        // When
        Webhooks.Hook made = webhooks.ensure(GitHubForge.SHOP, ADDRESS);
        github.forge.resetRequests();
        Webhooks.Hook again = webhooks.ensure(GitHubForge.SHOP, ADDRESS);

        // Then
        assertThat(made.active()).isTrue();
        assertThat(made.problem()).isEmpty();
        assertThat(again).isEqualTo(made);
        assertThat(github.forge.writes()).isEmpty();
        assertThat(webhooks.find(GitHubForge.SHOP, ADDRESS)).containsExactly(made);

        // When, Then
        assertThat(webhooks.remove(GitHubForge.SHOP, ADDRESS)).isEqualTo(1);
        assertThat(webhooks.remove(GitHubForge.SHOP, ADDRESS)).isZero();
        assertThat(webhooks.find(GitHubForge.SHOP, URI.create("http://127.0.0.1:9/others"))).hasSize(1);
    }

    @Test
    void shouldRepairAHookThatIsOffAndLacksEvents() throws Exception {
        // Given
        ScmConnection connection = connectAsAdmin();
        Webhooks webhooks = connection.webhooks();
        Webhooks.Hook made = webhooks.ensure(GitHubForge.SHOP, ADDRESS);
        damage(made.id());
        assertThat(webhooks.find(GitHubForge.SHOP, ADDRESS).get(0).problem())
                .contains("switched off")
                .contains("pull_request");

        // When
        Webhooks.Hook repaired = webhooks.ensure(GitHubForge.SHOP, ADDRESS);

        // Then
        assertThat(repaired.id()).isEqualTo(made.id());
        assertThat(repaired.active()).isTrue();
        assertThat(repaired.problem()).isEmpty();
    }

    @Test
    void shouldUseTheAppsOwnHookAndSayWhatToSetThere() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();

        // When
        Webhooks.Hook unset = connection.webhooks().ensure(GitHubForge.SHOP, ADDRESS);
        github.app.webhook(ADDRESS, "webhook-secret");
        Webhooks.Hook set = connection.webhooks().ensure(GitHubForge.SHOP, ADDRESS);

        // Then
        assertThat(unset.active()).isFalse();
        assertThat(unset.problem()).contains(ADDRESS.toString()).contains("App's settings");
        assertThat(set.active()).isTrue();
        assertThat(set.problem()).isEmpty();
        assertThat(github.forge.writes()).extracting(RecordedRequest::path).isEmpty();
        assertThat(connection.webhooks().remove(GitHubForge.SHOP, ADDRESS)).isZero();
    }

    @Test
    void shouldVerifyAndReadWhatTheForgeSends() throws Exception {
        // Given
        BlockingQueue<Delivery> received = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            received.add(new Delivery(
                    "github", headers, exchange.getRequestBody().readAllBytes(), Instant.now()));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.start();
        try {
            github.app.webhook(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"), "webhook-secret");
            GitHubProvider provider = new GitHubProvider(
                    io.jenkins.plugins.scmchecks.engine.scm.Http.client(), Clock.systemUTC());

            // When
            github.shop.commit("feature", "More", Map.of("more.tf", "x\n"));
            github.forge.awaitDeliveries();

            // Then
            java.util.Set<ScmEvent.Type> types = new java.util.HashSet<>();
            for (Delivery delivery : received) {
                assertThat(provider.verifier().verify(delivery, new WebhookTrust.SharedSecret("webhook-secret")))
                        .isInstanceOf(Verdict.Accepted.class);
                assertThat(provider.verifier().verify(delivery, new WebhookTrust.SharedSecret("other")))
                        .isInstanceOf(Verdict.Refused.class);
                provider.parser().parse(delivery).forEach(e -> types.add(e.type()));
            }
            assertThat(types).contains(ScmEvent.Type.PUSH, ScmEvent.Type.PULL_REQUEST_UPDATED);
        } finally {
            server.stop(0);
        }
    }

    private ScmConnection connectAsAdmin() {
        github.acme.member(github.alice, Account.Role.ADMIN);
        return github.connectByToken("repo", "admin:repo_hook");
    }

    /** What an administrator may do in the repository's settings. */
    private void damage(String id) throws Exception {
        String token = github.forge.token(github.alice, "repo", "admin:repo_hook").value();
        HttpResponse<String> response = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(github.forge.apiUrl() + "/repos/acme/shop/hooks/" + id))
                        .header("Authorization", "Bearer " + token)
                        .header("User-Agent", "test")
                        .method(
                                "PATCH",
                                HttpRequest.BodyPublishers.ofString(new ObjectMapper()
                                        .writeValueAsString(Map.of("active", false, "events", List.of("push")))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
    }
}
