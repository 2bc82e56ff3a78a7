package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.scm.ForgeFixture;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.github.GitHubApp;
import io.jenkins.plugins.scmchecks.forge.github.Installation;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/** The forge as GitHub, connected to as an App or by token. */
public final class GitHubFixture extends ForgeFixture {

    private final ObjectMapper json = new ObjectMapper();
    private final boolean byApp;
    private final GitHubApp app =
            forge.github().createApp(acme, "scm-checks", GitHubForge.PERMISSIONS, GitHubForge.EVENTS);
    private final Installation installation;
    private final String token;
    private final OkHttpClient http;

    /** @param http what the provider makes its requests with */
    public GitHubFixture(boolean byApp, OkHttpClient http) {
        super("acme");
        this.byApp = byApp;
        this.http = http;
        acme.member(alice, Account.Role.ADMIN);
        app.webhook(URI.create(NOBODY), "webhook-secret");
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

    private static <T> T newest(Stream<T> all, java.util.function.ToLongFunction<T> id) {
        return all.max(java.util.Comparator.comparingLong(id)).orElse(null);
    }

    @Override
    public Set<ScmEvent.Type> eventTypes() {
        return EnumSet.allOf(ScmEvent.Type.class);
    }

    /** The App's own hook is there from the start. */
    @Override
    protected void listen() {}

    @Override
    protected String eventName(ScmEvent.Type type) {
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

    @Override
    protected void causeOther(ScmEvent.Type type) {
        switch (type) {
            case RERUN_REQUESTED -> rerequest();
            case INSTALLATION_CHANGED -> installation.suspend();
            default -> addForeignWebhook("http://127.0.0.1:1/ping");
        }
    }

    @Override
    protected String check(PullRequest pull) {
        if (byApp) {
            Check check = newest(repo.checks(pull.headSha()).stream(), Check::id);
            return check == null ? null : check.conclusion() == null ? "pending" : check.conclusion();
        }
        CommitStatus status =
                newest(repo.statuses().stream().filter(s -> s.sha().equals(pull.headSha())), CommitStatus::id);
        return status == null ? null : status.state();
    }

    @Override
    protected int annotations(PullRequest pull) {
        Check check = newest(repo.checks(pull.headSha()).stream(), Check::id);
        return check == null ? 0 : check.annotations().size();
    }

    @Override
    protected int tooMany() {
        return 403;
    }

    @Override
    protected boolean isWrite(String path) {
        return !path.contains("/access_tokens") && !path.contains("/graphql");
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

}
