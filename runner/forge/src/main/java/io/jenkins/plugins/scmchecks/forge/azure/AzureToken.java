package io.jenkins.plugins.scmchecks.forge.azure;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.time.Instant;
import java.util.Set;

/**
 * A personal access token.
 *
 * @param scopes such as {@code vso.code_write}
 * @param expires null for one without end
 */
public record AzureToken(String value, Account user, Set<String> scopes, Instant expires) {

    /** Everything that the product asks for. */
    public static final Set<String> ALL_SCOPES = Set.of("vso.code_write", "vso.code_status", "vso.hooks_write");

    public AzureToken {
        scopes = Set.copyOf(scopes);
    }
}
