package io.jenkins.plugins.scmchecks.trigger;

import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.util.Locale;

/** Reads from an event what a build of it is about. */
final class EventCoordinates {

    private final ScmIntegration integration;

    EventCoordinates(ScmIntegration integration) {
        this.integration = integration;
    }

    Coordinates of(ScmEvent.InRepository event) {
        Coordinates.Builder builder = Coordinates.of(
                        integration.getName(), event.repository().value())
                .event(event.type().name().toLowerCase(Locale.ROOT))
                .cloneUrl(integration.cloneUrl(event.repository()));
        // One branch for each member of the sealed family; Java 17 has no switch over them.
        if (event instanceof ScmEvent.Push push) {
            builder.branch(push.branch())
                    .ref("refs/heads/" + push.branch())
                    .headSha(push.after())
                    .baseSha(push.before())
                    .actor(push.actor());
        } else if (event instanceof ScmEvent.RefChange change) {
            boolean tag = change.type() == ScmEvent.Type.TAG_CREATED || change.type() == ScmEvent.Type.TAG_DELETED;
            builder.branch(change.name())
                    .ref((tag ? "refs/tags/" : "refs/heads/") + change.name())
                    .headSha(change.sha())
                    .actor(change.actor());
        } else if (event instanceof ScmEvent.PullRequestChange change) {
            PullRequest pullRequest = change.pullRequest();
            builder.branch(pullRequest.sourceBranch())
                    .ref(ref(pullRequest))
                    .headSha(pullRequest.headSha())
                    .baseSha(pullRequest.baseSha())
                    .pullRequest(
                            pullRequest.number(),
                            pullRequest.sourceBranch(),
                            pullRequest.targetBranch(),
                            pullRequest.fork())
                    .actor(change.actor());
        } else if (event instanceof ScmEvent.RerunRequested rerun) {
            builder.branch(rerun.branch()).headSha(rerun.headSha()).actor(rerun.actor());
            if (rerun.pullRequest() > 0) {
                builder.pullRequest(rerun.pullRequest(), rerun.branch(), null, false)
                        .ref(integration.pullRequestRef(rerun.pullRequest()));
            } else if (rerun.branch() != null) {
                builder.ref("refs/heads/" + rerun.branch());
            }
        }
        return builder.build();
    }

    /** Where pull requests have no ref of their own, a fork's commits are not in the target's repository. */
    private String ref(PullRequest pullRequest) {
        String ref = integration.pullRequestRef(pullRequest.number());
        return ref != null || pullRequest.fork() ? ref : "refs/heads/" + pullRequest.sourceBranch();
    }

    /** {@return the branch that a trigger's patterns are about: for pull requests the one that is merged into} */
    static String matched(ScmEvent.InRepository event) {
        if (event instanceof ScmEvent.Push push) {
            return push.branch();
        }
        if (event instanceof ScmEvent.RefChange change) {
            return change.name();
        }
        if (event instanceof ScmEvent.PullRequestChange change) {
            return change.pullRequest().targetBranch();
        }
        return ((ScmEvent.RerunRequested) event).branch();
    }
}
