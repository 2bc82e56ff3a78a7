package io.jenkins.plugins.scmchecks.forge.azure;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.time.Instant;
import java.util.Set;

/**
 * A personal access token.
 *
 * @param scopes such as {@code vso.code}; which of them a call needs, its description says (REST API specifications)
 * @param expires null for one without end
 */
public record AzureToken(String value, Account user, Set<String> scopes, Instant expires) {

    /** Everything that the product asks for. */
    public static final Set<String> ALL_SCOPES =
            Set.of("vso.code", "vso.code_status", "vso.threads_full", "vso.project");

    public AzureToken {
        scopes = Set.copyOf(scopes);
    }
}
