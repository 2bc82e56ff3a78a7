package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.time.Instant;
import java.util.Set;

/**
 * A token of an installation.
 *
 * @param repositories that it is narrowed to; null for all that the installation sees
 */
record InstallationToken(
        String value, Installation installation, Permissions permissions, Set<Repo> repositories, Instant expires) {

    boolean sees(Repo repo) {
        return installation.sees(repo) && (repositories == null || repositories.contains(repo));
    }
}
