package io.jenkins.plugins.scmchecks.forge.model;

import java.time.Instant;

/**
 * The short answer on a commit.
 *
 * @param state pending, success, failure or error; further ones where a dialect has them
 * @param targetUrl null for none
 */
public record CommitStatus(
        long id,
        String sha,
        String context,
        String state,
        String description,
        String targetUrl,
        Account creator,
        Instant createdAt) {}
