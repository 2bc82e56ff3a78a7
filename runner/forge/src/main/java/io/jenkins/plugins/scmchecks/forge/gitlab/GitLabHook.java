package io.jenkins.plugins.scmchecks.forge.gitlab;

import java.net.URI;
import java.time.Instant;
import java.util.Set;

/**
 * A webhook of a project.
 *
 * @param token sent in X-Gitlab-Token; empty for none
 * @param signingToken {@code whsec_} and a key of 32 bytes; empty for none
 * @param events such as {@code push_events}
 * @param disabled whether GitLab has switched it off after failures
 */
public record GitLabHook(
        long id,
        long projectId,
        URI url,
        String token,
        String signingToken,
        Set<String> events,
        String branchFilter,
        boolean verifyTls,
        boolean disabled,
        Instant createdAt) {

    public GitLabHook {
        events = Set.copyOf(events);
    }
}
