package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/** The bodies of Cloud's webhooks, by their event's name. */
final class CloudPayloads {

    private final CloudJson json;

    CloudPayloads(BitbucketCloud cloud) {
        this.json = new CloudJson(cloud);
    }

    /** {@return what to tell; nothing of what Cloud does not tell, such as that a check was asked for again} */
    Map<String, ObjectNode> of(ForgeEvent event) {
        if (event instanceof ForgeEvent.RefMoved moved
                && (moved.ref().startsWith("refs/heads/") || moved.ref().startsWith("refs/tags/"))) {
            return Map.of("repo:push", push(moved));
        }
        if (event instanceof ForgeEvent.PullRequestChanged changed) {
            return switch (changed.action()) {
                case OPENED -> Map.of("pullrequest:created", pullRequest(changed));
                case SYNCHRONIZED, RETARGETED, EDITED -> Map.of("pullrequest:updated", pullRequest(changed));
                case MERGED -> Map.of("pullrequest:fulfilled", pullRequest(changed));
                case CLOSED -> Map.of("pullrequest:rejected", pullRequest(changed));
                case REOPENED -> Map.of();
            };
        }
        return Map.of();
    }

    private ObjectNode push(ForgeEvent.RefMoved moved) {
        ObjectNode body = CloudCall.object();
        body.set("actor", CloudJson.user(moved.sender()));
        body.set("repository", json.repository(moved.repo()));
        ObjectNode change = body.putObject("push").putArray("changes").addObject();
        String name = moved.ref().substring(moved.ref().indexOf('/', 5) + 1);
        String type = moved.ref().startsWith("refs/tags/") ? "tag" : "branch";
        side(change, "old", type, name, moved.before());
        side(change, "new", type, name, moved.after());
        change.put("created", moved.created()).put("closed", moved.deleted()).put("forced", moved.forced())
                .put("truncated", false).putArray("commits");
        return body;
    }

    private static void side(ObjectNode change, String side, String type, String name, ObjectId commit) {
        if (commit.equals(ObjectId.zeroId())) {
            change.putNull(side);
        } else {
            change.putObject(side).put("type", type).put("name", name)
                    .putObject("target").put("type", "commit").put("hash", commit.name());
        }
    }

    private ObjectNode pullRequest(ForgeEvent.PullRequestChanged changed) {
        PullRequest pull = changed.pullRequest();
        ObjectNode body = CloudCall.object();
        body.set("actor", CloudJson.user(changed.sender()));
        body.set("repository", json.repository(pull.repo()));
        body.set("pullrequest", json.pullRequest(pull));
        return body;
    }
}
