package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.scm.CredentialRenewal;
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
import io.jenkins.plugins.scmchecks.forge.gitlab.GitLabHook;
import io.jenkins.plugins.scmchecks.forge.gitlab.GitLabToken;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/** The forge as GitLab: a nested group with a project, and a group token's bot that is its maintainer. */
public final class GitLabFixture implements ProviderFixture {

    /** A key of 32 bytes, as GitLab wants it. */
    public static final String SIGNING_TOKEN = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    /** Refused at once, so that every delivery is logged as it was sent. */
    private static final String NOWHERE = "http://127.0.0.1:1/hook";

    final Forge forge = Forge.start();
    final Account bot = forge.user("group_1_bot");
    final Account alice = forge.user("alice");
    final Account acme = forge.organization("acme/platform");
    final Repo shop = forge.privateRepository(acme, "shop");
    private final GitLabToken token = forge.gitlab().token(bot, null, "api");
    private final ScmProvider provider;
    private final String webhookSecret;
    private int seen;

    GitLabFixture(String webhookSecret) {
        this(webhookSecret, Http.client());
    }

    /** @param http what the provider makes its requests with */
    public GitLabFixture(String webhookSecret, OkHttpClient http) {
        this.provider = new GitLabProvider(http, Clock.systemUTC(), CredentialRenewal.NONE);
        this.webhookSecret = webhookSecret;
        acme.member(bot, Account.Role.ADMIN);
        acme.member(alice, Account.Role.WRITE);
        shop.commit("main", "Start", Map.of("README.md", "# Shop\n", "app/main.txt", lines(30)));
    }

    static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    @Override
    public ScmProvider provider() {
        return provider;
    }

    @Override
    public Integration integration() {
        return integration(new ScmCredential.Token(token.value()));
    }

    Integration integration(ScmCredential credential) {
        return new Integration(
                "acme",
                ProviderKind.GITLAB,
                URI.create(forge.gitlab().apiUrl()),
                "acme/platform",
                credential,
                new WebhookTrust.SharedSecret(webhookSecret));
    }

    @Override
    public Integration withRevokedCredential() {
        GitLabToken revoked = forge.gitlab().token(bot, null, "api");
        forge.gitlab().revoke(revoked.value());
        return integration(new ScmCredential.Token(revoked.value()));
    }

    @Override
    public String secret() {
        return token.value();
    }

    @Override
    public RepositoryPath repository() {
        return new RepositoryPath(shop.fullName());
    }

    /** Half of them are in a subgroup. */
    @Override
    public void addRepositories(int count) {
        Account below = forge.organization("acme/platform/tools").member(bot, Account.Role.ADMIN);
        for (int i = 0; i < count; i++) {
            forge.repository(i % 2 == 0 ? acme : below, "project-" + i);
        }
    }

    @Override
    public long openPullRequest(String path, int lines, boolean fork) {
        Repo source = shop;
        if (fork) {
            source = shop.fork(alice).collaborator(bot, Account.Role.WRITE);
        }
        source.commit("feature", "Add " + path, Map.of(path, lines(lines)));
        return shop.openPullRequest("Add a file", "", source, "feature", "main", alice).number();
    }

    PullRequest pullRequest(long number) {
        return shop.pullRequest((int) number).orElseThrow();
    }

    @Override
    public void push(long pullRequest, String path, int lines) {
        pullRequest(pullRequest).headRepo().commit("feature", "Change " + path, Map.of(path, lines(lines)));
    }

    @Override
    public Page page(long number) {
        PullRequest pull = pullRequest(number);
        String check = Stream.of(pull.repo(), pull.headRepo())
                .flatMap(repo -> repo.statuses().stream())
                .filter(s -> s.sha().equals(pull.headSha()) && s.context().equals("SCM Checks"))
                .map(CommitStatus::state)
                .reduce((first, second) -> second)
                .map(state -> switch (state) {
                    case "success" -> "success";
                    case "failed" -> "failure";
                    default -> "pending";
                })
                .orElse(null);
        List<ReviewThread> ours = pull.threads().stream()
                .filter(thread -> isOurs(thread.comments().get(0)))
                .toList();
        return new Page(
                check,
                0,
                ours.stream()
                        .filter(thread -> !thread.resolved())
                        .map(thread -> thread.original().path() + ":" + thread.original().line())
                        .toList(),
                (int) ours.stream().filter(ReviewThread::resolved).count(),
                pull.comments().stream().filter(this::isOurs).map(Comment::body).toList());
    }

    private boolean isOurs(Comment comment) {
        return comment.author() == bot && Marker.parse(comment.body()).isPresent();
    }

    @Override
    public int writes() {
        int now = forge.writes().size();
        int since = now - seen;
        seen = now;
        return since;
    }

    @Override
    public void limitRate(Duration retryAfter) {
        if (retryAfter.isZero()) {
            forge.heal();
        } else {
            forge.fail(RequestMatcher.any(), Fault.retryAfter(429, retryAfter), 1_000);
        }
    }

    @Override
    public void failWrites(int status, int times) {
        forge.fail((method, path) -> !method.equals("GET"), Fault.status(status), times);
    }

    @Override
    public Set<ScmEvent.Type> eventTypes() {
        return EnumSet.of(
                ScmEvent.Type.PUSH,
                ScmEvent.Type.BRANCH_CREATED,
                ScmEvent.Type.BRANCH_DELETED,
                ScmEvent.Type.TAG_CREATED,
                ScmEvent.Type.PULL_REQUEST_OPENED,
                ScmEvent.Type.PULL_REQUEST_UPDATED,
                ScmEvent.Type.PULL_REQUEST_RETARGETED,
                ScmEvent.Type.PULL_REQUEST_CLOSED,
                ScmEvent.Type.PULL_REQUEST_MERGED);
    }

    @Override
    public Delivery deliver(ScmEvent.Type type) {
        boolean signing = webhookSecret.startsWith("whsec_");
        String name = "branch-" + type.name().toLowerCase(java.util.Locale.ROOT);
        shop.commit(name, "Begin", Map.of(name, "one\n"));
        shop.commit("release", "Release", Map.of("release.txt", "1\n"));
        PullRequest pull = type.name().startsWith("PULL_REQUEST") && type != ScmEvent.Type.PULL_REQUEST_OPENED
                ? shop.openPullRequest("Change", name, "main", alice)
                : null;
        GitLabHook hook =
                forge.gitlab().addHook(shop, NOWHERE, signing ? "" : webhookSecret, signing ? webhookSecret : "");
        switch (type) {
            case PUSH, PULL_REQUEST_UPDATED -> shop.commit(name, "Go on", Map.of(name, "two\n"));
            case BRANCH_CREATED -> shop.commit("new-branch", "New", Map.of("new.txt", "1\n"));
            case BRANCH_DELETED -> shop.deleteBranch(name);
            case TAG_CREATED -> shop.tag("v1.0", shop.sha("main"));
            case PULL_REQUEST_OPENED -> shop.openPullRequest("Change", name, "main", alice);
            case PULL_REQUEST_RETARGETED -> pull.retarget("release", alice);
            case PULL_REQUEST_CLOSED -> pull.close(alice);
            case PULL_REQUEST_MERGED -> pull.merge(alice);
            default -> throw new IllegalArgumentException(type + " is nothing that GitLab tells of");
        }
        HookDelivery delivery = forge.awaitDeliveries().stream()
                .filter(d -> d.hookId() == hook.id())
                .filter(d -> d.event().equals("Merge Request Hook") == type.name().startsWith("PULL_REQUEST"))
                .findFirst()
                .orElseThrow();
        return new Delivery("acme", delivery.headers(), delivery.body(), forge.clock().instant());
    }

    @Override
    public void addForeignWebhook(String address) {
        forge.gitlab().addHook(shop, address, "theirs", "");
    }

    @Override
    public List<String> webhooks() {
        return forge.gitlab().hooks(shop).stream().map(hook -> hook.url().toString()).toList();
    }

    @Override
    public void close() {
        forge.close();
    }
}
