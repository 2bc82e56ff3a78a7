package io.jenkins.plugins.scmchecks.engine.scm.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport.Status;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.Providers;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryInfo;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RecordedRequest;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GitHubConnectionTest {

    private final GitHubForge github = new GitHubForge();

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void shouldSayWhatAWorkingAppSees() {
        // When
        ConnectionReport report = github.connectAsApp().test();

        // Then
        assertThat(report.status()).as(report.reason()).isEqualTo(Status.ACTIVE);
        assertThat(report.account()).isEqualTo("App \"scm-checks\" on acme");
        assertThat(report.repositories()).isEqualTo(1);
        assertThat(report.missing()).isEmpty();
        assertThat(report.notes()).isEmpty();
    }

    @Test
    void shouldSignInWithBothFormsOfTheKey() {
        assertThat(github.connect("acme", new ScmCredential.AppKey(
                                Long.toString(github.app.id()), github.app.privateKeyPkcs8()))
                        .test()
                        .status())
                .isEqualTo(Status.ACTIVE);
    }

    @Test
    void shouldNamePermissionsAndEventsThatAreMissingAndWhatTheyAreFor() {
        // Given
        var app = github.forge.github().createApp(
                github.acme, "poor", Map.of("metadata", "read", "contents", "read", "checks", "read"), Set.of("push"));
        app.install(github.acme);

        // When
        ConnectionReport report = github.connect(
                        "acme", new ScmCredential.AppKey(Long.toString(app.id()), app.privateKeyPkcs8()))
                .test();

        // Then
        assertThat(report.status()).isEqualTo(Status.ACTIVE);
        assertThat(report.missing())
                .contains(
                        "checks:write: to show the check and its annotations",
                        "pull_requests:write: to write inline comments")
                .anyMatch(m -> m.startsWith("event pull_request"))
                .noneMatch(m -> m.startsWith("contents"))
                .noneMatch(m -> m.startsWith("event push"));
        assertThat(report.notes()).anyMatch(n -> n.contains("contents:write"));
    }

    @Test
    void shouldTellSuspendedFromNotInstalledFromUnauthorizedFromUnreachable() {
        // Given
        ScmConnection elsewhere = github.connect(
                "nowhere", new ScmCredential.AppKey(Long.toString(github.app.id()), github.app.privateKeyPkcs8()));
        ScmConnection unknown =
                github.connect("acme", new ScmCredential.AppKey("999999", github.app.privateKeyPkcs8()));
        ScmConnection noKey = github.connect("acme", new ScmCredential.AppKey("1", "no key"));

        // When, Then
        assertThat(elsewhere.test()).satisfies(r -> {
            assertThat(r.status()).isEqualTo(Status.NOT_INSTALLED);
            assertThat(r.reason()).contains("nowhere").contains("/installations/new");
        });
        assertThat(unknown.test().status()).isEqualTo(Status.UNAUTHORIZED);
        assertThat(noKey.test()).satisfies(r -> {
            assertThat(r.status()).isEqualTo(Status.UNAUTHORIZED);
            assertThat(r.reason()).contains("private key");
        });
        github.installation.suspend();
        assertThat(github.connectAsApp().test()).satisfies(r -> {
            assertThat(r.status()).isEqualTo(Status.SUSPENDED);
            assertThat(r.reason()).contains("unsuspend");
        });
        github.forge.fail(RequestMatcher.any(), Fault.drop(), 99);
        assertThat(github.connectAsApp().test()).satisfies(r -> {
            assertThat(r.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(r.reason()).contains("127.0.0.1");
        });
    }

    @Test
    void shouldSayThatAnAddressIsNoApiWhenItAnswersHtml() {
        // Given
        github.forge.fail(RequestMatcher.any(), Fault.html(203), 99);

        // When, Then
        assertThat(github.connectByToken("repo").test()).satisfies(r -> {
            assertThat(r.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(r.reason()).contains("text/html").contains("/api/v3");
        });
    }

    @Test
    void shouldSayWhatATokenMayDoAndWhenItEnds() {
        // Given
        Instant end = github.forge.clock().instant().plus(Duration.ofDays(9)).truncatedTo(ChronoUnit.SECONDS);
        String token = github.forge.token(github.alice, end, "repo").value();

        // When
        ConnectionReport report = github.connect("acme", new ScmCredential.Token(token + "\n")).test();

        // Then
        assertThat(report.status()).as(report.reason()).isEqualTo(Status.ACTIVE);
        assertThat(report.account()).isEqualTo("user alice on acme");
        assertThat(report.expires()).isEqualTo(end);
        assertThat(report.repositories()).isEqualTo(1);
        assertThat(report.missing()).containsExactly("admin:repo_hook: to register webhooks");
    }

    @Test
    void shouldRefuseARevokedTokenAndNeverShowIt() {
        // Given
        ScmConnection connection = github.connect("acme", new ScmCredential.Token("ghp_canary-token-1234"));

        // When, Then
        assertThat(connection.test()).satisfies(r -> {
            assertThat(r.status()).isEqualTo(Status.UNAUTHORIZED);
            assertThat(r.toString()).doesNotContain("canary");
        });
        assertThatThrownBy(() -> connection.branches(GitHubForge.SHOP))
                .isInstanceOf(ScmException.class)
                .hasMessageContaining("revoked or expired")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> github.connect("acme", new ScmCredential.Token("can\u00e4ry x"))
                        .branches(GitHubForge.SHOP))
                .isInstanceOf(ScmException.class)
                .hasMessageNotContaining("can\u00e4ry");
    }

    @Test
    void shouldRefuseACredentialThatGitHubDoesNotTake() {
        assertThatThrownBy(() -> github.connect("acme", new ScmCredential.OAuthClient("id", "canary", null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GitHub App or a token")
                .hasMessageNotContaining("canary");
    }

    @Test
    void shouldListAllRepositoriesPageByPage() throws Exception {
        // Given
        for (int i = 0; i < 249; i++) {
            github.forge.repository(github.acme, "r" + i);
        }
        github.forge.resetRequests();

        // When
        List<RepositoryInfo> seen = new ArrayList<>();
        github.connectAsApp().repositories(seen::add);

        // Then
        assertThat(seen).hasSize(250).doesNotHaveDuplicates();
        assertThat(github.forge.requests())
                .filteredOn(r -> r.path().endsWith("/installation/repositories"))
                .hasSize(3);
        List<RepositoryInfo> byToken = new ArrayList<>();
        github.connectByToken("repo").repositories(byToken::add);
        assertThat(byToken).extracting(RepositoryInfo::path).hasSize(250);
    }

    @Test
    void shouldSeeOnlyItsOwnOrganizationWhenOneAppServesMany() throws Exception {
        // Given
        Account other = github.forge.organization("other");
        github.forge.privateRepository(other, "secret-project");
        github.app.install(other);
        ScmCredential credential = new ScmCredential.AppKey(
                Long.toString(github.app.id()), github.app.privateKeyPkcs8());
        RepositoryPath secret = new RepositoryPath("other/secret-project");

        // When, Then
        List<String> seen = new ArrayList<>();
        github.connect("other", credential).repositories(r -> seen.add(r.path().value()));
        assertThat(seen).containsExactly("other/secret-project");
        assertThat(github.connect("other", credential).repository(secret).path()).isEqualTo(secret);
        assertThatThrownBy(() -> github.connect("acme", credential).repository(secret))
                .isInstanceOfSatisfying(ScmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThatThrownBy(() -> github.connect("", credential).repositories(r -> {}))
                .hasMessageContaining("several organizations");
    }

    @Test
    void shouldFindTheInstallationOfAUserAndTheOnlyOne() throws Exception {
        // Given
        var app = github.forge.github().createApp(github.alice, "mine", GitHubForge.PERMISSIONS, GitHubForge.EVENTS);
        app.install(github.alice);
        github.forge.repository(github.alice, "dotfiles");
        ScmCredential credential = new ScmCredential.AppKey(Long.toString(app.id()), app.privateKeyPkcs8());

        // When, Then
        for (String organization : List.of("alice", "")) {
            List<String> seen = new ArrayList<>();
            github.connect(organization, credential).repositories(r -> seen.add(r.path().value()));
            assertThat(seen).containsExactly("alice/dotfiles");
        }
    }

    @Test
    void shouldUseOneInstallationTokenForManyRequests() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();

        // When
        connection.branches(GitHubForge.SHOP);
        connection.branches(GitHubForge.SHOP);
        connection.repository(GitHubForge.SHOP);

        // Then
        assertThat(github.forge.requests())
                .filteredOn(r -> r.path().endsWith("/access_tokens"))
                .hasSize(1);
    }

    @Test
    void shouldListBranchesAndFolders() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        for (int i = 0; i < 120; i++) {
            github.shop.point("topic/" + i, github.shop.sha("main"));
        }

        // When, Then
        assertThat(connection.branches(GitHubForge.SHOP)).hasSize(122).contains("main", "feature", "topic/7");
        assertThat(connection.folders(GitHubForge.SHOP, "main", "")).containsExactly("a");
        assertThat(connection.folders(GitHubForge.SHOP, "main", "a")).containsExactly("b");
        assertThatThrownBy(() -> connection.folders(GitHubForge.SHOP, "main", "../../../user"))
                .hasMessageContaining("not a folder");
        assertThatThrownBy(() -> connection.folders(GitHubForge.SHOP, "main", "main.tf"))
                .hasMessageContaining("is a file");
    }

    @Test
    void shouldReadAPullRequestAndWhatItChanges() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();

        // When
        PullRequest pull = connection.pullRequest(GitHubForge.SHOP, 1);
        ChangeSet change = connection.changes(GitHubForge.SHOP, pull);

        // Then
        assertThat(pull.headSha()).isEqualTo(github.pull.headSha());
        assertThat(pull.targetBranch()).isEqualTo("main");
        assertThat(pull.fork()).isFalse();
        assertThat(change.files().keySet()).containsExactlyInAnyOrder("main.tf", "new.tf");
        assertThat(change.files().get("new.tf").kind()).isEqualTo(FileChange.Kind.ADDED);
        assertThat(change.changes("main.tf", 20)).isTrue();
        assertThat(change.changes("main.tf", 19)).isFalse();
        assertThat(change.shows("main.tf", 17)).isTrue();
        assertThat(change.shows("main.tf", 16)).isFalse();
    }

    @Test
    void shouldReadOnceMoreOnADroppedConnectionAndNotOnAnError() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        connection.branches(GitHubForge.SHOP);
        RequestMatcher branches = RequestMatcher.of("GET", "/api/v3/repos/acme/shop/branches");

        // When, Then
        github.forge.fail(branches, Fault.drop(), 1);
        assertThat(connection.branches(GitHubForge.SHOP)).hasSize(2);
        github.forge.resetRequests();
        github.forge.fail(branches, Fault.status(502), 1);
        assertThatThrownBy(() -> connection.branches(GitHubForge.SHOP))
                .isInstanceOfSatisfying(ScmException.class, e -> assertThat(e.isTransient()).isTrue());
        assertThat(github.forge.requests()).extracting(RecordedRequest::status).containsExactly(502);
    }

    @Test
    void shouldFailAtOnceWhenTheRateIsLimited() throws Exception {
        // Given
        ScmConnection connection = github.connectAsApp();
        connection.branches(GitHubForge.SHOP);
        github.forge.fail(RequestMatcher.any(), Fault.retryAfter(429, Duration.ofSeconds(30)), 99);

        // When, Then: through the library as well as through our own requests
        assertThatThrownBy(() -> connection.branches(GitHubForge.SHOP))
                .isInstanceOfSatisfying(ScmException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30));
                });
        assertThatThrownBy(() -> connection.repositories(r -> {}))
                .isInstanceOfSatisfying(
                        ScmException.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
    }

    @Test
    void shouldSendTheCredentialToNoOtherServerWhateverAnAnswerSays() throws Exception {
        // Given: a server whose next page is somewhere else
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        HttpServer other = createServer(exchange -> elsewhere.add(exchange.getRequestURI().toString()), "[]", null);
        String next = "<http://127.0.0.1:" + other.getAddress().getPort() + "/page2>; rel=\"next\"";
        HttpServer server = createServer(exchange -> {}, "[{\"name\":\"main\"}]", next);
        try {
            ScmConnection connection = new Providers().connect(new Integration(
                    "evil",
                    ProviderKind.GITHUB,
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                    "acme",
                    new ScmCredential.Token("canary"),
                    null));

            // When, Then
            assertThatThrownBy(() -> connection.branches(GitHubForge.SHOP))
                    .hasMessageContaining("no credential is sent");
            assertThatThrownBy(() -> connection.repositories(r -> {})).isInstanceOf(ScmException.class);
            assertThat(elsewhere).isEmpty();
        } finally {
            server.stop(0);
            other.stop(0);
        }
    }

    private static HttpServer createServer(Consumer<HttpExchange> each, String body, String link) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            each.accept(exchange);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            if (link != null) {
                exchange.getResponseHeaders().add("Link", link);
            }
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        return server;
    }
}
