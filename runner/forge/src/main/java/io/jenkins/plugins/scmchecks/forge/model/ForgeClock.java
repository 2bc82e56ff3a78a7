package io.jenkins.plugins.scmchecks.forge.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, which a test can move. */
public final class ForgeClock extends Clock {

    private volatile Duration offset = Duration.ZERO;

    /** Moves the clock on, or back with a negative duration. */
    public void advance(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Every zone is UTC here. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
