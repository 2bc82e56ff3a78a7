package io.jenkins.plugins.scmchecks.forge;

import io.jenkins.plugins.scmchecks.forge.azure.AzureDevOps;
import io.jenkins.plugins.scmchecks.forge.bitbucket.BitbucketCloud;
import io.jenkins.plugins.scmchecks.forge.gitea.Gitea;
import io.jenkins.plugins.scmchecks.forge.bitbucket.BitbucketDataCenter;
import io.jenkins.plugins.scmchecks.forge.github.GitHub;
import io.jenkins.plugins.scmchecks.forge.gitlab.GitLab;
import io.jenkins.plugins.scmchecks.forge.google.GoogleCloud;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.Faults;
import io.jenkins.plugins.scmchecks.forge.http.ForgeServer;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import io.jenkins.plugins.scmchecks.forge.http.RecordedRequest;
import io.jenkins.plugins.scmchecks.forge.http.RequestLog;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.AccessToken;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeClock;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.page.Site;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An embedded source-code manager: accounts, real git over HTTP, pull requests, and the APIs of providers, as strict as
 * they are. Listens on 127.0.0.1 and keeps everything in a temporary directory that goes with it.
 */
public final class Forge implements AutoCloseable {

    private final Path directory;
    private final ForgeClock clock = new ForgeClock();
    private final RequestLog log = new RequestLog();
    private final Faults faults = new Faults();
    private final RateLimit primary = new RateLimit(clock, Duration.ofHours(1), 15_000);
    private final RateLimit content = new RateLimit(clock, Duration.ofMinutes(1), Integer.MAX_VALUE);
    private final ForgeState state;
    private final WebhookSender sender;
    private final GitHub github;
    private final GitLab gitlab;
    private final AzureDevOps azure;
    private final BitbucketCloud bitbucketCloud;
    private final Gitea gitea;
    private final BitbucketDataCenter bitbucketDataCenter;
    private final GoogleCloud google;
    private final ForgeServer server;

    private Forge(int port) {
        try {
            directory = Files.createTempDirectory("forge");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        state = new ForgeState(directory, clock);
        sender = new WebhookSender(state);
        github = new GitHub(state, sender, primary, content, this::url);
        gitlab = new GitLab(state, sender, this::url);
        bitbucketCloud = new BitbucketCloud(state, sender, this::url);
        bitbucketDataCenter = new BitbucketDataCenter(state, sender, this::url);
        azure = new AzureDevOps(state, sender, this::url);
        google = new GoogleCloud(state, sender, this::url);
        gitea = new Gitea(state, sender, this::url);
        server = new ForgeServer(
                state,
                log,
                faults,
                List.of(
                        github.dialect(),
                        gitlab.dialect(),
                        bitbucketCloud.dialect(),
                        bitbucketDataCenter.dialect(),
                        azure.dialect(),
                        google.dialect(),
                        gitea.dialect(),
                        new Site(state)),
                List.of(github, gitlab, bitbucketCloud, bitbucketDataCenter, azure, google, gitea),
                port);
    }

    /** Starts on a free port. */
    public static Forge start() {
        return start(0);
    }

    /** @throws IllegalStateException when the port is taken */
    public static Forge start(int port) {
        Forge forge = new Forge(port);
        try {
            forge.server.start();
            return forge;
        } catch (IllegalStateException e) {
            forge.close();
            throw e;
        }
    }

    /** {@return "http://127.0.0.1:PORT"} */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** {@return the root of the REST API, as of GitHub Enterprise Server} */
    public String apiUrl() {
        return url() + "/api/v3";
    }

    public String graphQlUrl() {
        return url() + "/api/graphql";
    }

    public String cloneUrl(Repo repo) {
        return url() + "/" + repo.fullName() + ".git";
    }

    /** {@return the clock that tokens, rate limits and times go by} */
    public ForgeClock clock() {
        return clock;
    }

    /** {@return what the forge holds} */
    public ForgeState state() {
        return state;
    }

    /** {@return the forge as GitHub: apps and installations} */
    public GitHub github() {
        return github;
    }

    /** {@return the forge as GitLab: tokens, OAuth applications, webhooks} */
    public GitLab gitlab() {
        return gitlab;
    }

    /** {@return the forge as Azure DevOps: tokens, service hooks} */
    public AzureDevOps azure() {
        return azure;
    }

    /** {@return the forge as Bitbucket Cloud: tokens, webhooks} */
    public BitbucketCloud bitbucketCloud() {
        return bitbucketCloud;
    }

    /** {@return the forge as Gitea: tokens with scopes, webhooks} */
    public Gitea gitea() {
        return gitea;
    }

    /** {@return the forge as Bitbucket Data Center: tokens, webhooks} */
    public BitbucketDataCenter bitbucketDataCenter() {
        return bitbucketDataCenter;
    }

    /** {@return the forge as Google Cloud: service accounts, repositories of projects, pushes through Pub/Sub} */
    public GoogleCloud google() {
        return google;
    }

    /** Makes an organization, or gives the one of that name. */
    public Account organization(String login) {
        return state.account(login, Account.Kind.ORGANIZATION);
    }

    /** Makes a person, or gives the one of that name. */
    public Account user(String login) {
        return state.account(login, Account.Kind.USER);
    }

    /** Makes an empty public repository, default branch {@code main}. */
    public Repo repository(Account owner, String name) {
        return state.createRepo(owner, name, false, null);
    }

    /** Makes an empty private repository. */
    public Repo privateRepository(Account owner, String name) {
        return state.createRepo(owner, name, true, null);
    }

    /** Makes a personal access token that does not end. */
    public AccessToken token(Account user, String... scopes) {
        return token(user, null, scopes);
    }

    /** Makes a personal access token. */
    public AccessToken token(Account user, Instant expires, String... scopes) {
        return state.addToken(new AccessToken("ghp_" + ForgeState.secret(36), user, Set.of(scopes), expires));
    }

    /** {@return every request so far, in the order of the answers} */
    public List<RecordedRequest> requests() {
        return log.requests();
    }

    /** {@return the requests that changed something or were to; access tokens and git are not counted} */
    public List<RecordedRequest> writes() {
        return log.requests().stream()
                .filter(request -> request.write() && !request.path().contains(".git/"))
                .toList();
    }

    /** Forgets the requests so far. */
    public void resetRequests() {
        log.clear();
    }

    /** Sets how many requests an hour every caller has; the count starts anew. */
    public void rateLimit(int perHour) {
        primary.limit(perHour);
    }

    /** Sets how many writing requests a minute every caller has, after which come 403 and Retry-After. */
    public void contentLimit(int perMinute) {
        content.limit(perMinute);
    }

    /** Lets the next requests that match fail with a status. */
    public void fail(RequestMatcher matcher, int status, int times) {
        fail(matcher, Fault.status(status), times);
    }

    /** Lets the next requests that match fail. */
    public void fail(RequestMatcher matcher, Fault fault, int times) {
        faults.order(matcher, fault, 0, times);
    }

    /** Lets requests that match fail after some have gone well. */
    public void failAfter(int well, RequestMatcher matcher, Fault fault, int times) {
        faults.order(matcher, fault, well, times);
    }

    /** Takes all ordered faults back. */
    public void heal() {
        faults.clear();
    }

    /** {@return every try to deliver a webhook, in order} */
    public List<HookDelivery> deliveries() {
        return sender.deliveries();
    }

    /** Waits until all webhooks that are due have been tried, then {@return every try}. */
    public List<HookDelivery> awaitDeliveries() {
        sender.await();
        return sender.deliveries();
    }

    /** Delivers again what went out first under this guid, to every hook that got it. */
    public void redeliver(String guid) {
        deliveries().stream()
                .filter(delivery -> delivery.guid().equals(guid) && !delivery.redelivery())
                .forEach(sender::redeliver);
    }

    /** {@return what sends the webhooks} */
    public WebhookSender webhooks() {
        return sender;
    }

    @Override
    public void close() {
        sender.close();
        server.close();
        state.repos().forEach(Repo::close);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
