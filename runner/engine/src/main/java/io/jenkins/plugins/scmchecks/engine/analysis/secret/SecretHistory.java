package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Finds the secrets that a commit of a pull request added and a later one took away again. The tree no longer has them,
 * but everybody who can read the repository has. What is still in the tree is left to {@link SecretAnalyzer}.
 */
public final class SecretHistory {

    /**
     * How much is looked at.
     *
     * @param commits of the pull request, the newest first
     * @param bytes of the files they add or modify, together
     * @param bytesOfFile the largest file that is looked at
     */
    public record Limits(int commits, long bytes, int bytesOfFile) {

        /** Enough for pull requests that people make. */
        public static final Limits DEFAULT = new Limits(1_000, 256L << 20, 5 << 20);
    }

    private final SecretScanner scanner = new SecretScanner(SecretRules.builtIn());
    private final Limits limits;

    public SecretHistory() {
        this(Limits.DEFAULT);
    }

    public SecretHistory(Limits limits) {
        this.limits = limits;
    }

    /**
     * Looks at the commits that the head has and the base has not. A finding is where its commit had it; its
     * fingerprint depends on the file, the rule and the secret, not on the commit, so a rebase does not make it new.
     *
     * @param base the branch that the pull request goes to, or the merge base with it
     * @param head of the pull request
     * @throws IOException when the repository cannot be read
     */
    public void scan(Repository repository, ObjectId base, ObjectId head, FindingSink sink) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit headCommit = walk.parseCommit(head);
            walk.markStart(headCommit);
            walk.markUninteresting(walk.parseCommit(base));
            walk.sort(RevSort.TOPO);
            List<RevCommit> commits = new ArrayList<>();
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (commits.size() == limits.commits()) {
                    sink.notice(Notice.warning(
                            null,
                            "the pull request has more than " + limits.commits()
                                    + " commits; the older ones were not searched for secrets"));
                    break;
                }
                commits.add(0, commit);
            }
            Blobs blobs = new Blobs(walk.getObjectReader());
            Map<String, Brought> brought = new LinkedHashMap<>();
            Set<String> paths = new HashSet<>();
            for (RevCommit commit : commits) {
                readCommit(walk, commit, blobs, brought, paths);
            }
            Set<String> present = blobs.hashesIn(headCommit, paths);
            brought.forEach((hash, found) -> {
                if (!present.contains(hash)) {
                    sink.finding(found.toFinding());
                }
            });
            if (blobs.skipped > 0) {
                sink.notice(Notice.warning(
                        null,
                        blobs.skipped + " file versions of the pull request's commits are past the limits of "
                                + limits.bytes() + " bytes together and " + limits.bytesOfFile()
                                + " each, and were not searched for secrets"));
            }
        }
    }

    private void readCommit(
            RevWalk walk, RevCommit commit, Blobs blobs, Map<String, Brought> brought, Set<String> paths)
            throws IOException {
        try (TreeWalk trees = new TreeWalk(walk.getObjectReader())) {
            trees.setRecursive(true);
            trees.setFilter(TreeFilter.ANY_DIFF);
            trees.addTree(commit.getTree());
            for (RevCommit parent : commit.getParents()) {
                trees.addTree(walk.parseCommit(parent).getTree());
            }
            if (commit.getParentCount() == 0) {
                trees.addTree(new EmptyTreeIterator());
            }
            List<Brought> added = new ArrayList<>();
            List<Version> replaced = new ArrayList<>();
            while (trees.next()) {
                String path = trees.getPathString();
                // A merge brings only what differs from each of its parents.
                if (isFile(trees, 0) && differsFromAll(trees) && !FileFacts.isNotOurs(path)) {
                    paths.add(path);
                    for (SecretMatch match : blobs.matches(path, trees.getObjectId(0))) {
                        added.add(new Brought(match, path, commit.abbreviate(7).name()));
                    }
                }
                for (int parent = 1; parent < trees.getTreeCount(); parent++) {
                    if (isFile(trees, parent)) {
                        replaced.add(new Version(path, trees.getObjectId(parent)));
                    }
                }
            }
            if (added.isEmpty()) {
                return;
            }
            // What the commit merely moved was there before it.
            Set<String> before = new HashSet<>();
            for (Version version : replaced) {
                blobs.matches(version.path(), version.id()).forEach(match -> before.add(match.hash()));
            }
            added.stream()
                    .filter(found -> !before.contains(found.match().hash()))
                    .forEach(found -> brought.putIfAbsent(found.match().hash(), found));
        }
    }

    private static boolean differsFromAll(TreeWalk trees) {
        for (int parent = 1; parent < trees.getTreeCount(); parent++) {
            if (trees.idEqual(0, parent)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFile(TreeWalk trees, int tree) {
        return (trees.getRawMode(tree) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
    }

    /** A secret, and the first commit that had it. */
    private record Brought(SecretMatch match, String path, String commit) {

        Finding toFinding() {
            String message = match.message() + " Commit " + commit
                    + " added it and it is no longer in the tree, but it is still in history: revoke it.";
            Finding finding = match.toFinding(path);
            String material = match.rule().id() + '\n' + path + '\n' + match.hash().substring(0, 3);
            return new Finding(
                    finding.tool(), finding.rule(), finding.severity(), message, finding.location(), null,
                    finding.related(), null, finding.suppression(), Redaction.hash("history\n" + material));
        }
    }

    /** A file as one commit has it. What its content means depends on its path too. */
    private record Version(String path, ObjectId id) {}

    /** The matches of files' versions, each looked at once. */
    private final class Blobs {
        private final ObjectReader reader;
        private final Map<Version, List<SecretMatch>> known = new HashMap<>();
        private long left = limits.bytes();
        private int skipped;

        Blobs(ObjectReader reader) {
            this.reader = reader;
        }

        List<SecretMatch> matches(String path, ObjectId id) throws IOException {
            Version version = new Version(path, id.copy());
            List<SecretMatch> matches = known.get(version);
            if (matches == null) {
                ObjectLoader loader = reader.open(id);
                if (loader.getSize() > limits.bytesOfFile() || loader.getSize() > left) {
                    skipped++;
                    matches = List.of();
                } else {
                    left -= loader.getSize();
                    matches = scanner.scan(path, loader.getCachedBytes(limits.bytesOfFile())).matches();
                }
                known.put(version, matches);
            }
            return matches;
        }

        Set<String> hashesIn(RevCommit commit, Set<String> paths) throws IOException {
            Set<String> result = new HashSet<>();
            for (String path : paths) {
                try (TreeWalk file = TreeWalk.forPath(reader, path, commit.getTree())) {
                    if (file != null && isFile(file, 0)) {
                        matches(path, file.getObjectId(0)).forEach(match -> result.add(match.hash()));
                    }
                }
            }
            return result;
        }
    }
}
