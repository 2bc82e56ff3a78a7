package io.jenkins.plugins.scmchecks.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.ParameterizedJobMixIn;

/**
 * From an event to builds. A push to a branch with an open pull request arrives twice, as the push and as the pull
 * request's update: a job that listens to both builds the pull request alone, since only that can be answered there.
 * Its pushes wait in the queue for {@value #PUSH_WAIT_SECONDS} seconds, or {@value #UPDATE_WAIT_SECONDS} where the branch is
 * known to have an open pull request, and in that time the pull request's event takes their place.
 */
@Extension
public final class EventDispatcher {

    /** Providers send the two within a second or two; Jenkins' own quiet period is five by default as well. */
    static final int PUSH_WAIT_SECONDS = 5;

    /** Long enough for a provider or a Jenkins under load; a pull request whose end went unheard costs only this. */
    static final int UPDATE_WAIT_SECONDS = 60;

    private static final Logger LOGGER = Logger.getLogger(EventDispatcher.class.getName());

    private final SeenHeads seen = new SeenHeads();
    private final OpenPullRequests open = new OpenPullRequests();

    public static EventDispatcher get() {
        return ExtensionList.lookupSingleton(EventDispatcher.class);
    }

    /**
     * Starts the builds that an event asks for.
     *
     * @param integration to which it came
     * @return how many builds were asked for
     */
    public int dispatch(ScmIntegration integration, ScmEvent event) {
        if (!(event instanceof ScmEvent.InRepository inRepository)) {
            LOGGER.log(Level.FINE, "{0}: {1}", new Object[] {integration.getName(), event});
            return 0;
        }
        // Nobody is signed in where deliveries are handled, and whoever configured the trigger was asked then.
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return dispatch(integration, inRepository);
        }
    }

    private int dispatch(ScmIntegration integration, ScmEvent.InRepository event) {
        if (event instanceof ScmEvent.PullRequestChange change) {
            open.note(integration.getName(), change);
        }
        Coordinates coordinates = null;
        int started = 0;
        for (ScmChecksTrigger trigger : TriggerIndex.get().find(integration.getName(), event.repository())) {
            if (wanted(trigger, event)) {
                coordinates = coordinates == null ? new EventCoordinates(integration).of(event) : coordinates;
                started += start(trigger, coordinates, event) ? 1 : 0;
            }
        }
        return started;
    }

    /** A check of a pull request is run again whatever the patterns say: only its source branch is told. */
    private static boolean wanted(ScmChecksTrigger trigger, ScmEvent.InRepository event) {
        boolean anyBranch = event instanceof ScmEvent.RerunRequested rerun && rerun.pullRequest() > 0;
        return anyBranch
                ? trigger.getEvents().contains(event.type())
                : trigger.accepts(event.type(), EventCoordinates.matched(event));
    }

    private boolean start(ScmChecksTrigger trigger, Coordinates coordinates, ScmEvent event) {
        Job<?, ?> job = trigger.job();
        int wait = -1;
        boolean both = trigger.getEvents().contains(ScmEvent.Type.PULL_REQUEST_UPDATED);
        if (event instanceof ScmEvent.Push push && both) {
            if (seen.pullRequestOf(job.getFullName(), coordinates).isPresent()) {
                LOGGER.log(Level.FINE, "{0} builds the pull request of this push already", job.getFullName());
                return false;
            }
            int least = open.has(coordinates.integration(), push) ? UPDATE_WAIT_SECONDS : PUSH_WAIT_SECONDS;
            wait = Math.max(least, ((ParameterizedJobMixIn.ParameterizedJob<?, ?>) job).getQuietPeriod());
        } else if (coordinates.pullRequest() > 0 && coordinates.headSha() != null) {
            // Bitbucket Cloud tells of a new title in the same words as of new commits, and Azure DevOps of a vote.
            if (event.type() == ScmEvent.Type.PULL_REQUEST_UPDATED && seen.isUnchanged(job.getFullName(), coordinates)) {
                LOGGER.log(Level.FINE, "{0} builds this commit of the pull request already", job.getFullName());
                return false;
            }
            cancelWaitingPush(job, coordinates);
        }
        boolean scheduled = ParameterizedJobMixIn.scheduleBuild2(
                        job,
                        wait,
                        new CauseAction(new ScmEventCause(coordinates)),
                        new ScmEventAction(coordinates),
                        EventParameters.of(job, coordinates))
                != null;
        if (scheduled && coordinates.pullRequest() > 0 && coordinates.headSha() != null) {
            seen.remember(job.getFullName(), coordinates);
        } else if (!scheduled) {
            LOGGER.log(Level.INFO, "{0} is disabled or refused the build for {1}", new Object[] {
                job.getFullName(), coordinates.repository()
            });
        }
        return scheduled;
    }

    /**
     * {@return the pull request of whose commit this build of a push is, when a build of that pull request has been asked
     * for meanwhile: its event came too late to take the push's place}
     */
    public Optional<Long> overtakenBy(Run<?, ?> build) {
        ScmEventAction action = build.getAction(ScmEventAction.class);
        return action == null || action.coordinates().pullRequest() > 0
                ? Optional.empty()
                : seen.pullRequestOf(build.getParent().getFullName(), action.coordinates());
    }

    private static void cancelWaitingPush(Job<?, ?> job, Coordinates pullRequest) {
        Queue queue = Queue.getInstance();
        for (Queue.Item item : queue.getItems((Queue.Task) job)) {
            ScmEventAction waiting = item.getAction(ScmEventAction.class);
            if (waiting != null && waiting.coordinates().isPushOf(pullRequest)) {
                queue.cancel(item);
            }
        }
    }
}
