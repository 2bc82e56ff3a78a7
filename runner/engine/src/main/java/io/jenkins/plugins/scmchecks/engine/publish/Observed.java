package io.jenkins.plugins.scmchecks.engine.publish;

import java.util.List;

/**
 * What is at the provider now, of ours alone: what others wrote is never read into it.
 *
 * @param check our check of this commit, or null
 * @param threads our inline threads on the pull request, whatever commit they were made for
 * @param summary our comment on the pull request, or null
 */
public record Observed(Check check, List<Thread> threads, Summary summary) {

    public Observed {
        threads = List.copyOf(threads);
    }

    /**
     * @param id at the provider
     * @param digest {@link Digest} of what we last published as this check, or null where the provider keeps none
     * @param complete whether it has ended
     */
    public record Check(String id, String digest, boolean complete) {}

    /**
     * @param id at the provider
     * @param commentId of the thread's first comment, where that is another id
     * @param fingerprint from the marker
     * @param body of the first comment as it stands there
     * @param resolved whether somebody, or we, closed it
     * @param resolvedByUs false when a person closed it: their decision stands
     * @param outdated whether the provider no longer shows it on a line of the newest diff
     * @param replies how many other comments it has: a thread with people's words is never deleted
     */
    public record Thread(
            String id,
            String commentId,
            String fingerprint,
            String body,
            boolean resolved,
            boolean resolvedByUs,
            boolean outdated,
            int replies) {}

    /**
     * @param id at the provider
     * @param body as it stands there
     */
    public record Summary(String id, String body) {}
}
