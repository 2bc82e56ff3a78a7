package io.jenkins.plugins.scmchecks.trigger;

import hudson.EnvVars;
import hudson.model.Action;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Run;
import java.util.List;

/** Keeps with a build what it is about, and tells it by environment variables. */
public final class ScmEventAction extends InvisibleAction implements EnvironmentContributingAction, Queue.QueueAction {

    private final Coordinates coordinates;

    public ScmEventAction(Coordinates coordinates) {
        this.coordinates = coordinates;
    }

    public Coordinates coordinates() {
        return coordinates;
    }

    @Override
    public void buildEnvironment(Run<?, ?> run, EnvVars environment) {
        coordinates.addTo(environment);
    }

    /** Of two builds that wait, one is enough only when both would do the same work. */
    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream()
                .noneMatch(a -> a instanceof ScmEventAction other && other.coordinates.sameWorkAs(coordinates));
    }
}
