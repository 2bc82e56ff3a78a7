package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.gitlab.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.util.List;

/** Merge requests, the versions of their diffs, and the diffs. */
final class MergeRequestsApi {

    /** GitLab collapses a file's diff above 10 % of the limit of 200 KB. */
    private static final int COLLAPSED = 20_480;

    private static final int MOST_FILES = 1_000;

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/projects/{id}/merge_requests/{iid}", MergeRequestsApi::one);
        router.add("GET", "/projects/{id}/merge_requests/{iid}/versions", MergeRequestsApi::versions);
        router.add("GET", "/projects/{id}/merge_requests/{iid}/diffs", MergeRequestsApi::diffs);
    }

    private static Answer one(Call call) {
        PullRequest pull = call.mergeRequest(Account.Role.READ);
        ObjectNode json = Json.object().put("id", pull.id())
                .put("iid", pull.number())
                .put("project_id", pull.repo().id())
                .put("title", pull.title())
                .put("description", pull.body())
                .put("state", pull.merged() ? "merged" : pull.open() ? "opened" : "closed")
                .put("source_branch", pull.headRef())
                .put("target_branch", pull.baseRef())
                .put("source_project_id", pull.headRepo().id())
                .put("target_project_id", pull.repo().id())
                .put("draft", false)
                .put("sha", pull.headSha())
                .put("created_at", pull.createdAt().toString())
                .put("updated_at", pull.updatedAt().toString())
                .put("web_url", webUrl(call.gitlab(), pull))
                .put("changes_count", Integer.toString(pull.diff().files().size()));
        json.set("author", Json.user(pull.author()));
        call.gitlab().versions(pull).stream().findFirst().ifPresent(version -> json.putObject("diff_refs")
                .put("base_sha", version.base()).put("head_sha", version.head()).put("start_sha", version.start()));
        return Answer.json(200, json);
    }

    static String webUrl(GitLab gitlab, PullRequest pull) {
        return gitlab.root() + "/" + pull.repo().fullName() + "/-/merge_requests/" + pull.number();
    }

    private static Answer versions(Call call) {
        PullRequest pull = call.mergeRequest(Account.Role.READ);
        return call.page(call.gitlab().versions(pull), version -> Json.object().put("id", version.id())
                .put("head_commit_sha", version.head())
                .put("base_commit_sha", version.base())
                .put("start_commit_sha", version.start())
                .put("merge_request_id", pull.id())
                .put("state", "collected"));
    }

    private static Answer diffs(Call call) {
        List<FileDiff> files = call.mergeRequest(Account.Role.READ).diff().files();
        return call.page(files.subList(0, Math.min(MOST_FILES, files.size())), file -> {
            String patch = file.patch();
            boolean collapsed = patch.length() > COLLAPSED;
            return Json.object()
                    .put("old_path", file.oldPath() == null ? file.newPath() : file.oldPath())
                    .put("new_path", file.path())
                    .put("a_mode", "100644")
                    .put("b_mode", "100644")
                    .put("new_file", file.kind() == FileDiff.Kind.ADDED)
                    .put("renamed_file", file.kind() == FileDiff.Kind.RENAMED)
                    .put("deleted_file", file.kind() == FileDiff.Kind.REMOVED)
                    .put("generated_file", false)
                    .put("collapsed", collapsed)
                    .put("too_large", false)
                    .put("diff", collapsed || patch.isEmpty() ? "" : patch + "\n");
        });
    }
}
