package io.jenkins.plugins.scmchecks.forge.model;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Everything that the forge holds, whatever dialect tells of it. All changes happen while holding this object's
 * monitor: requests are handled one at a time, so that no test depends on luck.
 */
public final class ForgeState {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final ForgeClock clock;
    private final AtomicLong ids = new AtomicLong(1000);
    private final Map<String, Account> accounts = new ConcurrentSkipListMap<>();
    private final Map<String, Repo> repos = new ConcurrentSkipListMap<>();
    private final Map<String, AccessToken> tokens = new ConcurrentSkipListMap<>();
    private final List<Consumer<ForgeEvent>> listeners = new CopyOnWriteArrayList<>();

    public ForgeState(Path directory, ForgeClock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    public ForgeClock clock() {
        return clock;
    }

    public Instant now() {
        return clock.instant();
    }

    public long nextId() {
        return ids.incrementAndGet();
    }

    /** Makes an account, or gives the one of that name. */
    public synchronized Account account(String login, Account.Kind kind) {
        return accounts.computeIfAbsent(key(login), key -> new Account(nextId(), login, kind));
    }

    public Optional<Account> findAccount(String login) {
        return Optional.ofNullable(accounts.get(key(login)));
    }

    public Collection<Account> accounts() {
        return accounts.values();
    }

    /** @throws IllegalArgumentException when there is one of that name */
    public synchronized Repo createRepo(Account owner, String name, boolean isPrivate, Repo parent) {
        String key = key(owner.login() + "/" + name);
        if (repos.containsKey(key)) {
            throw new IllegalArgumentException("There is a repository " + key + " already");
        }
        Path git = directory.resolve(owner.login()).resolve(name + ".git");
        Repo repo = new Repo(this, owner, name, isPrivate, parent, git);
        repos.put(key, repo);
        return repo;
    }

    public Optional<Repo> findRepo(String owner, String name) {
        return Optional.ofNullable(repos.get(key(owner + "/" + name)));
    }

    public Collection<Repo> repos() {
        return repos.values();
    }

    public List<Repo> reposOf(Account owner) {
        return repos.values().stream().filter(repo -> repo.owner() == owner).toList();
    }

    /** Adds a token that dialects then accept. */
    public AccessToken addToken(AccessToken token) {
        tokens.put(token.value(), token);
        return token;
    }

    public void revokeToken(String value) {
        tokens.remove(value);
    }

    /** {@return the token, unless it is unknown, revoked or expired} */
    public Optional<AccessToken> findToken(String value) {
        return Optional.ofNullable(tokens.get(value)).filter(token -> token.valid(now()));
    }

    /** Asks to be told of what happens, on the thread that made it happen. */
    public void listen(Consumer<ForgeEvent> listener) {
        listeners.add(listener);
    }

    public void tell(ForgeEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    /** {@return unguessable text of URL-safe characters, made of that many random bytes} */
    public static String secret(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
