package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.GitAccess;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The forge as GitHub Enterprise Server: apps, installations, REST under {@code /api/v3}, GraphQL, webhooks. */
public final class GitHub implements GitAccess {

    private final ForgeState state;
    private final Map<Long, GitHubApp> apps = new ConcurrentHashMap<>();
    private final Map<String, InstallationToken> tokens = new ConcurrentHashMap<>();
    private final HookStore hooks;
    private final GitHubWebhooks webhooks;
    private final Urls urls;
    private final GitHubDialect dialect;

    /**
     * @param root of the forge's addresses, asked for once the server listens
     * @param primary the budget of requests an hour
     * @param content the budget of content-creating requests a minute
     */
    public GitHub(
            ForgeState state, WebhookSender sender, RateLimit primary, RateLimit content, Supplier<String> root) {
        this.state = state;
        this.urls = new Urls(root);
        this.hooks = new HookStore(state);
        this.webhooks = new GitHubWebhooks(this, sender);
        this.dialect = new GitHubDialect(this, primary, content);
        state.listen(webhooks::told);
    }

    /** {@return what answers the requests} */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Makes an app.
     *
     * @param permissions levels (read, write, admin) by name, such as {@code checks} or {@code pull_requests}
     * @param events such as {@code push}; installation events come unasked
     */
    public GitHubApp createApp(
            Account owner, String slug, Map<String, String> permissions, Set<String> events) {
        synchronized (state) {
            Account bot = state.account(slug + "[bot]", Account.Kind.BOT);
            GitHubApp app = new GitHubApp(
                    this, state.nextId(), slug, owner, bot, Pem.generate(), permissions, events);
            apps.put(app.id(), app);
            return app;
        }
    }

    public Collection<GitHubApp> apps() {
        return apps.values();
    }

    /** Ends a token of an installation. */
    public void revoke(String installationToken) {
        tokens.remove(installationToken);
    }

    @Override
    public Optional<Grant> grant(Repo repo, String password) {
        InstallationToken installed = tokens.get(password);
        if (installed != null) {
            return usable(installed) && !installed.installation().suspended()
                    ? Optional.of(new Grant(installed.installation().app().bot(), role(repo, installed)))
                    : Optional.empty();
        }
        return state.findToken(password).map(token -> new Grant(token.user(),
                new Caller.Person(token).sees(repo) ? narrowed(repo, token.user(), token.scopes())
                        : Account.Role.NONE));
    }

    private static Account.Role narrowed(Repo repo, Account user, Set<String> scopes) {
        boolean writes = scopes.contains("repo") || !repo.isPrivate() && scopes.contains("public_repo");
        return writes ? repo.roleOf(user) : Account.Role.READ;
    }

    private static Account.Role role(Repo repo, InstallationToken token) {
        if (!token.sees(repo)) {
            return repo.isPrivate() ? Account.Role.NONE : Account.Role.READ;
        }
        return switch (token.permissions().levels().getOrDefault("contents", "none")) {
            case "write", "admin" -> Account.Role.WRITE;
            case "read" -> Account.Role.READ;
            default -> Account.Role.NONE;
        };
    }

    ForgeState state() {
        return state;
    }

    Urls urls() {
        return urls;
    }

    HookStore hooks() {
        return hooks;
    }

    GitHubWebhooks webhooks() {
        return webhooks;
    }

    Optional<InstallationToken> token(String value) {
        return Optional.ofNullable(tokens.get(value)).filter(this::usable);
    }

    private boolean usable(InstallationToken token) {
        return !token.installation().deleted() && state.now().isBefore(token.expires());
    }

    Optional<GitHubApp> appOf(Account bot) {
        return apps.values().stream().filter(app -> app.bot() == bot).findFirst();
    }

    /** Tokens are long and have dots and dashes on purpose: nobody may rely on their shape. */
    InstallationToken issue(Installation installation, Permissions permissions, Set<Repo> repos, Duration lifetime) {
        String value = "ghs_" + installation.app().id() + "." + ForgeState.secret(150) + "." + ForgeState.secret(40);
        InstallationToken token =
                new InstallationToken(value, installation, permissions, repos, state.now().plus(lifetime));
        tokens.put(value, token);
        return token;
    }
}
