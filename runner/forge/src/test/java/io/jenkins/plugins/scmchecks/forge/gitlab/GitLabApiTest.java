package io.jenkins.plugins.scmchecks.forge.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The forge as GitLab is as strict as GitLab, seen by a plain client. */
class GitLabApiTest {

    private record Reply(int status, JsonNode json, HttpResponse<String> http) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final Forge forge = Forge.start();
    private final Account acme = forge.organization("acme");
    private final Account dev = forge.user("dev");
    private final Repo shop = forge.privateRepository(acme, "shop");
    private final String sha = shop.commit("main", "Start", Map.of("a.txt", "one\n"));
    private String token = forge.gitlab().token(dev, null, "api").value();

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void shouldKnowAProjectByNumberAndByEncodedPath() throws Exception {
        acme.member(dev, Account.Role.READ);

        assertThat(send("GET", "/projects/acme%2Fshop", null).json().path("id").asLong()).isEqualTo(shop.id());
        assertThat(send("GET", "/projects/" + shop.id(), null).json().path("path_with_namespace").asText())
                .isEqualTo("acme/shop");
        assertThat(send("GET", "/projects/acme/shop", null).status()).isEqualTo(404);
    }

    @Test
    void shouldHideWhatIsNotSeenAndForbidWhatIsNotAllowed() throws Exception {
        assertThat(send("GET", "/projects/acme%2Fshop", null).json().path("message").asText())
                .isEqualTo("404 Project Not Found");

        acme.member(dev, Account.Role.READ);
        assertThat(send("POST", "/projects/acme%2Fshop/statuses/" + sha, "{\"state\":\"success\"}").status())
                .isEqualTo(403);
        assertThat(send("GET", "/projects/acme%2Fshop/hooks", null).status()).isEqualTo(403);

        token = forge.gitlab().token(dev, null, "read_api").value();
        assertThat(send("POST", "/projects/acme%2Fshop/statuses/" + sha, "{}").json().path("error").asText())
                .isEqualTo("insufficient_scope");

        token = "glpat-unknown";
        assertThat(send("GET", "/user", null).status()).isEqualTo(401);
    }

    @Test
    void shouldLetARunningStatusGoForwardOnly() throws Exception {
        acme.member(dev, Account.Role.WRITE);
        String statuses = "/projects/acme%2Fshop/statuses/" + sha;

        assertThat(send("POST", statuses, "{\"state\":\"running\",\"name\":\"x\"}").status()).isEqualTo(201);
        Reply again = send("POST", statuses, "{\"state\":\"running\",\"name\":\"x\"}");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.json().path("message").asText()).startsWith("Cannot transition status via :run from :running");
        assertThat(send("POST", statuses, "{\"state\":\"failed\",\"name\":\"x\"}").status()).isEqualTo(201);
        assertThat(shop.statuses()).hasSize(1);
        assertThat(send("POST", statuses, "{\"state\":\"odd\"}").status()).isEqualTo(400);
        assertThat(send("POST", statuses, "{\"state\":\"success\",\"description\":\"" + "x".repeat(256) + "\"}").status())
                .isEqualTo(400);
    }

    @Test
    void shouldRefuseANumberOfAPipelineThatIsNotTheCommits() throws Exception {
        acme.member(dev, Account.Role.WRITE);
        forge.gitlab().addPipeline(shop, sha, "main");

        send("POST", "/projects/acme%2Fshop/statuses/" + sha, "{\"state\":\"success\"}");
        assertThat(forge.gitlab().pipelines(shop, sha)).hasSize(1);

        Reply refused = send(
                "POST", "/projects/acme%2Fshop/statuses/" + sha, "{\"state\":\"success\",\"pipeline_id\":1}");
        assertThat(refused.status()).isEqualTo(404);
        assertThat(forge.gitlab().pipelines(shop, sha)).hasSize(1);
    }

    @Test
    void shouldRunTheCommandsOfANoteAndLeaveThemOut() throws Exception {
        acme.member(dev, Account.Role.WRITE);
        shop.commit("feature", "Change", Map.of("a.txt", "two\n"));
        var pull = shop.openPullRequest("Change", "feature", "main", dev);

        send("POST", "/projects/acme%2Fshop/merge_requests/1/notes", "{\"body\":\"```\\n/close\\n```\\nfine\"}");
        assertThat(pull.open()).isTrue();

        send("POST", "/projects/acme%2Fshop/merge_requests/1/notes", "{\"body\":\"bye\\n/close\\n\"}");
        assertThat(pull.open()).isFalse();
        assertThat(pull.comments().get(1).body()).isEqualTo("bye\n");
    }

    @Test
    void shouldKeepSecretsOfHooksAndRefuseOtherKeys() throws Exception {
        acme.member(dev, Account.Role.ADMIN);
        String hooks = "/projects/acme%2Fshop/hooks";

        Reply made = send("POST", hooks, "{\"url\":\"https://ci.example.org/\",\"token\":\"hidden\"}");
        assertThat(made.http().body()).doesNotContain("hidden").contains("\"token_present\":true");
        assertThat(send("POST", hooks, "{\"url\":\"https://ci.example.org/\",\"signing_token\":\"whsec_AAAA\"}").status())
                .isEqualTo(422);
        assertThat(send("POST", hooks, "{\"url\":\"ftp://ci.example.org/\"}").status()).isEqualTo(422);
        assertThat(send("POST", hooks, "{}").json().path("error").asText()).isEqualTo("url is missing");
    }

    @Test
    void shouldLimitTheRateWithAPlainText() throws Exception {
        forge.gitlab().rateLimit(1);

        assertThat(send("GET", "/user", null).http().headers().firstValue("RateLimit-Remaining")).hasValue("0");
        Reply limited = send("GET", "/user", null);

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.http().headers().firstValue("Retry-After")).isPresent();
        assertThat(limited.http().body()).isEqualTo("Retry later\n");
    }

    private Reply send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(forge.gitlab().apiUrl() + path))
                .header("PRIVATE-TOKEN", token)
                .header("Content-Type", "application/json")
                .method(method, json == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        boolean isJson = answer.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Reply(answer.statusCode(), isJson ? new ObjectMapper().readTree(answer.body()) : null, answer);
    }
}
