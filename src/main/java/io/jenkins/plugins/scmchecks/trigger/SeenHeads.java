package io.jenkins.plugins.scmchecks.trigger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers for which pull request a job built a commit lately, so that the push of the same commit is known when it
 * arrives second. Bounded: what is forgotten is at worst built once more. Thread-safe.
 */
final class SeenHeads {

    private static final int CAPACITY = 10_000;

    private record Head(String job, String repository, String sha) {}

    private final Map<Head, Long> heads = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Head, Long> eldest) {
            return size() > CAPACITY;
        }
    };

    synchronized void remember(String job, Coordinates pullRequest) {
        heads.put(head(job, pullRequest), pullRequest.pullRequest());
    }

    /** {@return the pull request that the commit of a push was built for, or empty} */
    synchronized Optional<Long> pullRequestOf(String job, Coordinates push) {
        return Optional.ofNullable(heads.get(head(job, push)));
    }

    private static Head head(String job, Coordinates coordinates) {
        return new Head(job, coordinates.repository(), coordinates.headSha());
    }
}
