package io.jenkins.plugins.scmchecks.forge.model;

import java.time.Instant;

/**
 * What somebody thinks of a pull request.
 *
 * @param state PENDING, COMMENTED, APPROVED or CHANGES_REQUESTED
 */
public record Review(long id, Account author, String body, String state, String sha, Instant submittedAt) {}
