package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.github.GitHubApp;
import io.jenkins.plugins.scmchecks.forge.github.Installation;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/** The forge as GitHub, connected to as an App or by token. */
public final class GitHubFixture implements ProviderFixture {

    private static final String TOPIC = "topic";

    private final ObjectMapper json = new ObjectMapper();
    private final boolean byApp;
    private final Forge forge = Forge.start();
    private final Account acme = forge.organization("acme");
    private final Account alice = forge.user("alice");
    private final Repo repo = forge.repository(acme, "shop");
    private final GitHubApp app =
            forge.github().createApp(acme, "scm-checks", GitHubForge.PERMISSIONS, GitHubForge.EVENTS);
    private final Installation installation;
    private final String token;
    private final OkHttpClient http;

    /** @param http what the provider makes its requests with */
    public GitHubFixture(boolean byApp, OkHttpClient http) {
        this.byApp = byApp;
        this.http = http;
        acme.member(alice, Account.Role.ADMIN);
        repo.commit("main", "Start", Map.of("README.md", "# Shop\n", "app/main.txt", "x\n"));
        // Nobody listens there: the forge keeps what it tried to deliver.
        app.webhook(URI.create("http://127.0.0.1:1/hook"), "webhook-secret");
        installation = app.install(acme);
        token = forge.token(alice, "repo", "admin:repo_hook", "read:org").value();
        forge.resetRequests();
    }

    @Override
    public ScmProvider provider() {
        return new GitHubProvider(http, Clock.systemUTC());
    }

    @Override
    public Integration integration() {
        return integration(byApp
                ? new ScmCredential.AppKey(Long.toString(app.id()), app.privateKeyPkcs1())
                : new ScmCredential.Token(token));
    }

    @Override
    public Integration withRevokedCredential() {
        GitHubApp other = forge.github().createApp(acme, "other", GitHubForge.PERMISSIONS, GitHubForge.EVENTS);
        return integration(byApp
                ? new ScmCredential.AppKey(Long.toString(app.id()), other.privateKeyPkcs1())
                : new ScmCredential.Token(token + "x"));
    }

    private Integration integration(ScmCredential credential) {
        return new Integration(
                "acme",
                ProviderKind.GITHUB,
                URI.create(forge.apiUrl()),
                "acme",
                credential,
                new WebhookTrust.SharedSecret("webhook-secret"));
    }

    @Override
    public String secret() {
        return byApp ? app.privateKeyPkcs1().lines().skip(3).findFirst().orElseThrow() : token;
    }

    @Override
    public RepositoryPath repository() {
        return new RepositoryPath("acme/shop");
    }

    @Override
    public void addRepositories(int count) {
        for (int i = 0; i < count; i++) {
            forge.repository(acme, "r" + i);
        }
    }

    @Override
    public long openPullRequest(String path, int lines, boolean fork) {
        Repo source = fork ? repo.fork(forge.user("stranger")) : repo;
        source.commit(TOPIC, "Add", Map.of(path, GitHubForge.lines(1, lines)));
        return repo.openPullRequest("Add", "", source, TOPIC, "main", alice).number();
    }

    @Override
    public void push(long pullRequest, String path, int lines) {
        repo.commit(TOPIC, "More", Map.of(path, GitHubForge.lines(1, lines)));
    }

    @Override
    public Page page(long number) {
        PullRequest pull = repo.pullRequest((int) number).orElseThrow();
        Check check = newest(repo.checks(pull.headSha()).stream(), Check::id);
        CommitStatus status =
                newest(repo.statuses().stream().filter(s -> s.sha().equals(pull.headSha())), CommitStatus::id);
        String state = byApp
                ? check == null ? null : check.conclusion() == null ? "pending" : check.conclusion()
                : status == null ? null : status.state();
        return new Page(
                state,
                check == null ? 0 : check.annotations().size(),
                pull.threads().stream()
                        .filter(t -> !t.resolved())
                        .map(t -> t.original().path() + ":" + t.original().line())
                        .toList(),
                (int) pull.threads().stream().filter(ReviewThread::resolved).count(),
                pull.comments().stream().map(Comment::body).toList());
    }

    private static <T> T newest(Stream<T> all, java.util.function.ToLongFunction<T> id) {
        return all.max(java.util.Comparator.comparingLong(id)).orElse(null);
    }

    @Override
    public int writes() {
        int writes = forge.writes().size();
        forge.resetRequests();
        return writes;
    }

    @Override
    public void limitRate(Duration retryAfter) {
        forge.heal();
        if (!retryAfter.isZero()) {
            forge.fail(RequestMatcher.any(), Fault.retryAfter(403, retryAfter), Integer.MAX_VALUE);
        }
    }

    @Override
    public void failWrites(int status, int times) {
        RequestMatcher writes = (method, path) ->
                !method.equals("GET") && !path.contains("/access_tokens") && !path.contains("/graphql");
        forge.fail(writes, Fault.status(status), times);
    }

    @Override
    public Set<ScmEvent.Type> eventTypes() {
        // Tags that go are read from recorded payloads: the forge deletes none.
        return EnumSet.complementOf(EnumSet.of(ScmEvent.Type.TAG_DELETED));
    }

    @Override
    public Delivery deliver(ScmEvent.Type type) {
        forge.awaitDeliveries();
        int before = forge.deliveries().size();
        String event = cause(type);
        HookDelivery sent = forge.awaitDeliveries().stream()
                .skip(before)
                .filter(d -> d.event().equals(event))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("the forge told nothing of " + type));
        return new Delivery("acme", sent.headers(), sent.body(), sent.at());
    }

    /** Does what the event tells of; {@return GitHub's name of the event}. */
    private String cause(ScmEvent.Type type) {
        String main = repo.sha("main");
        String name = "n" + forge.deliveries().size();
        switch (type) {
            case PUSH -> repo.commit("main", "Push", Map.of(name, "x\n"));
            case BRANCH_CREATED -> repo.point(name, main);
            case BRANCH_DELETED -> {
                repo.point(name, main);
                repo.deleteBranch(name);
            }
            case TAG_CREATED -> repo.tag(name, main);
            case TAG_DELETED -> throw new IllegalArgumentException("the forge deletes no tags");
            case PULL_REQUEST_OPENED -> open(name);
            case PULL_REQUEST_UPDATED -> {
                open(name);
                repo.commit(name, "More", Map.of("more", name));
            }
            case PULL_REQUEST_RETARGETED -> {
                repo.point("release", main);
                open(name).retarget("release", alice);
            }
            case PULL_REQUEST_CLOSED -> open(name).close(alice);
            case PULL_REQUEST_MERGED -> open(name).merge(alice);
            case RERUN_REQUESTED -> rerequest();
            case INSTALLATION_CHANGED -> installation.suspend();
            case PING -> addForeignWebhook("http://127.0.0.1:1/ping");
        }
        return switch (type) {
            case PUSH, BRANCH_CREATED, BRANCH_DELETED, TAG_CREATED, TAG_DELETED -> "push";
            case RERUN_REQUESTED -> "check_run";
            case INSTALLATION_CHANGED -> "installation";
            case PING -> "ping";
            case PULL_REQUEST_OPENED,
                    PULL_REQUEST_UPDATED,
                    PULL_REQUEST_RETARGETED,
                    PULL_REQUEST_CLOSED,
                    PULL_REQUEST_MERGED -> "pull_request";
        };
    }

    private PullRequest open(String branch) {
        repo.commit(branch, "Change", Map.of(branch, "x\n"));
        return repo.openPullRequest("Change", branch, "main", alice);
    }

    private void rerequest() {
        call(installation.token(), "POST", "check-runs", Map.of(
                "name", "scm-checks", "head_sha", repo.sha("main"), "external_id", "scm-checks/x"));
        repo.checks().get(0).rerequest(alice);
    }

    @Override
    public void addForeignWebhook(String address) {
        Map<String, String> config = Map.of("url", address, "content_type", "json");
        call(token, "POST", "hooks", Map.of("name", "web", "events", List.of("push"), "config", config));
    }

    @Override
    public List<String> webhooks() {
        List<String> addresses = new ArrayList<>();
        call(token, "GET", "hooks", null).forEach(h -> addresses.add(h.at("/config/url").asText()));
        return addresses;
    }

    private JsonNode call(String as, String method, String path, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(forge.apiUrl() + "/repos/acme/shop/" + path))
                    .header("Authorization", "Bearer " + as)
                    .header("User-Agent", "test")
                    .method(method, body == null
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                    .build();
            return json.readTree(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        forge.close();
    }
}
