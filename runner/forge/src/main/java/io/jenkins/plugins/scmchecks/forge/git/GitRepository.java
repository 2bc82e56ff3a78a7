package io.jenkins.plugins.scmchecks.forge.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ThreeWayMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.transport.RefSpec;

/** A bare git repository on disk. Refs and commits only; it knows nothing of pull requests. */
public final class GitRepository implements AutoCloseable {

    private final Repository git;

    private GitRepository(Repository git) {
        this.git = git;
    }

    /** Makes an empty bare repository whose HEAD is {@code defaultBranch}. */
    public static GitRepository create(Path directory, String defaultBranch) {
        try {
            Git created = Git.init().setBare(true).setDirectory(directory.toFile())
                    .setInitialBranch(defaultBranch).call();
            Repository git = created.getRepository();
            git.getConfig().setBoolean("http", null, "receivepack", true);
            git.getConfig().setBoolean("core", null, "logAllRefUpdates", false);
            git.getConfig().save();
            return new GitRepository(git);
        } catch (GitAPIException e) {
            throw new IllegalStateException("Cannot create a git repository in " + directory, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Repository jgit() {
        return git;
    }

    /** {@return the underlying repository, opened once more for a caller that closes it} */
    public Repository open() {
        git.incrementOpen();
        return git;
    }

    /** {@return branch names without {@code refs/heads/}, each with its commit} */
    public SortedMap<String, ObjectId> branches() {
        return refs(Constants.R_HEADS);
    }

    /** {@return what is under {@code prefix}, names without it} */
    public SortedMap<String, ObjectId> refs(String prefix) {
        try {
            SortedMap<String, ObjectId> found = new TreeMap<>();
            for (Ref ref : git.getRefDatabase().getRefsByPrefix(prefix)) {
                if (!ref.isSymbolic()) {
                    found.put(ref.getName().substring(prefix.length()), ref.getObjectId());
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<ObjectId> branch(String name) {
        return ref(Constants.R_HEADS + name);
    }

    /** {@return what the full ref name points to} */
    public Optional<ObjectId> ref(String fullName) {
        try {
            return Optional.ofNullable(git.exactRef(fullName)).map(Ref::getObjectId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the commit that a full or short id, branch, tag or full ref name stands for} */
    public Optional<RevCommit> commit(String revision) {
        try (RevWalk walk = new RevWalk(git)) {
            for (String candidate : List.of(Constants.R_HEADS + revision, Constants.R_TAGS + revision, revision)) {
                ObjectId id = Repository.isValidRefName(candidate) || ObjectId.isId(candidate)
                                || candidate.matches("[0-9a-f]{7,39}")
                        ? git.resolve(candidate)
                        : null;
                if (id != null) {
                    return Optional.of(body(walk, walk.parseCommit(id)));
                }
            }
            return Optional.empty();
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<RevCommit> commit(ObjectId id) {
        return commit(id.name());
    }

    /** {@return commits reachable from {@code from} and not from {@code exclude} (or null), newest first} */
    public List<RevCommit> log(ObjectId from, ObjectId exclude, int limit) {
        try (RevWalk walk = new RevWalk(git)) {
            walk.markStart(walk.parseCommit(from));
            if (exclude != null) {
                walk.markUninteresting(walk.parseCommit(exclude));
            }
            List<RevCommit> commits = new ArrayList<>();
            for (RevCommit next = walk.next(); next != null && commits.size() < limit; next = walk.next()) {
                commits.add(body(walk, next));
            }
            return commits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<ObjectId> mergeBase(ObjectId one, ObjectId other) {
        try (RevWalk walk = new RevWalk(git)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one));
            walk.markStart(walk.parseCommit(other));
            return Optional.ofNullable(walk.next()).map(ObjectId::copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Points a ref somewhere, whether or not that is a fast forward; {@link ObjectId#zeroId()} deletes it. */
    public void point(String ref, ObjectId id) {
        try {
            RefUpdate update = git.updateRef(ref);
            update.setForceUpdate(true);
            if (id.equals(ObjectId.zeroId())) {
                update.delete();
            } else {
                update.setNewObjectId(id);
                update.update();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies {@code id} and what it needs out of another repository and points {@code ref} to it. */
    public void fetch(GitRepository other, ObjectId id, String sourceRef, String ref) {
        if (other == this) {
            point(ref, id);
            return;
        }
        try (Git client = new Git(git)) {
            git.incrementOpen();
            client.fetch()
                    .setRemote(other.git.getDirectory().toURI().toString())
                    .setRefSpecs(new RefSpec("+" + sourceRef + ":" + ref))
                    .call();
        } catch (GitAPIException e) {
            throw new IllegalStateException("Cannot fetch " + sourceRef + " from " + other.git.getDirectory(), e);
        }
    }

    /** {@return the commit that merges {@code head} into {@code base}, or empty when they conflict} */
    public Optional<ObjectId> merge(ObjectId base, ObjectId head, String message, PersonIdent author) {
        ThreeWayMerger merger = MergeStrategy.RECURSIVE.newMerger(git, true);
        try (ObjectInserter inserter = git.newObjectInserter()) {
            if (!merger.merge(base, head)) {
                return Optional.empty();
            }
            return Optional.of(insert(inserter, merger.getResultTreeId(), List.of(base, head), message, author));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectId insert(
            ObjectInserter inserter, ObjectId tree, List<ObjectId> parents, String message, PersonIdent author)
            throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setMessage(message);
        commit.setAuthor(author);
        commit.setCommitter(author);
        ObjectId id = inserter.insert(commit);
        inserter.flush();
        return id;
    }

    private static RevCommit body(RevWalk walk, RevCommit commit) throws IOException {
        walk.parseBody(commit);
        return commit;
    }

    @Override
    public void close() {
        git.close();
    }
}
