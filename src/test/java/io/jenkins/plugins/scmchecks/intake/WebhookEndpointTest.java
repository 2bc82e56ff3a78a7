package io.jenkins.plugins.scmchecks.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.util.Secret;
import io.jenkins.plugins.scmchecks.config.AzureDevOpsIntegration;
import io.jenkins.plugins.scmchecks.config.GitHubIntegration;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.trigger.ScmChecksTrigger;
import io.jenkins.plugins.scmchecks.trigger.ScmEventCause;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class WebhookEndpointTest {

    private static final String SECRET = "a webhook secret";

    private JenkinsRule jenkins;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Jenkins with security on, crumbs on, and nothing at all for people who are not signed in. */
    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.ADMINISTER).everywhere().to("admin"));
        assertThat(jenkins.jenkins.getCrumbIssuer()).isNotNull();
        CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next().addCredentials(
                Domain.global(),
                new StringCredentialsImpl(CredentialsScope.SYSTEM, "hook", null, Secret.fromString(SECRET)));
        GitHubIntegration acme = new GitHubIntegration("acme", "");
        acme.setWebhookSecretId("hook");
        ScmChecksGlobalConfiguration.get().setIntegrations(List.of(acme, new GitHubIntegration("no-secret", "")));
    }

    @Test
    void shouldTakeASignedDeliveryAndBuild() throws Exception {
        // Given
        FreeStyleProject job = createJob();
        // When
        HttpResponse<String> response = deliver("acme", "push", push("1".repeat(40)), SECRET);
        // Then
        assertThat(response.statusCode()).isEqualTo(202);
        await().until(() -> job.getLastBuild() != null);
        jenkins.waitUntilNoActivity();
        assertThat(job.getLastBuild().getCause(ScmEventCause.class)).isNotNull();
    }

    /** Azure DevOps signs in with a user and a password, which are none of Jenkins'. */
    @Test
    void shouldTakeADeliveryThatSignsIn() throws Exception {
        // Given
        CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next().addCredentials(
                Domain.global(),
                new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "sign-in", null, "hooks", "a long password"));
        AzureDevOpsIntegration azure = new AzureDevOpsIntegration("azure", "https://dev.azure.com/acme");
        azure.setWebhookSecretId("sign-in");
        ScmChecksGlobalConfiguration.get().setIntegrations(List.of(azure));
        // When
        int good = send(signedIn("azure", "hooks:a long password")).statusCode();
        int bad = send(signedIn("azure", "hooks:another")).statusCode();
        int jenkinsOwn = send(signedIn("azure", "admin:admin")).statusCode();
        int elsewhere = send(HttpRequest.newBuilder(jenkins.getURL().toURI().resolve("api/json"))
                        .header("Authorization", basic("hooks:a long password"))
                        .build())
                .statusCode();
        // Then
        assertThat(good).isEqualTo(200);
        assertThat(bad).isEqualTo(403);
        assertThat(jenkinsOwn).isEqualTo(403);
        assertThat(elsewhere).isEqualTo(401);
    }

    private HttpRequest signedIn(String integration, String userAndPassword) throws Exception {
        return HttpRequest.newBuilder(address(integration))
                .header("Content-Type", "application/json")
                .header("Authorization", basic(userAndPassword))
                .POST(BodyPublishers.ofString("{\"id\": \"1\", \"eventType\": \"workitem.created\", \"resource\": {}}"))
                .build();
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldRunADeliveryOnceHoweverOftenItIsSent() throws Exception {
        // Given
        FreeStyleProject job = createJob();
        HttpRequest request = createRequest("acme", "push", push("1".repeat(40)), SECRET);
        // When
        int first = send(request).statusCode();
        await().until(() -> job.getLastBuild() != null);
        int second = send(request).statusCode();
        // A delivery that comes later and is done shows that the repeated one is done with.
        deliver("acme", "push", push("2".repeat(40)), SECRET);
        await().until(() -> job.getLastBuild().getNumber() == 2);
        jenkins.waitUntilNoActivity();
        // Then
        assertThat(first).isEqualTo(202);
        assertThat(second).isIn(200, 202);
        assertThat(job.getBuilds()).hasSize(2);
    }

    @Test
    void shouldNotKeepASecretThatASenderShows() throws Exception {
        // Given
        byte[] body = push("1".repeat(40)).getBytes(StandardCharsets.UTF_8);
        // When
        int status = send(HttpRequest.newBuilder(address("acme"))
                        .header("X-GitHub-Event", "push")
                        .header("X-GitHub-Delivery", "kept-delivery")
                        .header("X-Hub-Signature-256", signature(body, SECRET))
                        .header("X-Gitlab-Token", "canary-token")
                        .header("Cookie", "session=canary-token")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build())
                .statusCode();
        // Then
        assertThat(status).isEqualTo(202);
        String kept = Files.readString(
                jenkins.jenkins.getRootDir().toPath().resolve("scm-checks/inbox.log"), StandardCharsets.ISO_8859_1);
        assertThat(kept).contains("kept-delivery").doesNotContain("canary-token");
    }

    @Test
    void shouldAnswerAPing() throws Exception {
        assertThat(deliver("acme", "ping", "{\"zen\":\"x\",\"hook_id\":1}", SECRET).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGiveOneAnswerToWhateverIsNotProven() throws Exception {
        // Given
        FreeStyleProject job = createJob();
        String body = push("1".repeat(40));
        // When
        List<HttpResponse<String>> answers = List.of(
                deliver("acme", "push", body, "another secret"),
                deliver("unknown", "push", body, SECRET),
                deliver("no-secret", "push", body, SECRET),
                deliver("no-secret", "push", body, ""),
                send(HttpRequest.newBuilder(address("acme")).POST(BodyPublishers.ofString(body)).build()),
                deliver("acme", "ping", "{}", "another secret"),
                deliver("acme", "push", "not even JSON", "another secret"));
        // Then
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(403);
        assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.get(0).body());
        assertThat(answers)
                .extracting(r -> r.headers().map().keySet().stream().sorted().toList())
                .containsOnly(answers.get(0).headers().map().keySet().stream().sorted().toList());
        jenkins.waitUntilNoActivity();
        assertThat(job.getBuilds()).isEmpty();
    }

    @Test
    void shouldSayOfASignedDeliveryWhyItCannotBeRead() throws Exception {
        HttpResponse<String> response = deliver("acme", "push", "{\"ref\":", SECRET);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("cannot be read");
    }

    @Test
    void shouldTakeNothingButPost() throws Exception {
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
            HttpResponse<String> response = send(HttpRequest.newBuilder(address("acme"))
                    .method(method, BodyPublishers.noBody())
                    .build());

            assertThat(response.statusCode()).as(method).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).contains("POST");
        }
    }

    @Test
    void shouldRefuseABodyThatIsAnnouncedTooLargeBeforeItIsSent() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(("POST " + address("acme").getPath() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                                    + (25 * 1024 * 1024 + 1) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(statusLine(socket)).contains(" 413 ");
        }
    }

    @Test
    void shouldRefuseABodyThatTurnsOutTooLarge() throws Exception {
        try (Socket socket = connect()) {
            var out = socket.getOutputStream();
            out.write(("POST " + address("acme").getPath()
                            + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("100000\r\n" + "x".repeat(1024 * 1024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 26; i++) {
                    out.write(chunk);
                }
            } catch (IOException e) {
                assertThat(e).as("the connection may end while we still send").isNotNull();
            }

            assertThat(statusLine(socket)).contains(" 413 ");
        }
    }

    @Test
    void shouldTurnAFloodAwayAndTakeTheNextWhenItIsOver() throws Exception {
        // Given
        List<Socket> tricklers = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = connect();
                tricklers.add(socket);
                socket.getOutputStream()
                        .write(("POST " + address("acme").getPath() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nx")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            // When / Then
            await().untilAsserted(() -> {
                HttpResponse<String> response = deliver("acme", "ping", "{\"zen\":\"x\"}", SECRET);
                assertThat(response.statusCode()).isEqualTo(429);
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            });
        } finally {
            for (Socket socket : tricklers) {
                socket.close();
            }
        }
        await().until(() -> deliver("acme", "ping", "{\"zen\":\"x\"}", SECRET).statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scm-checks/", "scm-checks/webhooks", "scm-checks/webhooks/", "scm-checks/webhooks/acme/", "scm-checks/webhooks/acme/x",
                "scm-checks/webhooks/acme/../../../script", "scm-checks/webhooks/acme;x=1/script", "scm-checks/webhooks/acme%2F..%2Fscript",
                "scm-checks/webhooks/-acme", "x/scm-checks/webhooks/acme"
            })
    void shouldBeReachableAtItsExactPathsAlone(String path) throws Exception {
        // Given
        byte[] body = push("1".repeat(40)).getBytes(StandardCharsets.UTF_8);
        // When
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(jenkins.getURL() + path))
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", UUID.randomUUID().toString())
                .header("X-Hub-Signature-256", signature(body, SECRET))
                .POST(BodyPublishers.ofByteArray(body))
                .build());
        // Then
        assertThat(response.statusCode()).isIn(400, 403, 404);
        assertThat(response.body()).doesNotContain("Accepted");
    }

    @Test
    void shouldExcludeNothingElseFromCrumbs() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(jenkins.getURL() + "scm-checks/other"))
                .POST(BodyPublishers.noBody())
                .build());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("crumb");
    }

    private FreeStyleProject createJob() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setQuietPeriod(0);
        ScmChecksTrigger trigger = new ScmChecksTrigger("acme", "acme/shop");
        trigger.setEvents(List.of(ScmEvent.Type.PUSH));
        job.addTrigger(trigger);
        trigger.start(job, true);
        return job;
    }

    private HttpResponse<String> deliver(String integration, String event, String body, String secret) throws Exception {
        return send(createRequest(integration, event, body, secret));
    }

    private HttpRequest createRequest(String integration, String event, String body, String secret) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(address(integration))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", UUID.randomUUID().toString());
        if (!secret.isEmpty()) {
            request.header("X-Hub-Signature-256", signature(bytes, secret));
        }
        return request.POST(BodyPublishers.ofByteArray(bytes)).build();
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String integration) throws IOException {
        return URI.create(jenkins.getURL() + "scm-checks/webhooks/" + integration);
    }

    private Socket connect() throws IOException {
        return new Socket(jenkins.getURL().getHost(), jenkins.getURL().getPort());
    }

    private static String statusLine(Socket socket) throws IOException {
        byte[] start = socket.getInputStream().readNBytes(40);
        return new String(start, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
    }

    private static String signature(byte[] body, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    }

    private static String push(String after) {
        return """
                {"ref": "refs/heads/main", "before": "%s", "after": "%s", "created": false, "deleted": false,
                 "repository": {"full_name": "acme/shop", "name": "shop", "owner": {"login": "acme"}},
                 "pusher": {"name": "alice"}, "sender": {"login": "alice"}, "commits": []}
                """.formatted("0".repeat(39) + "1", after);
    }
}
