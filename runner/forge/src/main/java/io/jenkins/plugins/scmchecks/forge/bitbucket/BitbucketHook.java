package io.jenkins.plugins.scmchecks.forge.bitbucket;

import java.net.URI;
import java.util.Set;

/**
 * A webhook of a repository at either Bitbucket.
 *
 * @param secret empty for none: deliveries are then unsigned
 */
public record BitbucketHook(
        long id,
        long repository,
        String name,
        URI url,
        boolean active,
        String secret,
        Set<String> events,
        boolean verifyTls) {

    public BitbucketHook {
        events = Set.copyOf(events);
    }
}
