package io.jenkins.plugins.scmchecks.forge.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Set;

/**
 * A webhook of a repository, an organization or an app.
 *
 * @param targetId of the repository, organization or app
 * @param secret empty for none: deliveries are then unsigned
 * @param form whether the body is a form with the JSON in {@code payload}
 */
public record Hook(
        long id,
        Target target,
        long targetId,
        URI url,
        String secret,
        boolean form,
        Set<String> events,
        boolean active,
        Instant createdAt,
        Instant updatedAt) {

    /** What a hook belongs to. */
    public enum Target { REPOSITORY, ORGANIZATION, APP }

    public Hook {
        events = Set.copyOf(events);
    }

    public boolean wants(String event) {
        return active && (events.contains("*") || events.contains(event));
    }
}
