package io.jenkins.plugins.scmchecks.forge.gitlab;

import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Every diff that a merge request has had: one for each push. */
final class DiffVersions {

    /**
     * @param base the merge base
     * @param start the target branch's commit
     */
    record Version(long id, String base, String start, String head) {

        Diff diff(PullRequest pull) {
            return Diff.between(pull.repo().git(), ObjectId.fromString(base), ObjectId.fromString(head));
        }
    }

    private final Map<Long, List<Version>> versions = new HashMap<>();

    void told(ForgeEvent event) {
        if (event instanceof ForgeEvent.PullRequestChanged changed) {
            PullRequest pull = changed.pullRequest();
            List<Version> known = versions.computeIfAbsent(pull.id(), id -> new ArrayList<>());
            Version now = now(pull);
            boolean same = known.stream().findFirst()
                    .filter(v -> v.base().equals(now.base()) && v.start().equals(now.start())
                            && v.head().equals(now.head()))
                    .isPresent();
            if (!same) {
                known.add(0, now);
            }
        }
    }

    private static Version now(PullRequest pull) {
        ObjectId start = ObjectId.fromString(pull.baseSha());
        Optional<ObjectId> base = pull.repo().git().mergeBase(start, ObjectId.fromString(pull.headSha()));
        return new Version(pull.repo().state().nextId(), base.orElse(start).name(), pull.baseSha(), pull.headSha());
    }

    /** {@return the newest first} */
    List<Version> of(PullRequest pull) {
        return List.copyOf(versions.getOrDefault(pull.id(), List.of()));
    }
}
