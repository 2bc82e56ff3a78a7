package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.Hook;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A GitHub App. */
public final class GitHubApp {

    private final GitHub github;
    private final long id;
    private final String slug;
    private final String clientId;
    private final Account owner;
    private final Account bot;
    private final KeyPair keys;
    private final Instant createdAt;
    private final List<Installation> installations = new CopyOnWriteArrayList<>();
    private Permissions permissions;
    private Set<String> events;
    private Hook hook;

    GitHubApp(GitHub github, long id, String slug, Account owner, Account bot, KeyPair keys,
            Map<String, String> permissions, Set<String> events) {
        this.github = github;
        this.id = id;
        this.slug = slug;
        this.clientId = "Iv23li" + Long.toHexString(id * 7919);
        this.owner = owner;
        this.bot = bot;
        this.keys = keys;
        this.createdAt = github.state().now();
        this.permissions = new Permissions(permissions);
        this.events = Set.copyOf(events);
    }

    public long id() {
        return id;
    }

    public String slug() {
        return slug;
    }

    public String clientId() {
        return clientId;
    }

    public Account owner() {
        return owner;
    }

    /** {@return the account that comments and checks come from, {@code slug[bot]}} */
    public Account bot() {
        return bot;
    }

    Instant createdAt() {
        return createdAt;
    }

    KeyPair keys() {
        return keys;
    }

    /** {@return the private key as GitHub hands it out, "BEGIN RSA PRIVATE KEY"} */
    public String privateKeyPkcs1() {
        return Pem.pkcs1(keys.getPrivate());
    }

    /** {@return the private key as "BEGIN PRIVATE KEY"} */
    public String privateKeyPkcs8() {
        return Pem.pkcs8(keys.getPrivate());
    }

    Permissions permissions() {
        return permissions;
    }

    Set<String> events() {
        return events;
    }

    /** Sets where events go; installations that are there are not told. */
    public GitHubApp webhook(URI url, String secret) {
        return webhook(url, secret, false);
    }

    /** @param form whether bodies are forms with the JSON in {@code payload} */
    public GitHubApp webhook(URI url, String secret, boolean form) {
        Instant now = github.state().now();
        hook = new Hook(github.state().nextId(), Hook.Target.APP, id, url, secret, form, events, true, now, now);
        return this;
    }

    /** {@return null before one is set} */
    Hook hook() {
        return hook;
    }

    /** Installs the app for all repositories of an account. */
    public Installation install(Account account) {
        return install(account, null);
    }

    /**
     * Installs the app.
     *
     * @param repositories selected ones, or null for all
     */
    public Installation install(Account account, Collection<Repo> repositories) {
        synchronized (github.state()) {
            Installation installation =
                    new Installation(github, github.state().nextId(), this, account, repositories);
            installations.add(installation);
            github.webhooks().installation(installation, "created", account);
            return installation;
        }
    }

    /** {@return the installations that are not deleted} */
    public List<Installation> installations() {
        return installations.stream().filter(installation -> !installation.deleted()).toList();
    }
}
