package io.jenkins.plugins.scmchecks.forge.model;

import io.jenkins.plugins.scmchecks.forge.git.Edit;
import io.jenkins.plugins.scmchecks.forge.git.GitRepository;
import io.jenkins.plugins.scmchecks.forge.git.TreeEditor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** A repository with its pull requests, checks and statuses. */
public final class Repo {

    private final ForgeState state;
    private final long id;
    private final Account owner;
    private final String name;
    private final boolean isPrivate;
    private final Repo parent;
    private final Path directory;
    private final Instant createdAt;
    private final String defaultBranch = "main";
    private final Map<Account, Account.Role> collaborators = new ConcurrentHashMap<>();
    private final List<PullRequest> pullRequests = new CopyOnWriteArrayList<>();
    private final List<Check> checks = new CopyOnWriteArrayList<>();
    private final List<CommitStatus> statuses = new CopyOnWriteArrayList<>();
    private GitRepository git;

    Repo(ForgeState state, Account owner, String name, boolean isPrivate, Repo parent, Path directory) {
        this.state = state;
        this.id = state.nextId();
        this.owner = owner;
        this.name = name;
        this.isPrivate = isPrivate;
        this.parent = parent;
        this.createdAt = state.now();
        this.directory = directory;
    }

    public ForgeState state() {
        return state;
    }

    public long id() {
        return id;
    }

    public Account owner() {
        return owner;
    }

    public String name() {
        return name;
    }

    /** {@return "owner/name"} */
    public String fullName() {
        return owner.login() + "/" + name;
    }

    public boolean isPrivate() {
        return isPrivate;
    }

    /** {@return what this is a fork of, or empty} */
    public Optional<Repo> parent() {
        return Optional.ofNullable(parent);
    }

    /** {@return the git repository, made on first use, since a list of thousands needs none of them} */
    public GitRepository git() {
        synchronized (state) {
            if (git == null) {
                git = GitRepository.create(directory, defaultBranch);
            }
            return git;
        }
    }

    /** Lets go of the git repository's files. */
    public void close() {
        synchronized (state) {
            if (git != null) {
                git.close();
            }
        }
    }

    public Instant createdAt() {
        return createdAt;
    }

    public String defaultBranch() {
        return defaultBranch;
    }

    /** {@return the pull requests into this repository, oldest first} */
    public List<PullRequest> pullRequests() {
        return pullRequests;
    }

    public Optional<PullRequest> pullRequest(int number) {
        return pullRequests.stream().filter(pull -> pull.number() == number).findFirst();
    }

    public List<Check> checks() {
        return checks;
    }

    public List<Check> checks(String sha) {
        return checks.stream().filter(check -> check.sha().equals(sha)).toList();
    }

    /** {@return every status ever set, oldest first} */
    public List<CommitStatus> statuses() {
        return statuses;
    }

    /** Lets somebody in who is not a member of the organization. */
    public Repo collaborator(Account user, Account.Role role) {
        collaborators.put(user, role);
        return this;
    }

    /** {@return what a user (or null for nobody) may do here} */
    public Account.Role roleOf(Account user) {
        Account.Role role = isPrivate ? Account.Role.NONE : Account.Role.READ;
        if (user == null) {
            return role;
        }
        for (Account.Role other : List.of(owner.roleOf(user), collaborators.getOrDefault(user, Account.Role.NONE))) {
            role = other.includes(role) ? other : role;
        }
        return role;
    }

    /** {@return the commit of a branch} */
    public String sha(String branch) {
        return git().branch(branch).orElseThrow(() -> missing(branch)).name();
    }

    /**
     * Makes a commit and moves the branch to it, as its owner. A branch that is not there starts at the default
     * branch, or is the first one.
     *
     * @param files content by path
     * @return the commit's id
     */
    public String commit(String branch, String message, Map<String, String> files) {
        return commit(branch, message, files, owner);
    }

    /** As {@link #commit(String, String, Map)}, by {@code author}. */
    public String commit(String branch, String message, Map<String, String> files, Account author) {
        List<Edit> edits = new ArrayList<>();
        files.forEach((path, text) -> edits.add(new Edit.Write(path, text.getBytes(StandardCharsets.UTF_8))));
        return commit(branch, message, edits, author);
    }

    /** Makes a commit that deletes a file. */
    public String delete(String branch, String message, String path) {
        return commit(branch, message, List.of(new Edit.Delete(path)), owner);
    }

    /** Makes a commit that renames a file. */
    public String rename(String branch, String message, String from, String to) {
        return commit(branch, message, List.of(new Edit.Rename(from, to)), owner);
    }

    /** Makes a commit of any edits by {@code author} and moves the branch to it. */
    public String commit(String branch, String message, List<Edit> edits, Account author) {
        synchronized (state) {
            Optional<ObjectId> before = git().branch(branch);
            Optional<RevCommit> start =
                    before.or(() -> git().branch(defaultBranch)).flatMap(git()::commit);
            ObjectId commit = new TreeEditor(git()).commit(start, edits, message, person(author));
            move(Constants.R_HEADS + branch, commit, author);
            return commit.name();
        }
    }

    /** Points a branch at a commit that is there, made or moved, forwards or not. */
    public void point(String branch, String sha) {
        move(Constants.R_HEADS + branch, ObjectId.fromString(sha), owner);
    }

    public void deleteBranch(String branch) {
        git().branch(branch).orElseThrow(() -> missing(branch));
        move(Constants.R_HEADS + branch, ObjectId.zeroId(), owner);
    }

    public void tag(String tag, String sha) {
        move(Constants.R_TAGS + tag, ObjectId.fromString(sha), owner);
    }

    private void move(String ref, ObjectId to, Account by) {
        synchronized (state) {
            ObjectId before = git().ref(ref).orElse(ObjectId.zeroId());
            git().point(ref, to);
            moved(ref, before, to, by);
        }
    }

    /** Takes note of a ref that git has moved: pull requests follow their heads, and the event is told. */
    public void moved(String ref, ObjectId before, ObjectId after, Account by) {
        synchronized (state) {
            boolean forced = !before.equals(ObjectId.zeroId()) && !after.equals(ObjectId.zeroId())
                    && !git().mergeBase(before, after).filter(before::equals).isPresent();
            state.tell(new ForgeEvent.RefMoved(this, ref, before, after, forced, by));
            if (ref.startsWith(Constants.R_HEADS)) {
                String branch = ref.substring(Constants.R_HEADS.length());
                for (Repo repo : state.repos()) {
                    repo.pullRequests.forEach(pull -> pull.headMoved(this, branch, after, by));
                }
            }
        }
    }

    /** Makes a fork with all branches as they are now. */
    public Repo fork(Account newOwner) {
        synchronized (state) {
            Repo fork = state.createRepo(newOwner, name, isPrivate, this);
            git().branches().forEach((branch, id) ->
                    fork.git().fetch(git(), id, Constants.R_HEADS + branch, Constants.R_HEADS + branch));
            return fork;
        }
    }

    /** Opens a pull request from a branch of this repository. */
    public PullRequest openPullRequest(String title, String head, String base, Account author) {
        return openPullRequest(title, "", this, head, base, author);
    }

    /**
     * Opens a pull request into {@code base} here.
     *
     * @param headRepo this repository or a fork of it
     */
    public PullRequest openPullRequest(
            String title, String body, Repo headRepo, String head, String base, Account author) {
        synchronized (state) {
            int number = pullRequests.size() + 1;
            ObjectId headId = headRepo.git().branch(head).orElseThrow(() -> headRepo.missing(head));
            ObjectId baseId = git().branch(base).orElseThrow(() -> missing(base));
            PullRequest opened = new PullRequest(
                    this, number, title, body, author, headRepo, head, headId.name(), base, baseId.name());
            pullRequests.add(opened);
            opened.opened();
            return opened;
        }
    }

    PersonIdent person(Account account) {
        return new PersonIdent(account.login(), account.login() + "@users.noreply.localhost",
                state.now(), state.clock().getZone());
    }

    private IllegalArgumentException missing(String branch) {
        return new IllegalArgumentException("There is no branch " + branch + " in " + fullName());
    }

    @Override
    public String toString() {
        return fullName();
    }
}
