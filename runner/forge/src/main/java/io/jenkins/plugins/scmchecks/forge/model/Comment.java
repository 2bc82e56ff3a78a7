package io.jenkins.plugins.scmchecks.forge.model;

import java.time.Instant;

/** What somebody wrote on a pull request: to all of it, or in a thread on a line. */
public final class Comment {

    private final long id;
    private final Account author;
    private final Instant createdAt;
    private final long reviewId;
    private String body;
    private Instant updatedAt;
    private String minimizedReason;

    /** @param reviewId the review it came with, 0 for none */
    public Comment(long id, Account author, String body, Instant createdAt, long reviewId) {
        this.id = id;
        this.author = author;
        this.body = body;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.reviewId = reviewId;
    }

    public long id() {
        return id;
    }

    public Account author() {
        return author;
    }

    public String body() {
        return body;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public long reviewId() {
        return reviewId;
    }

    /** {@return why it is hidden, or null} */
    public String minimizedReason() {
        return minimizedReason;
    }

    public void edit(String newBody, Instant at) {
        body = newBody;
        updatedAt = at;
    }

    public void minimize(String reason) {
        minimizedReason = reason;
    }
}
