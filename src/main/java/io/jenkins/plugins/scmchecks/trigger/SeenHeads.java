package io.jenkins.plugins.scmchecks.trigger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers for which pull request a job built a commit lately, so that the push of the same commit is known when it
 * arrives second, and an update that brings nothing new. Bounded: what is forgotten is at worst built once more.
 * Thread-safe.
 */
final class SeenHeads {

    private static final int CAPACITY = 10_000;

    private record Head(String job, String repository, String sha) {}

    private record Request(String job, String repository, long number) {}

    private record State(String sha, String target) {}

    private final Map<Head, Long> heads = new Bounded<>();
    private final Map<Request, State> requests = new Bounded<>();

    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > CAPACITY;
        }
    }

    synchronized void remember(String job, Coordinates pullRequest) {
        heads.put(head(job, pullRequest), pullRequest.pullRequest());
        requests.put(request(job, pullRequest), state(pullRequest));
    }

    /** {@return the pull request that the commit of a push was built for, or empty} */
    synchronized Optional<Long> pullRequestOf(String job, Coordinates push) {
        return Optional.ofNullable(heads.get(head(job, push)));
    }

    /** {@return whether the pull request is as it was when it was built last; an earlier commit that is back is not} */
    synchronized boolean isUnchanged(String job, Coordinates pullRequest) {
        return state(pullRequest).equals(requests.get(request(job, pullRequest)));
    }

    private static Head head(String job, Coordinates coordinates) {
        return new Head(job, coordinates.repository(), coordinates.headSha());
    }

    private static Request request(String job, Coordinates pullRequest) {
        return new Request(job, pullRequest.repository(), pullRequest.pullRequest());
    }

    private static State state(Coordinates pullRequest) {
        return new State(pullRequest.headSha(), pullRequest.targetBranch());
    }
}
