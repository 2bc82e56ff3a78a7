package io.jenkins.plugins.scmchecks.engine.publish;

import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a publication.
 *
 * @param done the steps that were done, in words; empty when everything was there already
 * @param skipped the steps that the provider refused; the others were done
 * @param failure what stopped it before its end, or null; publishing the same again continues where it stopped
 */
public record PublishOutcome(List<String> done, List<Skipped> skipped, ScmException failure) {

    /**
     * @param step in words
     * @param reason why, and how to mend it
     */
    public record Skipped(String step, String reason) {
        @Override
        public String toString() {
            return "could not " + step + ": " + reason;
        }
    }

    public PublishOutcome {
        done = List.copyOf(done);
        skipped = List.copyOf(skipped);
    }

    /** {@return whether everything is at the provider as it should be} */
    public boolean isComplete() {
        return failure == null && skipped.isEmpty();
    }

    /** {@return how long to wait before it is worth trying again; empty when trying again would not help} */
    public Optional<Duration> retryAfter() {
        return failure != null && failure.isTransient() ? Optional.of(failure.retryAfter()) : Optional.empty();
    }
}
