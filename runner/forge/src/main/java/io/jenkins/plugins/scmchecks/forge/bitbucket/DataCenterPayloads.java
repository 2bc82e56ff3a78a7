package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent;
import java.util.Map;

/** The bodies of Data Center's webhooks, by their event's name. */
final class DataCenterPayloads {

    private final DataCenterJson json;

    DataCenterPayloads(BitbucketDataCenter server) {
        this.json = new DataCenterJson(server);
    }

    /** {@return what to tell; nothing of what Data Center does not tell, such as that a check was asked for again} */
    Map<String, ObjectNode> of(ForgeEvent event) {
        if (event instanceof ForgeEvent.RefMoved moved
                && (moved.ref().startsWith("refs/heads/") || moved.ref().startsWith("refs/tags/"))) {
            return Map.of("repo:refs_changed", refs(moved));
        }
        if (event instanceof ForgeEvent.PullRequestChanged changed) {
            String name = switch (changed.action()) {
                case OPENED -> "pr:opened";
                case SYNCHRONIZED -> "pr:from_ref_updated";
                case RETARGETED, EDITED -> "pr:modified";
                case MERGED -> "pr:merged";
                case CLOSED -> "pr:declined";
                case REOPENED -> null;
            };
            return name == null ? Map.of() : Map.of(name, pullRequest(changed, name));
        }
        return Map.of();
    }

    private ObjectNode head(String event, Account actor) {
        ObjectNode body = DataCenterCall.object().put("eventKey", event).put("date", "2026-01-02T03:04:05+0000");
        body.set("actor", json.user(actor));
        return body;
    }

    private ObjectNode refs(ForgeEvent.RefMoved moved) {
        ObjectNode body = head("repo:refs_changed", moved.sender());
        body.set("repository", json.repository(moved.repo()));
        ObjectNode change = body.putArray("changes").addObject();
        change.putObject("ref").put("id", moved.ref())
                .put("displayId", moved.ref().substring(moved.ref().indexOf('/', 5) + 1))
                .put("type", moved.ref().startsWith("refs/tags/") ? "TAG" : "BRANCH");
        change.put("refId", moved.ref()).put("fromHash", moved.before().name()).put("toHash", moved.after().name())
                .put("type", moved.created() ? "ADD" : moved.deleted() ? "DELETE" : "UPDATE");
        return body;
    }

    private ObjectNode pullRequest(ForgeEvent.PullRequestChanged changed, String event) {
        ObjectNode body = head(event, changed.sender());
        body.set("pullRequest", json.pullRequest(changed.pullRequest()));
        switch (changed.action()) {
            case SYNCHRONIZED -> body.put("previousFromHash", changed.before());
            case RETARGETED -> modified(body, changed, changed.before(), changed.beforeSha());
            case EDITED -> modified(body, changed, changed.pullRequest().baseRef(), changed.pullRequest().baseSha());
            case OPENED, REOPENED, CLOSED, MERGED -> {}
        }
        return body;
    }

    private static void modified(ObjectNode body, ForgeEvent.PullRequestChanged changed, String target, String sha) {
        body.put("previousTitle", changed.pullRequest().title()).putNull("previousDescription");
        body.putObject("previousTarget").put("id", "refs/heads/" + target).put("displayId", target).put("type", "BRANCH")
                .put("latestCommit", sha);
    }
}
