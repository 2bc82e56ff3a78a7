package io.jenkins.plugins.scmchecks.forge.bitbucket;

import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.GitAccess;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The forge as Bitbucket Cloud: tokens, REST under {@code /bitbucket-cloud/2.0}, webhooks. Organizations are
 * workspaces.
 */
public final class BitbucketCloud implements GitAccess {

    /** Where it is below the forge's address. */
    public static final String PATH = "/bitbucket-cloud";

    /** What is larger is not sent, and nobody is told. */
    private static final int LONGEST_PAYLOAD = 256 * 1024;

    private final ForgeState state;
    private final Supplier<String> root;
    private final Map<String, BitbucketToken> tokens = new ConcurrentHashMap<>();
    private final Hooks hooks;
    private final Dialect dialect;
    private volatile boolean forkCommitsHidden;

    /** @param root of the forge's addresses, asked for once the server listens */
    public BitbucketCloud(ForgeState state, WebhookSender sender, Supplier<String> root) {
        this.state = state;
        this.root = root;
        this.hooks = new Hooks(sender, "X-Request-UUID", LONGEST_PAYLOAD);
        this.dialect = new CloudDialect(this, new Reports());
        CloudPayloads payloads = new CloudPayloads(this);
        state.listen(event -> payloads.of(event).forEach((name, payload) -> hooks.tell(event.repo(), name, payload)));
    }

    /** {@return what answers the requests} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return "http://127.0.0.1:PORT/bitbucket-cloud/2.0"} */
    public String apiUrl() {
        return root.get() + PATH + "/2.0";
    }

    String root() {
        return root.get();
    }

    ForgeState state() {
        return state;
    }

    /** Makes an access token, which is an account of its own with a role in the workspace. */
    public BitbucketToken accessToken(Account workspace, Account.Role role, String... scopes) {
        Account bot = state.account("access-token-" + state.nextId(), Account.Kind.BOT);
        workspace.member(bot, role);
        return add(new BitbucketToken("ATCTT" + ForgeState.secret(40), bot, null, Set.of(scopes)));
    }

    /** Makes an API token of a person, which goes with their e-mail address. */
    public BitbucketToken apiToken(Account user, String... scopes) {
        return add(new BitbucketToken(
                "ATATT" + ForgeState.secret(40), user, user.login() + "@example.com", Set.of(scopes)));
    }

    private BitbucketToken add(BitbucketToken token) {
        tokens.put(token.value(), token);
        return token;
    }

    /** Ends a token. */
    public void revoke(String token) {
        tokens.remove(token);
    }

    /** From now on a repository knows nothing of the commits of its forks' pull requests. */
    public void hideForkCommits() {
        forkCommitsHidden = true;
    }

    boolean isHidden(Repo repo, String hash) {
        return forkCommitsHidden && repo.pullRequests().stream()
                .anyMatch(pull -> pull.fromFork() && pull.headSha().startsWith(hash));
    }

    /** {@return the webhooks of a repository} */
    public List<BitbucketHook> hooks(Repo repo) {
        return hooks.of(repo);
    }

    /** Makes a webhook, as somebody else's tool would. */
    public BitbucketHook addHook(Repo repo, String url, String secret, String... events) {
        return hooks.save(new BitbucketHook(
                state.nextId(), repo.id(), "", URI.create(url), true, secret, Set.of(events), true));
    }

    Hooks hooks() {
        return hooks;
    }

    /** @throws BitbucketError 401 */
    BitbucketToken authenticate(Exchange exchange) {
        String header = exchange.header("Authorization").orElse("");
        if (header.startsWith("Bearer ")) {
            return known(header.substring(7), null);
        }
        if (header.startsWith("Basic ")) {
            String[] pair = decode(header.substring(6)).split(":", 2);
            return known(pair.length == 2 ? pair[1] : "", pair[0]);
        }
        throw unauthorized();
    }

    private static String decode(String basic) {
        try {
            return new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unauthorized();
        }
    }

    private BitbucketToken known(String value, String email) {
        return Optional.ofNullable(tokens.get(value))
                .filter(token -> Objects.equals(token.email(), email))
                .orElseThrow(BitbucketCloud::unauthorized);
    }

    private static BitbucketError unauthorized() {
        return BitbucketError.cloud(401, "Token is invalid, expired, or not supported for this endpoint.");
    }

    @Override
    public Optional<Grant> grant(Repo repo, String password) {
        return Optional.ofNullable(tokens.get(password)).map(t -> new Grant(t.user(), repo.roleOf(t.user())));
    }
}
