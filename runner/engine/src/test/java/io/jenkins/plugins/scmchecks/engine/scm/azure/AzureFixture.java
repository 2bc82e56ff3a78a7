package io.jenkins.plugins.scmchecks.engine.scm.azure;

import io.jenkins.plugins.scmchecks.engine.scm.Http;
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
import io.jenkins.plugins.scmchecks.forge.azure.AzureToken;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;

/** A forge as Azure DevOps with the project {@code acme}, in it the repository {@code shop}. */
public final class AzureFixture implements ProviderFixture {

    private static final String TOPIC = "topic";
    private static final String LISTENER = "http://127.0.0.1:1/hook";

    final Forge forge = Forge.start();
    final Account acme = forge.organization("acme");
    final Account alice = forge.user("alice");
    final Repo repo = forge.repository(acme, "shop");
    final AzureToken token = forge.azure().token(alice, null, AzureToken.ALL_SCOPES);

    private boolean listening;

    private final OkHttpClient http;

    AzureFixture() {
        this(Http.client());
    }

    /** @param http what the provider makes its requests with */
    public AzureFixture(OkHttpClient http) {
        this.http = http;
        acme.member(alice, Account.Role.ADMIN);
        repo.commit("main", "Start", Map.of("README.md", "# Shop\n", "app/main.txt", "x\n"));
        forge.resetRequests();
    }

    @Override
    public ScmProvider provider() {
        return new AzureProvider(http, Clock.systemUTC());
    }

    @Override
    public Integration integration() {
        return integration("acme", token.value());
    }

    @Override
    public Integration withRevokedCredential() {
        return integration("acme", token.value() + "x");
    }

    Integration integration(String project, String pat) {
        return new Integration("acme", ProviderKind.AZURE_DEVOPS, URI.create(forge.azure().apiUrl()), project,
                new ScmCredential.Token(pat), new WebhookTrust.BasicAuth("scm-checks", "a:pass"));
    }

    @Override
    public String secret() {
        return token.value();
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
        source.commit(TOPIC, "Add", Map.of(path, lines(lines)));
        return repo.openPullRequest("Add", "", source, TOPIC, "main", alice).number();
    }

    @Override
    public void push(long pullRequest, String path, int lines) {
        repo.commit(TOPIC, "More", Map.of(path, lines(lines)));
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    PullRequest pull(long number) {
        return repo.pullRequest((int) number).orElseThrow();
    }

    @Override
    public Page page(long number) {
        PullRequest pull = pull(number);
        CommitStatus status = repo.statuses().stream()
                .filter(s -> s.sha().equals(pull.headSha()))
                .max(Comparator.comparingLong(CommitStatus::id))
                .orElse(null);
        return new Page(
                status == null ? null : status.state(),
                0,
                pull.threads().stream()
                        .filter(t -> !t.resolved())
                        .map(t -> t.original().path() + ":" + t.original().line())
                        .toList(),
                (int) pull.threads().stream().filter(ReviewThread::resolved).count(),
                pull.comments().stream().map(Comment::body).toList());
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
            forge.fail(RequestMatcher.any(), Fault.retryAfter(429, retryAfter), Integer.MAX_VALUE);
        }
    }

    @Override
    public void failWrites(int status, int times) {
        forge.fail((method, path) -> !method.equals("GET"), Fault.status(status), times);
    }

    @Override
    public Set<ScmEvent.Type> eventTypes() {
        // Azure DevOps knows no re-run and no installation; what the forge does not do is read from examples.
        return EnumSet.complementOf(EnumSet.of(
                ScmEvent.Type.TAG_DELETED,
                ScmEvent.Type.RERUN_REQUESTED,
                ScmEvent.Type.INSTALLATION_CHANGED,
                ScmEvent.Type.PING));
    }

    @Override
    public Delivery deliver(ScmEvent.Type type) {
        listen();
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

    private void listen() {
        if (!listening) {
            List.of("git.push", "git.pullrequest.created", "git.pullrequest.updated")
                    .forEach(e -> forge.azure().subscribe(repo, e, LISTENER, "scm-checks", "a:pass"));
        }
        listening = true;
    }

    /** Does what the event tells of; {@return Azure DevOps' name of the event}. */
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
            case TAG_DELETED, RERUN_REQUESTED, INSTALLATION_CHANGED, PING ->
                throw new IllegalArgumentException("the forge does not do that: " + type);
        }
        return switch (type) {
            case PULL_REQUEST_OPENED -> "git.pullrequest.created";
            case PULL_REQUEST_UPDATED, PULL_REQUEST_RETARGETED, PULL_REQUEST_CLOSED, PULL_REQUEST_MERGED ->
                "git.pullrequest.updated";
            default -> "git.push";
        };
    }

    private PullRequest open(String branch) {
        repo.commit(branch, "Change", Map.of(branch, "x\n"));
        return repo.openPullRequest("Change", branch, "main", alice);
    }

    @Override
    public void addForeignWebhook(String address) {
        forge.azure().subscribe(repo, "git.push", address, "other", "secret");
    }

    @Override
    public List<String> webhooks() {
        return forge.azure().subscriptions(repo).stream().map(s -> s.consumerInputs().get("url")).toList();
    }

    @Override
    public void close() {
        forge.close();
    }
}
