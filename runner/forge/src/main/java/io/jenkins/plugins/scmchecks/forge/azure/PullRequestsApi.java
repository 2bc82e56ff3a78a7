package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.azure.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.util.List;

/** Pull requests, their iterations, and which files those change. */
final class PullRequestsApi {

    static final String PULL = "/{project}/_apis/git/repositories/{repo}/pullRequests/{pull}";

    private static final int MOST_CHANGES = 2_000;

    void addTo(Router<Endpoint> router) {
        router.add("GET", PULL, call -> Answer.json(200, Json.pullRequest(call.azure(), call.pull(call.repo()))));
        router.add("GET", PULL + "/iterations", call ->
                Call.list(call.azure().iterations().of(call.pull(call.repo())), PullRequestsApi::iteration));
        router.add("GET", PULL + "/iterations/{iteration}/changes", PullRequestsApi::changes);
    }

    private static ObjectNode iteration(Iterations.Iteration iteration) {
        ObjectNode json = Json.object().put("id", iteration.id()).put("hasMoreCommits", false).put("reason", "push");
        json.putObject("sourceRefCommit").put("commitId", iteration.head());
        json.putObject("targetRefCommit").put("commitId", iteration.target());
        json.putObject("commonRefCommit").put("commitId", iteration.common());
        return json;
    }

    private static Answer changes(Call call) {
        PullRequest pull = call.pull(call.repo());
        Iterations iterations = call.azure().iterations();
        List<FileDiff> files = iterations.find(pull, call.number("iteration", "The iteration"))
                .orElseThrow(() -> AzureError.notFound("The iteration"))
                .files(pull);
        int from = Math.min(files.size(), call.integer("$skip", 0));
        int to = Math.min(files.size(), from + Math.min(MOST_CHANGES, call.integer("$top", 100)));
        ObjectNode json = Json.object();
        ArrayNode entries = json.putArray("changeEntries");
        for (FileDiff file : files.subList(from, to)) {
            entries.add(entry(file, iterations.trackingId(pull, file.path())));
        }
        boolean more = to < files.size();
        return Answer.json(200, json.put("nextSkip", more ? to : 0).put("nextTop", more ? files.size() - to : 0));
    }

    private static ObjectNode entry(FileDiff file, int trackingId) {
        ObjectNode json = Json.object().put("changeTrackingId", trackingId).put("changeId", trackingId);
        json.putObject("item").put("path", "/" + file.path());
        json.put("changeType", switch (file.kind()) {
            case ADDED -> "add";
            case MODIFIED -> "edit";
            case REMOVED -> "delete";
            case RENAMED -> file.hunks().isEmpty() ? "rename" : "edit, rename";
        });
        return file.oldPath() == null ? json : json.put("originalPath", "/" + file.oldPath());
    }
}
