package io.jenkins.plugins.scmchecks.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.forge.Api;
import io.jenkins.plugins.scmchecks.forge.Api.Reply;
import io.jenkins.plugins.scmchecks.forge.Fixture;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppsTest {

    private final Fixture forge = new Fixture();

    @AfterEach
    void close() {
        forge.close();
    }

    @ParameterizedTest(name = "issued {0} s from now, expiring {1} s from now: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            -60 | 600 | 200 |
            -60 | 660 | 401 | 'Expiration time' claim ('exp') is too far in the future
            60  | 300 | 401 | 'Issued at' claim ('iat') must be an Integer
            -60 | -1  | 401 | 'Expiration time' claim ('exp') must be a numeric value
            """, quoteCharacter = '"')
    void shouldTakeOnlyShortLivedTokensOfTheApp(int issued, int expires, int status, String message) {
        // Given
        Instant now = forge.forge.clock().instant();
        Api api = new Api(forge.forge, Api.jwt(forge.app, now.plusSeconds(issued), now.plusSeconds(expires)));

        // When
        Reply reply = api.get("/app");

        // Then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("message").asText()).startsWith(message == null ? "" : message);
    }

    @Test
    void shouldRefuseAJwtSignedByAnotherKey() {
        // Given
        GitHubApp other = forge.forge.github().createApp(forge.acme, "other", Map.of(), Set.of());
        Instant now = forge.forge.clock().instant();
        String[] mine = Api.jwt(forge.app, now, now.plusSeconds(60)).split("\\.");
        String[] theirs = Api.jwt(other, now, now.plusSeconds(60)).split("\\.");

        // When
        Reply reply = new Api(forge.forge, mine[0] + "." + mine[1] + "." + theirs[2]).get("/app");

        // Then
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().get("message").asText()).isEqualTo("A JSON web token could not be decoded");
    }

    @Test
    void shouldEndATokenAfterAnHour() {
        // Given
        Api api = forge.api();
        assertThat(api.get("/repos/acme/shop").status()).isEqualTo(200);

        // When
        forge.forge.clock().advance(Duration.ofMinutes(61));

        // Then
        assertThat(api.get("/repos/acme/shop").status()).isEqualTo(401);
        assertThat(api.get("/repos/acme/shop").json().get("message").asText()).isEqualTo("Bad credentials");
    }

    @Test
    void shouldNarrowATokenToRepositoriesAndPermissions() {
        // Given
        forge.forge.privateRepository(forge.acme, "other");

        // When
        Reply created = forge.appApi().post("/app/installations/" + forge.installation.id() + "/access_tokens",
                "{\"repositories\":[\"shop\"],\"permissions\":{\"checks\":\"read\"}}");

        // Then
        assertThat(created.status()).isEqualTo(201);
        Api narrow = new Api(forge.forge, created.json().get("token").asText());
        assertThat(narrow.get("/repos/acme/other").status()).isEqualTo(404);
        assertThat(narrow.get("/installation/repositories").json().get("total_count").asInt()).isEqualTo(1);
        Reply refused = narrow.post("/repos/acme/shop/check-runs", forge.check(""));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("message").asText()).isEqualTo("Resource not accessible by integration");
    }

    @Test
    void shouldNotGiveATokenMoreThanTheInstallationHas() {
        // When / Then
        String tokens = "/app/installations/" + forge.installation.id() + "/access_tokens";
        assertThat(forge.appApi().post(tokens, "{\"permissions\":{\"administration\":\"write\"}}").status())
                .isEqualTo(422);
        assertThat(forge.appApi().post(tokens, "{\"repositories\":[\"nowhere\"]}").status()).isEqualTo(422);
    }

    @Test
    void shouldHideOtherAccountsRepositories() {
        // Given
        Repo other = forge.forge.repository(forge.forge.organization("globex"), "site");
        other.commit("main", "Start", Map.of("a", "a"));

        // When / Then
        assertThat(forge.api().get("/repos/globex/site").status()).isEqualTo(404);
        assertThat(forge.appApi().get("/orgs/globex/installation").status()).isEqualTo(404);
        assertThat(forge.appApi().get("/orgs/acme/installation").status()).isEqualTo(200);
    }

    @Test
    void shouldHideRepositoriesThatAreNotSelected() {
        // Given
        forge.installation.delete();
        Repo other = forge.forge.repository(forge.acme, "other");
        Installation selected = forge.app.install(forge.acme, List.of(other));

        // When / Then
        Api api = new Api(forge.forge, selected.token());
        assertThat(api.get("/repos/acme/other").status()).isEqualTo(200);
        assertThat(api.get("/repos/acme/shop").status()).isEqualTo(404);
        selected.add(forge.shop);
        assertThat(api.get("/repos/acme/shop").status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseASuspendedInstallationAndForgetADeletedOne() {
        // Given
        Api api = forge.api();
        String tokens = "/app/installations/" + forge.installation.id() + "/access_tokens";

        // When / Then
        forge.installation.suspend();
        assertThat(api.get("/repos/acme/shop").status()).isEqualTo(403);
        assertThat(forge.appApi().post(tokens, "{}").status()).isEqualTo(403);
        forge.installation.delete();
        assertThat(api.get("/repos/acme/shop").status()).isEqualTo(401);
        assertThat(forge.appApi().post(tokens, "{}").status()).isEqualTo(404);
    }

    @Test
    void shouldTellAPersonTheScopesAndTheEndOfTheToken() {
        // Given
        Instant end = forge.forge.clock().instant().plus(Duration.ofDays(1));
        Api api = new Api(forge.forge, forge.forge.token(forge.alice, end, "repo", "read:org").value());

        // When
        Reply user = api.get("/user");

        // Then
        assertThat(user.json().get("login").asText()).isEqualTo("alice");
        assertThat(user.header("X-OAuth-Scopes")).isEqualTo("read:org, repo");
        assertThat(user.header("GitHub-Authentication-Token-Expiration")).endsWith("UTC");
        forge.forge.clock().advance(Duration.ofDays(2));
        assertThat(api.get("/user").status()).isEqualTo(401);
    }

    @Test
    void shouldWantTheScopeForPrivateRepositories() {
        // Given
        forge.forge.privateRepository(forge.acme, "secret");

        // When / Then
        assertThat(new Api(forge.forge, forge.forge.token(forge.alice, "public_repo").value())
                .get("/repos/acme/secret").status()).isEqualTo(404);
        assertThat(new Api(forge.forge, forge.forge.token(forge.alice, "repo").value())
                .get("/repos/acme/secret").status()).isEqualTo(200);
        assertThat(new Api(forge.forge, null).get("/repos/acme/secret").status()).isEqualTo(404);
    }
}
