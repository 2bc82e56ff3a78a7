package io.jenkins.plugins.scmchecks.forge.bitbucket;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.util.Set;

/**
 * A token of either Bitbucket.
 *
 * @param email of an API token's owner, which it goes with; null for an access token
 * @param scopes at Cloud; at Data Center {@code REPO_READ}, {@code REPO_WRITE} or {@code REPO_ADMIN}
 */
public record BitbucketToken(String value, Account user, String email, Set<String> scopes) {

    public BitbucketToken {
        scopes = Set.copyOf(scopes);
    }
}
