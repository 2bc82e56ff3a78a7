package io.jenkins.plugins.scmchecks.forge.azure;

import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.GitAccess;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The forge as Azure DevOps Server: personal access tokens, REST of one collection, service hooks. Organizations, and
 * whoever else owns repositories, are projects. READ, WRITE and ADMIN are Readers, Contributors and Project
 * Administrators.
 */
public final class AzureDevOps implements GitAccess {

    /** Where its collection is below the forge's address. */
    public static final String PATH = "/azure/DefaultCollection";

    private final ForgeState state;
    private final Supplier<String> root;
    private final Map<String, AzureToken> tokens = new ConcurrentHashMap<>();
    private final RateLimit requests;
    private final Iterations iterations = new Iterations();
    private final Conversations conversations;
    private final SubscriptionStore subscriptions;
    private final Map<Long, Integer> statusIterations = new ConcurrentHashMap<>();
    private final AzureDialect dialect;
    private volatile String version = "7.1";
    private volatile Duration delay;

    /** @param root of the forge's addresses, asked for once the server listens */
    public AzureDevOps(ForgeState state, WebhookSender sender, Supplier<String> root) {
        this.state = state;
        this.root = root;
        this.requests = new RateLimit(state.clock(), Duration.ofMinutes(5), Integer.MAX_VALUE);
        this.conversations = new Conversations(state);
        this.subscriptions = new SubscriptionStore(state);
        this.dialect = new AzureDialect(this, requests);
        state.listen(iterations::told);
        state.listen(new AzureWebhooks(this, sender)::told);
    }

    /** {@return what answers the requests} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return the collection's address: "http://127.0.0.1:PORT/azure/DefaultCollection"} */
    public String apiUrl() {
        return root.get() + PATH;
    }

    String root() {
        return root.get();
    }

    ForgeState state() {
        return state;
    }

    /** Makes a personal access token. */
    public AzureToken token(Account user, Instant expires, Set<String> scopes) {
        AzureToken token = new AzureToken(ForgeState.secret(39), user, scopes, expires);
        tokens.put(token.value(), token);
        return token;
    }

    /** Ends a token. */
    public void revoke(String token) {
        tokens.remove(token);
    }

    /** Sets the newest version of the REST API that there is; 7.1 unless told. */
    public void version(String newest) {
        version = newest;
    }

    String version() {
        return version;
    }

    /** Sets how many requests in five minutes every user has; without end unless told. */
    public void rateLimit(int requestsInFiveMinutes) {
        requests.limit(requestsInFiveMinutes);
    }

    /** Asks with every good answer to wait so long before the next request; null ends it. */
    public void delay(Duration wait) {
        delay = wait;
    }

    Duration delay() {
        return delay;
    }

    /** {@return the service hooks of a repository} */
    public List<Subscription> subscriptions(Repo repo) {
        return subscriptions.of(Json.guid(repo.id()));
    }

    /** Makes a service hook of that kind of event, as somebody else would by hand. */
    public Subscription subscribe(Repo repo, String event, String url, String user, String password) {
        return subscribe(repo, event, "", url, user, password);
    }

    /** @param change the one kind of update to tell of, or empty */
    public Subscription subscribe(
            Repo repo, String event, String change, String url, String user, String password) {
        Map<String, String> inputs = new HashMap<>();
        inputs.put("projectId", Json.guid(repo.owner().id()));
        inputs.put("repository", Json.guid(repo.id()));
        if (!change.isEmpty()) {
            inputs.put("notificationType", change);
        }
        return subscriptions.save(new Subscription(state.nextId(), event, inputs,
                Map.of("url", url, "basicAuthUsername", user, "basicAuthPassword", password),
                "enabled"));
    }

    /** Sets what became of a service hook, such as {@code disabledBySystem} after failures. */
    public void status(Subscription subscription, String status) {
        subscriptions.save(subscription.with(status));
    }

    SubscriptionStore store() {
        return subscriptions;
    }

    Iterations iterations() {
        return iterations;
    }

    Conversations conversations() {
        return conversations;
    }

    /** {@return the iteration that each status of a pull request is for, by the status' id} */
    Map<Long, Integer> statusIterations() {
        return statusIterations;
    }

    List<Account> projects() {
        return state.accounts().stream()
                .filter(a -> a.kind() == Account.Kind.ORGANIZATION || !state.reposOf(a).isEmpty())
                .toList();
    }

    Optional<Account> findProject(String nameOrId) {
        return projects().stream()
                .filter(p -> p.login().equalsIgnoreCase(nameOrId) || Json.guid(p.id()).equals(nameOrId))
                .findFirst();
    }

    Optional<Repo> findRepo(Account project, String nameOrId) {
        return state.findRepo(project.login(), nameOrId)
                .or(() -> state.reposOf(project).stream().filter(r -> Json.guid(r.id()).equals(nameOrId)).findFirst());
    }

    /** @throws AzureError 401, 302 or 203, as Azure DevOps has it */
    AzureToken authenticate(Exchange exchange) {
        boolean suppressed = exchange.header("X-TFS-FedAuthRedirect").filter("Suppress"::equals).isPresent();
        AzureToken token = exchange.header("Authorization")
                .filter(h -> h.startsWith("Basic "))
                .flatMap(h -> password(h.substring("Basic ".length())))
                .map(tokens::get)
                .orElseThrow(() -> AzureError.signIn(suppressed));
        if (!valid(token)) {
            throw AzureError.expired();
        }
        return token;
    }

    private static Optional<String> password(String encoded) {
        try {
            String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return Optional.of(decoded.substring(decoded.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean valid(AzureToken token) {
        return token.expires() == null || state.now().isBefore(token.expires());
    }

    @Override
    public Optional<Grant> grant(Repo repo, String password) {
        return Optional.ofNullable(tokens.get(password)).filter(this::valid)
                .map(token -> new Grant(token.user(), repo.roleOf(token.user())));
    }
}
