package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.bitbucket.CloudCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** Pull requests and their diffs, which are at another address: the head comes first there, against git's order. */
final class CloudPullRequestsApi {

    private static final String REPOSITORY = "/repositories/{workspace}/{repo}";
    private static final String PULL = REPOSITORY + "/pullrequests/{number}";

    void addTo(Router<Endpoint> router) {
        router.add("GET", PULL, new Endpoint("pullrequest", call -> Answer.json(
                200, new CloudJson(call.cloud()).pullRequest(call.pullRequest()))));
        router.add("GET", PULL + "/commits", new Endpoint("pullrequest", CloudPullRequestsApi::commits));
        for (String kind : new String[] {"diff", "diffstat"}) {
            router.add("GET", PULL + "/" + kind, new Endpoint("pullrequest", call -> redirect(call, kind)));
        }
        router.add("GET", REPOSITORY + "/diff/{spec}", new Endpoint("repository", call -> Answer.text(
                200, "text/plain; charset=utf-8", diff(call).text())));
        router.add("GET", REPOSITORY + "/diffstat/{spec}", new Endpoint("repository", call -> call.page(
                diff(call).files(), CloudPullRequestsApi::stat)));
    }

    private static Answer commits(CloudCall call) {
        List<RevCommit> newestFirst = new ArrayList<>(call.pullRequest().commits());
        Collections.reverse(newestFirst);
        return call.page(newestFirst, commit -> CloudCall.object().put("type", "commit").put("hash", commit.name()));
    }

    private static Answer redirect(CloudCall call, String kind) {
        PullRequest pull = call.pullRequest();
        String query = call.exchange().query();
        return Answer.empty(302).with("Location", call.cloud().apiUrl() + "/repositories/" + pull.repo().fullName() + "/"
                + kind + "/" + pull.headSha() + ".." + pull.baseSha() + (query.isEmpty() ? "" : "?" + query));
    }

    private static Diff diff(CloudCall call) {
        Repo repo = call.repository(Account.Role.READ);
        String[] spec = call.variable("spec").split("\\.\\.");
        ObjectId head = ObjectId.fromString(spec[0]);
        ObjectId base = ObjectId.fromString(spec[1]);
        return Diff.between(repo.git(), repo.git().mergeBase(base, head).orElse(base), head);
    }

    private static ObjectNode stat(FileDiff file) {
        ObjectNode json = CloudCall.object().put("type", "diffstat")
                .put("status", file.kind().name().toLowerCase(Locale.ROOT))
                .put("lines_added", file.additions()).put("lines_removed", file.deletions());
        side(json, "old", file.oldPath());
        side(json, "new", file.newPath());
        return json;
    }

    private static void side(ObjectNode json, String side, String path) {
        if (path == null) {
            json.putNull(side);
        } else {
            json.putObject(side).put("type", "commit_file").put("path", path).put("escaped_path", path);
        }
    }
}
