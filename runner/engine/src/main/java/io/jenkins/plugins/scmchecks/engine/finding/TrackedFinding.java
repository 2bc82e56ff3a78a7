package io.jenkins.plugins.scmchecks.engine.finding;

import java.util.Objects;

/**
 * A finding and what the change did to it.
 *
 * @param finding for {@link State#FIXED}, as it was in the base
 * @param state against the base
 * @param onChangedLine whether its first line is one that the change added or modified
 */
public record TrackedFinding(Finding finding, State state, boolean onChangedLine) {

    /** SARIF's {@code baselineState}: new, unchanged, absent. */
    public enum State {
        NEW,
        UNCHANGED,
        FIXED
    }

    public TrackedFinding {
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(state, "state");
    }
}
