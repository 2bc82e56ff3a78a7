package io.jenkins.plugins.scmchecks.forge.gitea;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.net.URI;
import java.time.Instant;
import java.util.Set;

/**
 * A webhook of a repository or of an organization.
 *
 * @param repo null for an organization's
 * @param owner of the repository, or the organization
 * @param contentType json or form
 */
public record GiteaHook(
        long id,
        Repo repo,
        Account owner,
        URI url,
        String contentType,
        String secret,
        Set<String> events,
        String branchFilter,
        boolean active,
        Instant createdAt) {

    public GiteaHook {
        events = Set.copyOf(events);
    }

    boolean hears(Repo told, String event) {
        return active && events.contains(event) && (repo == null ? told.owner() == owner : told == repo);
    }
}
