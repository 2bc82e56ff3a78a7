package io.jenkins.plugins.scmchecks.engine.change;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS.FileStoreAttributes;

/** A git working directory: its files, its commits, and what it changes against a base. Not thread-safe. */
public final class GitWorkspace implements AutoCloseable {

    private final Repository repository;
    private final WorkingTree workingTree;

    private GitWorkspace(Repository repository) throws IOException {
        this.repository = repository;
        this.workingTree = new WorkingTree(repository);
    }

    /**
     * Opens the repository that a directory belongs to.
     *
     * @param directory in the working tree
     * @throws IOException when it belongs to none, or to one without a working tree
     */
    public static GitWorkspace open(Path directory) throws IOException {
        // On a machine where JGit never was, it would time the disk for seconds before it reads the first file.
        FileStoreAttributes.setBackground(true);
        FileRepositoryBuilder builder =
                new FileRepositoryBuilder().setMustExist(true).findGitDir(directory.toAbsolutePath().toFile());
        if (builder.getGitDir() == null) {
            throw new IOException(directory + " is not in a git repository; check it out with git, or analyse it"
                    + " without a base");
        }
        Repository repository = builder.build();
        if (repository.isBare()) {
            repository.close();
            throw new IOException(directory + " is a bare git repository: there are no files to analyse");
        }
        return new GitWorkspace(repository);
    }

    /** {@return the top directory of the working tree} */
    public Path root() {
        return repository.getWorkTree().toPath();
    }

    public Repository repository() {
        return repository;
    }

    /** {@return the files as they are on disk} */
    public WorkingTree workingTree() {
        return workingTree;
    }

    /** {@return the files of a commit} */
    public SourceTree tree(String revision) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return new CommitTree(repository, walk.parseCommit(resolve(revision)).getTree());
        }
    }

    /** {@return the files of a change's base, as {@link #tree} has them but quicker to come by} */
    public SourceTree base(ChangeSet change) throws IOException {
        return new BaseTree(change, workingTree, tree(change.baseSha()));
    }

    /** {@return the full id of the commit that is checked out, or empty before the first commit} */
    public Optional<String> head() throws IOException {
        return Optional.ofNullable(repository.resolve(Constants.HEAD)).map(ObjectId::name);
    }

    /** {@return the URL of the remote {@code origin}, or else of the only remote there is} */
    public Optional<String> remoteUrl() {
        String origin = repository.getConfig().getString("remote", "origin", "url");
        if (origin != null) {
            return Optional.of(origin);
        }
        var remotes = repository.getRemoteNames();
        return remotes.size() == 1
                ? Optional.ofNullable(repository.getConfig().getString("remote", remotes.iterator().next(), "url"))
                : Optional.empty();
    }

    /**
     * What the working tree, with whatever is not committed, changes against a base.
     *
     * @param base a branch, tag or commit; compared is the merge base of it and the commit that is checked out
     * @throws IOException when the base, or the history between, is not in this clone
     */
    public ChangeSet changes(String base) throws IOException {
        // The disk is looked at while git's objects are; both take their time.
        workingTree.lookAhead();
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId head = repository.resolve(Constants.HEAD);
            if (head == null) {
                throw new IOException("nothing is committed here yet, so there is nothing to compare with " + base);
            }
            RevCommit headCommit = walk.parseCommit(head);
            RevCommit mergeBase = mergeBase(walk, walk.parseCommit(resolve(base)), headCommit, base);
            List<FileChange> files =
                    new GitDiff(repository).between(mergeBase.getTree(), headCommit.getTree(), workingTree);
            return ChangeSet.of(mergeBase.name(), workingTree.dirty().isEmpty() ? head.name() : null, files);
        } catch (MissingObjectException e) {
            throw shallow(base, e);
        }
    }

    private RevCommit mergeBase(RevWalk walk, RevCommit base, RevCommit head, String name) throws IOException {
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(base);
        walk.markStart(head);
        RevCommit mergeBase = walk.next();
        if (mergeBase == null) {
            if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
                throw shallow(name, null);
            }
            throw new IOException(name + " and the commit that is checked out have no history in common");
        }
        walk.reset();
        walk.setRevFilter(RevFilter.ALL);
        return walk.parseCommit(mergeBase);
    }

    private ObjectId resolve(String revision) throws IOException {
        for (String name : new String[] {revision, "refs/remotes/origin/" + revision}) {
            ObjectId id;
            try {
                id = repository.resolve(name + "^{commit}");
            } catch (RuntimeException e) {
                throw new IOException("'" + revision + "' is not a revision that git understands", e);
            }
            if (id != null && repository.getObjectDatabase().has(id)) {
                return id;
            }
        }
        throw new IOException("'" + revision + "' is not in this clone; fetch it first, for instance with"
                + " git fetch origin " + (revision.startsWith("origin/") ? revision.substring(7) : revision));
    }

    private static IOException shallow(String base, Exception cause) {
        return new IOException(
                "the history between " + base + " and the commit that is checked out is not in this clone, which is"
                        + " shallow; fetch more of it, for instance with git fetch --unshallow",
                cause);
    }

    @Override
    public void close() {
        repository.close();
    }
}
