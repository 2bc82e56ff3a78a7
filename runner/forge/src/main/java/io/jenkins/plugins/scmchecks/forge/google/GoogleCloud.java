package io.jenkins.plugins.scmchecks.forge.google;

import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.GitAccess;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The forge as Google Cloud under {@code /google}: access tokens of service accounts and OAuth clients, projects (which
 * are organizations), their source repositories, and pushes through Pub/Sub.
 */
public final class GoogleCloud implements GitAccess {

    /** Where it is below the forge's address. */
    public static final String PATH = "/google";

    static final Duration LIFETIME = Duration.ofHours(1);

    /** An access token. */
    record Access(Account account, Instant ends) {}

    /** An OAuth client that somebody has authorized. */
    public record OAuthClient(String id, String secret, String refreshToken, Account account) {}

    private final ForgeState state;
    private final Supplier<String> root;
    private final Map<String, Access> tokens = new ConcurrentHashMap<>();
    private final Map<String, ServiceAccount> serviceAccounts = new ConcurrentHashMap<>();
    private final Map<String, OAuthClient> clients = new ConcurrentHashMap<>();
    private final PubSub pubSub;
    private final GoogleDialect dialect;

    /** @param root of the forge's addresses, asked for once the server listens */
    public GoogleCloud(ForgeState state, WebhookSender sender, Supplier<String> root) {
        this.state = state;
        this.root = root;
        this.pubSub = new PubSub(this, sender);
        this.dialect = new GoogleDialect(this);
        state.listen(pubSub::told);
    }

    /** {@return what answers the requests} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return the root of the Cloud Source Repositories API} */
    public String apiUrl() {
        return webUrl() + "/sourcerepo/v1";
    }

    /** {@return the root of the Cloud Resource Manager API} */
    public String resourceManagerUrl() {
        return webUrl() + "/resourcemanager/v1";
    }

    public String tokenUrl() {
        return webUrl() + "/token";
    }

    /** {@return where the keys of identity tokens are} */
    public String keysUrl() {
        return webUrl() + "/certs";
    }

    private String webUrl() {
        return root.get() + PATH;
    }

    String root() {
        return root.get();
    }

    ForgeState state() {
        return state;
    }

    /** {@return subscriptions, and the keys that sign their pushes} */
    public PubSub pubSub() {
        return pubSub;
    }

    /** Makes a service account with a key. */
    public ServiceAccount serviceAccount(String email) {
        KeyPair key = Jwt.newKey();
        ServiceAccount made = new ServiceAccount(state.account(email, Account.Kind.USER), ForgeState.secret(20), key,
                tokenUrl());
        serviceAccounts.put(email, made);
        return made;
    }

    /** Deletes a service account: its key gets no more tokens. */
    public void delete(ServiceAccount account) {
        serviceAccounts.remove(account.email());
    }

    /** Makes an OAuth client that somebody has authorized. */
    public OAuthClient client(Account account) {
        OAuthClient client = new OAuthClient(ForgeState.secret(12) + ".apps.googleusercontent.com",
                "GOCSPX-" + ForgeState.secret(20), "1//" + ForgeState.secret(30), account);
        clients.put(client.id(), client);
        return client;
    }

    /** Ends all access tokens that were given out. */
    public void endTokens() {
        tokens.clear();
    }

    Optional<ServiceAccount> findServiceAccount(String email) {
        return Optional.ofNullable(serviceAccounts.get(email));
    }

    Optional<OAuthClient> findClient(String id) {
        return Optional.ofNullable(clients.get(id));
    }

    String give(Account account) {
        String token = "ya29." + ForgeState.secret(40);
        tokens.put(token, new Access(account, state.now().plus(LIFETIME)));
        return token;
    }

    Optional<Account> account(String token) {
        return Optional.ofNullable(tokens.get(token))
                .filter(access -> state.now().isBefore(access.ends()))
                .map(Access::account);
    }

    @Override
    public Optional<Grant> grant(Repo repo, String password) {
        return account(password).map(account -> new Grant(account, repo.roleOf(account)));
    }
}
