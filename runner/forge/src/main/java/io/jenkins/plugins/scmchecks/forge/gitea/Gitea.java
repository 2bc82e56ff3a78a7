package io.jenkins.plugins.scmchecks.forge.gitea;

import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.GitAccess;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The forge as Gitea: access tokens with scopes, REST under {@code /gitea/api/v1}, signed webhooks. */
public final class Gitea implements GitAccess {

    /** Where it is below the forge's address. */
    public static final String PATH = "/gitea";

    /** What a hook can hear of; {@code pull_request} when it is made stands for all that begin so. */
    static final List<String> EVENTS = List.of("create", "delete", "push", "pull_request", "pull_request_assign",
            "pull_request_comment", "pull_request_sync", "repository");

    private final ForgeState state;
    private final Supplier<String> root;
    private final Map<String, GiteaToken> tokens = new ConcurrentHashMap<>();
    private final Set<Account> prohibited = ConcurrentHashMap.newKeySet();
    private final Map<Long, GiteaHook> hooks = new ConcurrentSkipListMap<>();
    private final GiteaDialect dialect;
    private volatile String version = "1.26.0";

    /** @param root of the forge's addresses, asked for once the server listens */
    public Gitea(ForgeState state, WebhookSender sender, Supplier<String> root) {
        this.state = state;
        this.root = root;
        this.dialect = new GiteaDialect(this);
        state.listen(new GiteaWebhooks(this, sender)::told);
    }

    /** {@return what answers the requests} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return "http://127.0.0.1:PORT/gitea/api/v1"} */
    public String apiUrl() {
        return webUrl() + "/api/v1";
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

    /** Answers as that version does, such as {@code 1.24.2} or {@code 12.0.1+gitea-1.22.0}. */
    public void version(String newVersion) {
        version = newVersion;
    }

    String version() {
        return version;
    }

    /** {@return whether conversations can be resolved} */
    boolean resolves() {
        return version.startsWith("1.26.");
    }

    /** Makes an access token with scopes such as {@code write:repository}. */
    public GiteaToken token(Account user, String... scopes) {
        GiteaToken token = new GiteaToken(ForgeState.secret(30), user, Set.of(scopes));
        tokens.put(token.value(), token);
        return token;
    }

    /** Ends a token. */
    public void revoke(String token) {
        tokens.remove(token);
    }

    /** Forbids an account to sign in. */
    public void prohibit(Account user) {
        prohibited.add(user);
    }

    /** {@return the webhooks of a repository itself} */
    public List<GiteaHook> hooks(Repo repo) {
        return hooks.values().stream().filter(hook -> hook.repo() == repo).toList();
    }

    List<GiteaHook> organizationHooks(Account organization) {
        return hooks.values().stream()
                .filter(hook -> hook.repo() == null && hook.owner() == organization)
                .toList();
    }

    List<GiteaHook> hooks() {
        return List.copyOf(hooks.values());
    }

    /** Makes a webhook for all events, as somebody else's tool would. */
    public GiteaHook addHook(Repo repo, String url, String secret) {
        return save(new GiteaHook(state.nextId(), repo, repo.owner(), URI.create(url), "json", secret,
                Set.copyOf(EVENTS), "*", true, state.now()));
    }

    /** Makes a webhook of a whole organization for all events. */
    public GiteaHook addHook(Account organization, String url, String secret) {
        return save(new GiteaHook(state.nextId(), null, organization, URI.create(url), "json", secret,
                Set.copyOf(EVENTS), "*", true, state.now()));
    }

    /** Switches a webhook off, as a person does. */
    public void disable(GiteaHook hook) {
        save(new GiteaHook(hook.id(), hook.repo(), hook.owner(), hook.url(), hook.contentType(), hook.secret(),
                hook.events(), hook.branchFilter(), false, hook.createdAt()));
    }

    GiteaHook save(GiteaHook hook) {
        hooks.put(hook.id(), hook);
        return hook;
    }

    void delete(GiteaHook hook) {
        hooks.remove(hook.id());
    }

    /** @throws GiteaError 401 or 403 */
    GiteaToken authenticate(Exchange exchange) {
        String value = exchange.header("Authorization")
                .filter(header -> header.startsWith("token ") || header.startsWith("Bearer "))
                .map(header -> header.substring(header.indexOf(' ') + 1))
                .orElseThrow(() -> GiteaError.unauthorized("token is required"));
        GiteaToken token = Optional.ofNullable(tokens.get(value))
                .orElseThrow(() -> GiteaError.unauthorized("invalid username, password or token"));
        if (prohibited.contains(token.user())) {
            throw GiteaError.forbidden(
                    "This account is prohibited from signing in, please contact your site administrator.");
        }
        return token;
    }

    @Override
    public Optional<Grant> grant(Repo repo, String password) {
        return Optional.ofNullable(tokens.get(password))
                .filter(token -> token.may("repository", false))
                .map(token -> new Grant(token.user(), repo.roleOf(token.user())));
    }
}
