package io.jenkins.plugins.scmchecks.forge.gitlab;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.time.Instant;
import java.util.Set;

/**
 * A token: a personal, group or project access token, or the access token of an OAuth application.
 *
 * @param expires null for one without end
 * @param oauth whether it goes into {@code Authorization: Bearer} alone
 */
public record GitLabToken(String value, Account user, Set<String> scopes, Instant expires, boolean oauth) {

    public GitLabToken {
        scopes = Set.copyOf(scopes);
    }
}
