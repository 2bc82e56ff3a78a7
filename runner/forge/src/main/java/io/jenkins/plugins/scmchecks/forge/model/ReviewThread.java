package io.jenkins.plugins.scmchecks.forge.model;

import io.jenkins.plugins.scmchecks.forge.git.FileDiff.Side;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A conversation on lines of a pull request's diff. It moves with the lines and is outdated once they change. */
public final class ReviewThread {

    /**
     * Where a thread is.
     *
     * @param startLine the first line, equal to {@code line} for one line; {@code line} 0 is the whole file
     */
    public record Anchor(String path, Side startSide, int startLine, Side side, int line) {

        public boolean multiLine() {
            return startLine != line || startSide != side;
        }
    }

    private final long id;
    private final PullRequest pullRequest;
    private final Anchor original;
    private final String originalSha;
    private final List<Comment> comments = new CopyOnWriteArrayList<>();
    private Anchor anchor;
    private Account resolvedBy;

    ReviewThread(long id, PullRequest pullRequest, Anchor anchor, String sha) {
        this.id = id;
        this.pullRequest = pullRequest;
        this.original = anchor;
        this.originalSha = sha;
        this.anchor = anchor;
    }

    public long id() {
        return id;
    }

    public PullRequest pullRequest() {
        return pullRequest;
    }

    public Anchor original() {
        return original;
    }

    /** {@return the head commit that it was written on} */
    public String originalSha() {
        return originalSha;
    }

    /** {@return where it is in the diff of today, empty when outdated} */
    public Optional<Anchor> anchor() {
        return Optional.ofNullable(anchor);
    }

    void anchor(Anchor moved) {
        anchor = moved;
    }

    public List<Comment> comments() {
        return comments;
    }

    public boolean resolved() {
        return resolvedBy != null;
    }

    /** {@return who resolved it, or null} */
    public Account resolvedBy() {
        return resolvedBy;
    }

    /** @param by null to reopen it */
    public void resolve(Account by) {
        resolvedBy = by;
    }
}
