package io.jenkins.plugins.scmchecks.outbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.Conclusion;
import java.time.Duration;
import java.time.Instant;

/**
 * What a provider is still to be told about one check of one commit. The report itself is kept with the build.
 *
 * @param integration its name
 * @param repository its path
 * @param pullRequest its number, or 0
 * @param sha the commit
 * @param check its name
 * @param run the build, as {@code Run.getExternalizableId} has it
 * @param detailsUrl the page of the build's report, or null
 * @param conclusion of a check that came to no report, or null
 * @param reason of that, for people, or null
 * @param since when it was promised, in milliseconds since 1970
 * @param due when to try, in milliseconds since 1970; 0 while the build itself sees to it
 * @param attempts that failed
 */
public record OwedAnswer(
        String integration,
        String repository,
        long pullRequest,
        String sha,
        String check,
        String run,
        String detailsUrl,
        Conclusion conclusion,
        String reason,
        long since,
        long due,
        int attempts) {

    /** After this the provider's users have other things to look at. */
    static final Duration PATIENCE = Duration.ofDays(1);

    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    /** An answer that a build has begun to owe. */
    public static OwedAnswer begun(
            String integration, String repository, long pullRequest, String sha, String check, String run, String detailsUrl) {
        long now = System.currentTimeMillis();
        return new OwedAnswer(
                integration, repository, pullRequest, sha, check, run, detailsUrl, null, null, now, 0, 0);
    }

    /** {@return the same, which came to no report} */
    public OwedAnswer ended(Conclusion how, String why) {
        return new OwedAnswer(
                integration, repository, pullRequest, sha, check, run, detailsUrl, how, why, since, due, attempts);
    }

    /**
     * {@return the same after a failure, to be tried again after a while that grows}
     *
     * @param asked how long the provider asked for; zero when it did not say
     */
    OwedAnswer failed(Instant now, Duration asked) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts, 10));
        wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        long next = now.plus(asked.compareTo(wait) > 0 ? asked : wait).toEpochMilli();
        return new OwedAnswer(
                integration, repository, pullRequest, sha, check, run, detailsUrl, conclusion, reason, since, next,
                attempts + 1);
    }

    @JsonIgnore
    boolean isDue(Instant now) {
        return due != 0 && due <= now.toEpochMilli();
    }

    /** {@return whether its time has passed by the next attempt} */
    @JsonIgnore
    boolean isGivenUp() {
        return due > since + PATIENCE.toMillis();
    }

    /** {@return what it is known by: a later check of the same name on the same commit takes its place} */
    @JsonIgnore
    String id() {
        return Digest.of(String.join("\n", integration, repository, Long.toString(pullRequest), sha, check));
    }
}
