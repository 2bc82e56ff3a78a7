package io.jenkins.plugins.scmchecks.forge.gitea;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.util.Set;

/**
 * An access token.
 *
 * @param scopes such as {@code write:repository}; {@code all} may do everything
 */
public record GiteaToken(String value, Account user, Set<String> scopes) {

    public GiteaToken {
        scopes = Set.copyOf(scopes);
    }

    /** @param category such as {@code repository} */
    boolean may(String category, boolean write) {
        return scopes.contains("all")
                || scopes.contains("write:" + category)
                || !write && scopes.contains("read:" + category);
    }
}
