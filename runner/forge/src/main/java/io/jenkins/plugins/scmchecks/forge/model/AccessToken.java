package io.jenkins.plugins.scmchecks.forge.model;

import java.time.Instant;
import java.util.Set;

/**
 * A personal access token.
 *
 * @param expires null for one without end
 */
public record AccessToken(String value, Account user, Set<String> scopes, Instant expires) {

    public AccessToken {
        scopes = Set.copyOf(scopes);
    }

    public boolean valid(Instant now) {
        return expires == null || now.isBefore(expires);
    }
}
