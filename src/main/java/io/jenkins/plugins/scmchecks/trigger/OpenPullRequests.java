package io.jenkins.plugins.scmchecks.trigger;

import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers from events which branches have an open pull request, so that it is known of a push that the pull request's
 * own event is still to come. Bounded, and empty after a restart: it decides how long to wait and nothing else.
 * Thread-safe.
 */
final class OpenPullRequests {

    private static final int CAPACITY = 10_000;

    private record Branch(String integration, RepositoryPath repository, String name) {}

    private final Map<Branch, Set<Long>> open = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Branch, Set<Long>> eldest) {
            return size() > CAPACITY;
        }
    };

    synchronized void note(String integration, ScmEvent.PullRequestChange change) {
        PullRequest pullRequest = change.pullRequest();
        if (pullRequest.fork()) {
            return;
        }
        Branch branch = new Branch(integration, change.repository(), pullRequest.sourceBranch());
        boolean ended = change.type() == ScmEvent.Type.PULL_REQUEST_CLOSED
                || change.type() == ScmEvent.Type.PULL_REQUEST_MERGED;
        open.compute(branch, (key, numbers) -> {
            Set<Long> now = numbers == null ? new HashSet<>() : numbers;
            if (ended) {
                now.remove(pullRequest.number());
            } else {
                now.add(pullRequest.number());
            }
            return now.isEmpty() ? null : now;
        });
    }

    synchronized boolean has(String integration, ScmEvent.Push push) {
        return open.containsKey(new Branch(integration, push.repository(), push.branch()));
    }
}
