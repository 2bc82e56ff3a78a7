package io.jenkins.plugins.scmchecks.forge.bitbucket;

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
import java.util.function.Supplier;

/**
 * The forge as Bitbucket Data Center: HTTP access tokens, REST under {@code /bitbucket/rest}, webhooks. Organizations
 * are
 * projects, and their names the keys.
 */
public final class BitbucketDataCenter implements GitAccess {

    /** The context path below the forge's address. */
    public static final String PATH = "/bitbucket";

    private final ForgeState state;
    private final Supplier<String> root;
    private final Map<String, BitbucketToken> tokens = new ConcurrentHashMap<>();
    private final Set<Account> inactive = ConcurrentHashMap.newKeySet();
    private final Hooks hooks;
    private final Dialect dialect;
    private volatile String version = "8.19.2";

    /** @param root of the forge's addresses, asked for once the server listens */
    public BitbucketDataCenter(ForgeState state, WebhookSender sender, Supplier<String> root) {
        this.state = state;
        this.root = root;
        this.hooks = new Hooks(sender, "X-Request-Id", Integer.MAX_VALUE);
        this.dialect = new DataCenterDialect(this, new Reports());
        DataCenterPayloads payloads = new DataCenterPayloads(this);
        state.listen(event -> payloads.of(event).forEach((name, payload) -> hooks.tell(event.repo(), name, payload)));
    }

    /** {@return what answers the requests} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return "http://127.0.0.1:PORT/bitbucket"} */
    public String apiUrl() {
        return root.get() + PATH;
    }

    String root() {
        return root.get();
    }

    ForgeState state() {
        return state;
    }

    String version() {
        return version;
    }

    /** Sets the version that the server tells; threads can be resolved from 8.9 on. */
    public void version(String value) {
        version = value;
    }

    boolean resolvesThreads() {
        String[] parts = version.split("\\.");
        int major = Integer.parseInt(parts[0]);
        return major > 8 || major == 8 && Integer.parseInt(parts[1]) >= 9;
    }

    /**
     * Makes an HTTP access token.
     *
     * @param permission {@code REPO_READ}, {@code REPO_WRITE} or {@code REPO_ADMIN}
     */
    public BitbucketToken token(Account user, String permission) {
        BitbucketToken token = new BitbucketToken("BBDC-" + ForgeState.secret(32), user, null, Set.of(permission));
        tokens.put(token.value(), token);
        return token;
    }

    /** Ends a token. */
    public void revoke(String token) {
        tokens.remove(token);
    }

    /** Makes an account inactive. */
    public void deactivate(Account user) {
        inactive.add(user);
    }

    boolean isActive(Account user) {
        return !inactive.contains(user);
    }

    /** {@return the webhooks of a repository} */
    public List<BitbucketHook> hooks(Repo repo) {
        return hooks.of(repo);
    }

    /** Makes a webhook, as somebody else's tool would. */
    public BitbucketHook addHook(Repo repo, String url, String secret, String... events) {
        return hooks.save(new BitbucketHook(
                state.nextId(), repo.id(), "other", URI.create(url), true, secret, Set.of(events), true));
    }

    /** Tries the webhooks of a repository, as the button does. */
    public void ping(Repo repo) {
        hooks.of(repo).forEach(hook ->
                hooks.send(hook, "diagnostics:ping", DataCenterCall.object().put("test", true)));
    }

    Hooks hooks() {
        return hooks;
    }

    /**
     * {@return the caller's token, or null for anybody}
     *
     * @throws BitbucketError 401 for a credential that is not known
     */
    BitbucketToken authenticate(Exchange exchange) {
        String header = exchange.header("Authorization").orElse("");
        if (header.isEmpty()) {
            return null;
        }
        BitbucketToken token = header.startsWith("Bearer ") ? tokens.get(header.substring(7)) : null;
        if (token == null) {
            throw BitbucketError.dataCenter(401, null,
                    "Authentication failed. Please check your credentials and try again.",
                    "auth.IncorrectPasswordAuthenticationException");
        }
        return token;
    }

    /** {@return what a token may do with a repository: no more than its owner} */
    static Account.Role role(BitbucketToken token, Repo repo) {
        if (token == null) {
            return Account.Role.NONE;
        }
        Account.Role most = token.scopes().contains("REPO_ADMIN")
                ? Account.Role.ADMIN
                : token.scopes().contains("REPO_WRITE") ? Account.Role.WRITE : Account.Role.READ;
        Account.Role own = repo.roleOf(token.user());
        return most.includes(own) ? own : most;
    }

    @Override
    public Optional<Grant> grant(Repo repo, String password) {
        return Optional.ofNullable(tokens.get(password)).map(token -> new Grant(token.user(), role(token, repo)));
    }
}
