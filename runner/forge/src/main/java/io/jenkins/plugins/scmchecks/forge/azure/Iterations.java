package io.jenkins.plugins.scmchecks.forge.azure;

import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** What every pull request has been: one iteration for each push or change of its target. */
final class Iterations {

    /**
     * @param common the merge base
     * @param target the target branch's commit
     */
    record Iteration(int id, String common, String target, String head) {

        List<FileDiff> files(PullRequest pull) {
            return Diff.between(pull.repo().git(), ObjectId.fromString(common), ObjectId.fromString(head)).files();
        }
    }

    private final Map<Long, List<Iteration>> iterations = new HashMap<>();
    private final Map<Long, Map<String, Integer>> trackingIds = new HashMap<>();

    void told(ForgeEvent event) {
        if (event instanceof ForgeEvent.PullRequestChanged changed) {
            PullRequest pull = changed.pullRequest();
            List<Iteration> known = iterations.computeIfAbsent(pull.id(), id -> new ArrayList<>());
            Iteration last = known.isEmpty() ? null : known.get(known.size() - 1);
            boolean same = last != null && last.head().equals(pull.headSha())
                    && changed.action() != ForgeEvent.PullRequestChanged.Action.RETARGETED;
            if (!same) {
                known.add(now(pull, known.size() + 1));
            }
        }
    }

    private static Iteration now(PullRequest pull, int id) {
        ObjectId target = ObjectId.fromString(pull.baseSha());
        Optional<ObjectId> common = pull.repo().git().mergeBase(target, ObjectId.fromString(pull.headSha()));
        return new Iteration(id, common.orElse(target).name(), pull.baseSha(), pull.headSha());
    }

    /** {@return the oldest first} */
    List<Iteration> of(PullRequest pull) {
        return List.copyOf(iterations.getOrDefault(pull.id(), List.of()));
    }

    Optional<Iteration> find(PullRequest pull, int id) {
        return of(pull).stream().filter(i -> i.id() == id).findFirst();
    }

    /** {@return the number of a file, which is the same in all iterations} */
    int trackingId(PullRequest pull, String path) {
        Map<String, Integer> ids = trackingIds.computeIfAbsent(pull.id(), id -> new HashMap<>());
        return ids.computeIfAbsent(path, p -> ids.size() + 1);
    }
}
