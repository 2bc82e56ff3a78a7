package io.jenkins.plugins.scmchecks.forge.gitlab;

import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.GitAccess;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The forge as GitLab: tokens, OAuth applications, REST under {@code /gitlab/api/v4}, webhooks. Organizations are
 * groups; one whose login has a slash is a subgroup. READ, WRITE and ADMIN are Reporter, Developer and Maintainer.
 */
public final class GitLab implements GitAccess {

    /** Where it is below the forge's address. */
    public static final String PATH = "/gitlab";

    static final String VERSION = "19.1.0-ee";

    private final ForgeState state;
    private final Supplier<String> root;
    private final Map<String, GitLabToken> tokens = new ConcurrentHashMap<>();
    private final Map<String, GitLabApplication> applications = new ConcurrentHashMap<>();
    private final Set<Account> blocked = ConcurrentHashMap.newKeySet();
    private final RateLimit requests;
    private final RateLimit notes;
    private final DiffVersions versions = new DiffVersions();
    private final Pipelines pipelines;
    private final HookStore hooks;
    private final GitLabDialect dialect;

    /** @param root of the forge's addresses, asked for once the server listens */
    public GitLab(ForgeState state, WebhookSender sender, Supplier<String> root) {
        this.state = state;
        this.root = root;
        this.requests = new RateLimit(state.clock(), Duration.ofMinutes(1), 2_000);
        this.notes = new RateLimit(state.clock(), Duration.ofMinutes(1), 60);
        this.pipelines = new Pipelines(state);
        this.hooks = new HookStore(state);
        this.dialect = new GitLabDialect(this, requests, notes);
        state.listen(versions::told);
        state.listen(new GitLabWebhooks(this, sender)::told);
    }

    /** {@return what answers the requests} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return "http://127.0.0.1:PORT/gitlab/api/v4"} */
    public String apiUrl() {
        return webUrl() + "/api/v4";
    }

    String webUrl() {
        return root.get() + PATH;
    }

    String root() {
        return root.get();
    }

    ForgeState state() {
        return state;
    }

    /** Makes an access token; {@code api} may do everything, {@code read_api} reads. */
    public GitLabToken token(Account user, Instant expires, String... scopes) {
        return add(new GitLabToken("glpat-" + ForgeState.secret(20), user, Set.of(scopes), expires, false));
    }

    /** Makes an OAuth application that {@code user} has authorized. */
    public GitLabApplication application(Account user, String... scopes) {
        GitLabApplication application = new GitLabApplication(this, user, Set.of(scopes));
        applications.put(application.id(), application);
        return application;
    }

    GitLabToken add(GitLabToken token) {
        tokens.put(token.value(), token);
        return token;
    }

    /** Ends a token. */
    public void revoke(String token) {
        tokens.remove(token);
    }

    /** Blocks an account: its tokens are known and may do nothing. */
    public void block(Account user) {
        blocked.add(user);
    }

    /** Sets how many requests a minute every user has; 2 000 unless told. */
    public void rateLimit(int perMinute) {
        requests.limit(perMinute);
    }

    /** Sets how many notes a minute every user may write; 60 unless told. */
    public void notesLimit(int perMinute) {
        notes.limit(perMinute);
    }

    /** {@return the webhooks of a project} */
    public List<GitLabHook> hooks(Repo repo) {
        return hooks.of(repo.id());
    }

    /** Makes a webhook for all events, as somebody else's tool would. */
    public GitLabHook addHook(Repo repo, String url, String token, String signingToken) {
        return hooks.save(new GitLabHook(state.nextId(), repo.id(), URI.create(url), token, signingToken,
                Set.copyOf(HookStore.EVENTS), "", true, false, state.now()));
    }

    /** Switches a webhook off, as GitLab does after failures. */
    public void disable(GitLabHook hook) {
        hooks.save(new GitLabHook(hook.id(), hook.projectId(), hook.url(), hook.token(), hook.signingToken(),
                hook.events(), hook.branchFilter(), hook.verifyTls(), true, hook.createdAt()));
    }

    /** Makes a pipeline of GitLab's own CI, such as of ref {@code refs/merge-requests/1/head}. */
    public long addPipeline(Repo repo, String sha, String ref) {
        return pipelines.create(repo, sha, ref).id();
    }

    /** {@return the numbers of a commit's pipelines} */
    public List<Long> pipelines(Repo repo, String sha) {
        return pipelines.of(repo, sha).stream().map(Pipelines.Pipeline::id).toList();
    }

    Pipelines pipelines() {
        return pipelines;
    }

    HookStore hookStore() {
        return hooks;
    }

    List<DiffVersions.Version> versions(PullRequest pull) {
        return versions.of(pull);
    }

    Optional<GitLabApplication> application(String id) {
        return Optional.ofNullable(id).map(applications::get);
    }

    Optional<Repo> findProject(String idOrPath) {
        if (idOrPath.matches("\\d+")) {
            long id = Long.parseLong(idOrPath);
            return state.repos().stream().filter(repo -> repo.id() == id).findFirst();
        }
        int slash = idOrPath.lastIndexOf('/');
        return slash < 1
                ? Optional.empty()
                : state.findRepo(idOrPath.substring(0, slash), idOrPath.substring(slash + 1));
    }

    /** @throws GitLabError 401 or 403 */
    GitLabToken authenticate(Exchange exchange) {
        boolean bearer = exchange.header("PRIVATE-TOKEN").isEmpty();
        String value = exchange.header("PRIVATE-TOKEN")
                .or(() -> exchange.header("Authorization")
                        .filter(header -> header.startsWith("Bearer "))
                        .map(header -> header.substring("Bearer ".length())))
                .orElseThrow(GitLabError::unauthorized);
        GitLabToken token = tokens.get(value);
        if (token == null || token.oauth() && !bearer) {
            throw GitLabError.unauthorized();
        }
        if (!valid(token)) {
            throw GitLabError.oauth(401, "invalid_token",
                    "Token is expired. You can either do re-authorization or token refresh.");
        }
        if (blocked.contains(token.user())) {
            throw GitLabError.message(403, "403 Forbidden - Your account has been blocked.");
        }
        return token;
    }

    private boolean valid(GitLabToken token) {
        return token.expires() == null || state.now().isBefore(token.expires());
    }

    @Override
    public Optional<Grant> grant(Repo repo, String password) {
        return Optional.ofNullable(tokens.get(password)).filter(this::valid)
                .map(token -> new Grant(token.user(), repo.roleOf(token.user())));
    }
}
