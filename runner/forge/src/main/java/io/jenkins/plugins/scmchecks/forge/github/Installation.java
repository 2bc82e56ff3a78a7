package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An app in an account. What happens to it is told to the app's webhook. */
public final class Installation {

    private final GitHub github;
    private final long id;
    private final GitHubApp app;
    private final Account account;
    private final Instant createdAt;
    private final Set<Repo> selected;
    private Permissions permissions;
    private Instant suspendedAt;
    private boolean deleted;

    Installation(GitHub github, long id, GitHubApp app, Account account, Collection<Repo> selected) {
        this.github = github;
        this.id = id;
        this.app = app;
        this.account = account;
        this.createdAt = github.state().now();
        this.selected = selected == null ? null : new LinkedHashSet<>(selected);
        this.permissions = app.permissions();
    }

    public long id() {
        return id;
    }

    public GitHubApp app() {
        return app;
    }

    public Account account() {
        return account;
    }

    Instant createdAt() {
        return createdAt;
    }

    Permissions permissions() {
        return permissions;
    }

    /** Sets what the account has granted, which may be less than what the app asks for. */
    public void grant(Map<String, String> granted) {
        permissions = new Permissions(granted);
    }

    public boolean suspended() {
        return suspendedAt != null;
    }

    Instant suspendedAt() {
        return suspendedAt;
    }

    public boolean deleted() {
        return deleted;
    }

    boolean selection() {
        return selected != null;
    }

    /** {@return the repositories that it sees} */
    public List<Repo> repositories() {
        return github.state().reposOf(account).stream().filter(this::sees).toList();
    }

    boolean sees(Repo repo) {
        return !deleted && repo.owner() == account && (selected == null || selected.contains(repo));
    }

    public void suspend() {
        synchronized (github.state()) {
            suspendedAt = github.state().now();
            github.webhooks().installation(this, "suspend", account);
        }
    }

    public void unsuspend() {
        synchronized (github.state()) {
            suspendedAt = null;
            github.webhooks().installation(this, "unsuspend", account);
        }
    }

    /** Takes the app out of the account. Its tokens end at once. */
    public void delete() {
        synchronized (github.state()) {
            List<Repo> before = repositories();
            deleted = true;
            github.webhooks().installation(this, "deleted", before, account);
        }
    }

    /** @throws IllegalStateException when all repositories are selected already */
    public void add(Repo repo) {
        synchronized (github.state()) {
            selected().add(repo);
            github.webhooks().repositories(this, "added", List.of(repo), account);
        }
    }

    public void remove(Repo repo) {
        synchronized (github.state()) {
            selected().remove(repo);
            github.webhooks().repositories(this, "removed", List.of(repo), account);
        }
    }

    /** {@return a fresh token with all permissions, as the API would give it; valid for an hour} */
    public String token() {
        return github.issue(this, permissions, null, Duration.ofHours(1)).value();
    }

    private Set<Repo> selected() {
        if (selected == null) {
            throw new IllegalStateException("The installation has all repositories");
        }
        return selected;
    }
}
