package io.jenkins.plugins.scmchecks.trigger;

import hudson.model.Cause;

/** Says which event of which provider started a build. */
public final class ScmEventCause extends Cause {

    private final Coordinates coordinates;

    public ScmEventCause(Coordinates coordinates) {
        this.coordinates = coordinates;
    }

    @Override
    public String getShortDescription() {
        String what = coordinates.pullRequest() == 0
                ? coordinates.event().replace('_', ' ') + " on " + coordinates.branch()
                : "pull request #" + coordinates.pullRequest() + " ("
                        + coordinates.event().replace('_', ' ').replaceFirst("^pull request ", "") + ")";
        String by = coordinates.actor() == null ? "" : " by " + coordinates.actor();
        return "Started by " + what + " in " + coordinates.repository() + by + ", via " + coordinates.integration();
    }
}
