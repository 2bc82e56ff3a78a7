package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.bitbucket.DataCenterCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;

/** Pull requests and what they change. */
final class DataCenterPullRequestsApi {

    private static final String PULLS = DataCenterDialect.REPOSITORY + "/pull-requests";

    void addTo(Router<Endpoint> router) {
        router.add("GET", PULLS + "/{number}.diff", DataCenterPullRequestsApi::diff);
        router.add("GET", PULLS + "/{number}", call -> Answer.json(
                200, new DataCenterJson(call.server()).pullRequest(call.pullRequest())));
        router.add("GET", PULLS + "/{number}/changes", call ->
                call.page(call.pullRequest().diff().files(), DataCenterPullRequestsApi::change));
    }

    /** The two sides are named {@code src://} and {@code dst://}. */
    private static Answer diff(DataCenterCall call) {
        StringBuilder text = new StringBuilder();
        for (FileDiff file : call.pullRequest().diff().files()) {
            text.append(file.header()
                    .replaceAll("(?m)^diff --git a/(.*) b/", "diff --git src://$1 dst://")
                    .replaceAll("(?m)^--- a/", "--- src://")
                    .replaceAll("(?m)^\\+\\+\\+ b/", "+++ dst://"));
            text.append(file.hunks().isEmpty() ? "" : file.patch() + "\n");
        }
        return Answer.text(200, "text/plain; charset=utf-8", text.toString());
    }

    private static ObjectNode change(FileDiff file) {
        ObjectNode json = DataCenterCall.object().put("nodeType", "FILE").put("type", switch (file.kind()) {
            case ADDED -> "ADD";
            case MODIFIED -> "MODIFY";
            case REMOVED -> "DELETE";
            case RENAMED -> "MOVE";
        });
        json.set("path", DataCenterJson.path(file.path()));
        if (file.kind() == FileDiff.Kind.RENAMED) {
            json.put("percentUnchanged", file.hunks().isEmpty() ? 100 : 90);
            json.set("srcPath", DataCenterJson.path(file.oldPath()));
        }
        return json;
    }
}
