package io.jenkins.plugins.scmchecks.engine.scm.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport.Status;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryInfo;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.forge.google.GoogleCloud.OAuthClient;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is peculiar to Google Source Repositories. */
class GoogleBehaviourTest {

    private static final String SHA = "28e1879d029cb852e4844d9c718537df08844e03";

    private final GoogleFixture fixture = new GoogleFixture();
    private final ScmConnection connection = fixture.provider().connect(fixture.integration());

    @AfterEach
    void stop() {
        connection.close();
        fixture.close();
    }

    @Test
    void shouldAskForATokenOncePerHour() throws ScmException {
        connection.repository(fixture.repository());
        connection.repository(fixture.repository());
        assertThat(tokens()).isEqualTo(1);

        fixture.forge.clock().advance(Duration.ofMinutes(59));
        connection.repository(fixture.repository());
        assertThat(tokens()).isEqualTo(2);

        // When a token ends before its time
        fixture.forge.google().endTokens();
        connection.repositories(repository -> {});
        assertThat(tokens()).isEqualTo(3);
    }

    private long tokens() {
        return fixture.forge.requests().stream().filter(r -> r.path().endsWith("/google/token")).count();
    }

    @Test
    void shouldSignInAsAnOAuthClient() {
        OAuthClient client = fixture.forge.google().client(fixture.account.account());
        ConnectionReport good = test("acme-prod", client.id(), client.secret(), client.refreshToken());
        assertThat(good.status()).as(good.reason()).isEqualTo(Status.ACTIVE);
        assertThat(good.repositories()).isEqualTo(1);
        assertThat(good.missing()).isEmpty();

        ConnectionReport bad = test("acme-prod", client.id(), client.secret(), "1//other");
        assertThat(bad.status()).isEqualTo(Status.UNAUTHORIZED);
        assertThat(bad.reason()).contains("revoked").doesNotContain("1//other");
    }

    private ConnectionReport test(String project, String id, String secret, String refreshToken) {
        ScmCredential credential = new ScmCredential.OAuthClient(id, secret, refreshToken);
        return fixture.provider().connect(fixture.integration(project, credential)).test();
    }

    @Test
    void shouldListAllProjectsAndSayWhichIsClosed() throws ScmException {
        // Given
        Account other = fixture.forge.organization("acme-test").member(fixture.account.account(), Account.Role.READ);
        fixture.forge.privateRepository(other, "tools");
        fixture.forge.privateRepository(fixture.forge.organization("secret"), "plans");
        ScmCredential key = fixture.integration().credential();

        // When
        List<String> found = new ArrayList<>();
        fixture.provider().connect(fixture.integration("", key)).repositories(r -> found.add(r.path().value()));

        // Then
        assertThat(found).containsExactlyInAnyOrder("acme-prod/shop", "acme-test/tools");
        assertThat(fixture.provider().connect(fixture.integration("secret", key)).test().status())
                .isEqualTo(Status.NOT_INSTALLED);
    }

    @Test
    void shouldSayWhatItCannotDo() throws Exception {
        RepositoryPath shop = fixture.repository();

        assertThat(connection.capabilities()).isEmpty();
        assertThatThrownBy(() -> connection.folders(shop, "main", "")).hasMessageContaining("folders");
        assertThatThrownBy(() -> connection.pullRequest(shop, 1)).hasMessageContaining("no pull requests");
        assertThatThrownBy(() -> connection.webhooks().ensure(shop, java.net.URI.create("https://j.example.org/w")))
                .isInstanceOf(ScmException.class)
                .hasMessageContaining("Pub/Sub");
        RepositoryInfo info = connection.repository(shop);
        assertThat(info.webUrl()).isEqualTo("https://source.cloud.google.com/acme-prod/shop");
        Publisher.Target target = new Publisher.Target(shop, SHA, null);
        assertThat(connection.publisher().observe(target, "scm-checks/x").check()).isNull();
        assertThat(connection.publisher().apply(target, null)).isEmpty();
    }

    @Test
    void shouldSendItsTokenToGoogleAlone() {
        assertThatThrownBy(() -> GitRemote.of("https://evil.example.org/p/a/r/b", java.net.URI.create(
                        "https://sourcerepo.googleapis.com/v1"), "token"))
                .isInstanceOf(ScmException.class)
                .hasMessageContaining("evil.example.org");
        String key = fixture.account.keyJson().replace("http://127.0.0.1", "https://evil.example.org");
        assertThatThrownBy(() -> fixture.provider().connect(
                        fixture.integration("acme-prod", new ScmCredential.ServiceAccountKey(key))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token_uri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{\"type\":\"service_account\"}"})
    void shouldSayWhatIsWrongWithAKeyFile(String key) {
        assertThatThrownBy(() -> fixture.provider().connect(
                        fixture.integration("acme-prod", new ScmCredential.ServiceAccountKey(key))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key");
    }

    @Test
    void shouldReadEveryRefOfAMessage() throws Exception {
        List<ScmEvent> events = parse("""
                {"name":"projects/acme/repos/team/shop","url":"https://source.developers.google.com/p/acme/r/team/shop",
                 "eventTime":"2018-02-22T09:35:47.212Z","refUpdateEvent":{"email":"someone@example.org","refUpdates":{
                  "refs/heads/main":{"refName":"refs/heads/main","updateType":"UPDATE_NON_FAST_FORWARD",
                    "oldId":"%1$s","newId":"%1$s"},
                  "refs/tags/v1":{"refName":"refs/tags/v1","updateType":"DELETE","oldId":"%1$s"},
                  "refs/notes/x":{"refName":"refs/notes/x","updateType":"CREATE","newId":"%1$s"},
                  "refs/heads/new":{"refName":"refs/heads/new","updateType":"SOMETHING_NEW"}}}}""".formatted(SHA));

        RepositoryPath shop = new RepositoryPath("acme/team/shop");
        assertThat(events).containsExactly(
                new ScmEvent.Push(shop, "main", SHA, SHA, "someone@example.org"),
                new ScmEvent.RefChange(shop, ScmEvent.Type.TAG_DELETED, "v1", SHA, "someone@example.org"));
        assertThat(parse("{\"name\":\"projects/acme/repos/shop\",\"createRepoEvent\":{}}"))
                .containsExactly(new ScmEvent.InstallationChanged(
                        "acme", "added", List.of(new RepositoryPath("acme/shop"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[]", "{}", "{\"name\":\"projects/../repos/..\"}", "x",
        "{\"name\":\"projects/a/repos/b\",\"refUpdateEvent\":{\"refUpdates\":{\"refs/heads/a\":"
                + "{\"updateType\":\"CREATE\"}}}}"
    })
    void shouldSayWhatIsWrongWithAMessage(String data) {
        assertThatThrownBy(() -> parse(data)).isInstanceOf(MalformedDeliveryException.class);
    }

    private List<ScmEvent> parse(String data) throws MalformedDeliveryException {
        String body = "{\"message\":{\"messageId\":\"1\",\"data\":\""
                + Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)) + "\"}}";
        return fixture.provider().parser().parse(
                new Delivery("acme", Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }
}
