package io.jenkins.plugins.scmchecks.forge.model;

import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff.Side;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent.PullRequestChanged.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** A pull request. Its head follows the branch while it is open. */
public final class PullRequest {

    private final long id;
    private final Repo repo;
    private final int number;
    private final Account author;
    private final Repo headRepo;
    private final String headRef;
    private final Instant createdAt;
    private final List<ReviewThread> threads = new CopyOnWriteArrayList<>();
    private final List<Comment> comments = new CopyOnWriteArrayList<>();
    private final List<Review> reviews = new CopyOnWriteArrayList<>();
    private String title;
    private String body;
    private String baseRef;
    private String headSha;
    private String baseSha;
    private boolean open = true;
    private String mergeSha;
    private String testMergeSha;
    private Instant updatedAt;
    private Instant closedAt;
    private Diff diff;

    PullRequest(Repo repo, int number, String title, String body, Account author, Repo headRepo, String headRef,
            String headSha, String baseRef, String baseSha) {
        this.id = repo.state().nextId();
        this.repo = repo;
        this.number = number;
        this.title = title;
        this.body = body;
        this.author = author;
        this.headRepo = headRepo;
        this.headRef = headRef;
        this.headSha = headSha;
        this.baseRef = baseRef;
        this.baseSha = baseSha;
        this.createdAt = repo.state().now();
        this.updatedAt = createdAt;
    }

    public long id() {
        return id;
    }

    public Repo repo() {
        return repo;
    }

    public int number() {
        return number;
    }

    public String title() {
        return title;
    }

    public String body() {
        return body;
    }

    public Account author() {
        return author;
    }

    public Repo headRepo() {
        return headRepo;
    }

    public String headRef() {
        return headRef;
    }

    public String headSha() {
        return headSha;
    }

    public String baseRef() {
        return baseRef;
    }

    /** {@return the base branch's commit when the head last moved} */
    public String baseSha() {
        return baseSha;
    }

    public boolean fromFork() {
        return headRepo != repo;
    }

    public boolean open() {
        return open;
    }

    public boolean merged() {
        return mergeSha != null;
    }

    /** {@return the merge commit, or null} */
    public String mergeSha() {
        return mergeSha;
    }

    /** {@return the commit that merging would make now, or null when there are conflicts} */
    public String testMergeSha() {
        return testMergeSha;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /** {@return null while open} */
    public Instant closedAt() {
        return closedAt;
    }

    public List<ReviewThread> threads() {
        return threads;
    }

    /** {@return the comments that are not on a line} */
    public List<Comment> comments() {
        return comments;
    }

    public List<Review> reviews() {
        return reviews;
    }

    /** {@return what it changes: from the merge base to the head} */
    public Diff diff() {
        synchronized (repo.state()) {
            if (diff == null) {
                ObjectId head = ObjectId.fromString(headSha);
                diff = Diff.between(repo.git(), mergeBase(), head);
            }
            return diff;
        }
    }

    /** {@return the commits that it brings, oldest first} */
    public List<RevCommit> commits() {
        List<RevCommit> newestFirst = new ArrayList<>(
                repo.git().log(ObjectId.fromString(headSha), ObjectId.fromString(baseSha), 250));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    public ReviewThread addThread(ReviewThread.Anchor anchor, String sha) {
        ReviewThread thread = new ReviewThread(repo.state().nextId(), this, anchor, sha);
        threads.add(thread);
        return thread;
    }

    /** Changes title and text. */
    public void edit(String newTitle, String newBody, Account by) {
        synchronized (repo.state()) {
            title = newTitle;
            body = newBody;
            tell(Action.EDITED, null, null, by);
        }
    }

    /** Changes the branch that it goes into. */
    public void retarget(String newBase, Account by) {
        synchronized (repo.state()) {
            String oldBase = baseRef;
            String oldSha = baseSha;
            baseRef = newBase;
            refresh();
            tell(Action.RETARGETED, oldBase, oldSha, by);
        }
    }

    public void close(Account by) {
        synchronized (repo.state()) {
            open = false;
            closedAt = repo.state().now();
            tell(Action.CLOSED, null, null, by);
        }
    }

    /** Opens it again, at the head branch's commit of now. */
    public void reopen(Account by) {
        synchronized (repo.state()) {
            open = true;
            closedAt = null;
            headRepo.git().branch(headRef).ifPresent(id -> headSha = id.name());
            refresh();
            tell(Action.REOPENED, null, null, by);
        }
    }

    /** @throws IllegalStateException when there are conflicts */
    public void merge(Account by) {
        synchronized (repo.state()) {
            ObjectId before = ObjectId.fromString(repo.sha(baseRef));
            ObjectId merge = mergeCommit(before)
                    .orElseThrow(() -> new IllegalStateException("Pull request " + number + " has conflicts"));
            mergeSha = merge.name();
            open = false;
            closedAt = repo.state().now();
            repo.git().point(Constants.R_HEADS + baseRef, merge);
            tell(Action.MERGED, null, null, by);
            repo.moved(Constants.R_HEADS + baseRef, before, merge, by);
        }
    }

    void opened() {
        refresh();
        tell(Action.OPENED, null, null, author);
    }

    void headMoved(Repo in, String branch, ObjectId to, Account by) {
        if (!open || in != headRepo || !branch.equals(headRef)) {
            return;
        }
        if (to.equals(ObjectId.zeroId())) {
            close(by);
            return;
        }
        String before = headSha;
        headSha = to.name();
        refresh();
        moveThreads(before);
        tell(Action.SYNCHRONIZED, before, null, by);
    }

    private void refresh() {
        diff = null;
        baseSha = repo.sha(baseRef);
        ObjectId head = ObjectId.fromString(headSha);
        repo.git().fetch(headRepo.git(), head, Constants.R_HEADS + headRef, "refs/pull/" + number + "/head");
        ObjectId merge = mergeCommit(ObjectId.fromString(baseSha)).orElse(ObjectId.zeroId());
        repo.git().point("refs/pull/" + number + "/merge", merge);
        testMergeSha = merge.equals(ObjectId.zeroId()) ? null : merge.name();
    }

    private Optional<ObjectId> mergeCommit(ObjectId base) {
        String message = "Merge pull request #" + number + " from " + headRepo.owner() + "/" + headRef;
        return repo.git().merge(base, ObjectId.fromString(headSha), message, repo.person(author));
    }

    private ObjectId mergeBase() {
        return repo.git().mergeBase(ObjectId.fromString(baseSha), ObjectId.fromString(headSha)).orElse(null);
    }

    /** As on GitHub a thread stays on its line while the line is unchanged and in the diff, else it is outdated. */
    private void moveThreads(String before) {
        Diff step = Diff.between(repo.git(), ObjectId.fromString(before), ObjectId.fromString(headSha));
        for (ReviewThread thread : threads) {
            thread.anchor().ifPresent(anchor -> thread.anchor(moved(anchor, step)));
        }
    }

    private ReviewThread.Anchor moved(ReviewThread.Anchor anchor, Diff step) {
        FileDiff changed = step.files().stream()
                .filter(file -> anchor.path().equals(file.oldPath()))
                .findFirst()
                .orElse(null);
        String path = changed == null ? anchor.path() : changed.newPath();
        Optional<FileDiff> shown = path == null ? Optional.empty() : diff().file(path);
        if (shown.isEmpty()) {
            return path == null && anchor.side() == Side.LEFT && diff().file(anchor.path()).isPresent() ? anchor : null;
        }
        int start = follow(changed, anchor.startSide(), anchor.startLine());
        int end = follow(changed, anchor.side(), anchor.line());
        boolean visible = anchor.line() == 0
                || start > 0 && end > 0 && shown.get().hunk(anchor.side(), end).isPresent();
        return visible ? new ReviewThread.Anchor(path, anchor.startSide(), start, anchor.side(), end) : null;
    }

    private static int follow(FileDiff changed, Side side, int line) {
        if (changed == null || side == Side.LEFT || line == 0) {
            return line;
        }
        OptionalInt now = changed.follow(line);
        return now.orElse(0);
    }

    private void tell(Action action, String before, String beforeSha, Account by) {
        updatedAt = repo.state().now();
        repo.state().tell(new ForgeEvent.PullRequestChanged(this, action, before, beforeSha, by));
    }
}
