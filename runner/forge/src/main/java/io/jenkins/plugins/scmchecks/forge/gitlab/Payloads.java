package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import org.eclipse.jgit.lib.ObjectId;

/** The bodies of webhooks. */
final class Payloads {

    private final GitLab gitlab;

    Payloads(GitLab gitlab) {
        this.gitlab = gitlab;
    }

    ObjectNode push(ForgeEvent.RefMoved moved) {
        boolean tag = moved.ref().startsWith("refs/tags/");
        ObjectNode json = Json.object().put("object_kind", tag ? "tag_push" : "push")
                .put("event_name", tag ? "tag_push" : "push")
                .put("before", moved.before().name())
                .put("after", moved.after().name())
                .put("ref", moved.ref())
                .put("ref_protected", false);
        if (moved.after().equals(ObjectId.zeroId())) {
            json.putNull("checkout_sha");
        } else {
            json.put("checkout_sha", moved.after().name());
        }
        json.putNull("message")
                .put("user_id", moved.sender().id())
                .put("user_name", moved.sender().login())
                .put("user_username", moved.sender().login())
                .put("user_email", "")
                .putNull("user_avatar")
                .put("project_id", moved.repo().id());
        json.set("project", project(moved.repo()));
        json.putArray("commits");
        json.put("total_commits_count", 0);
        return json;
    }

    ObjectNode mergeRequest(ForgeEvent.PullRequestChanged changed) {
        PullRequest pull = changed.pullRequest();
        ObjectNode json = Json.object().put("object_kind", "merge_request").put("event_type", "merge_request");
        json.set("user", user(changed.sender()));
        json.set("project", project(pull.repo()));
        ObjectNode attributes = json.putObject("object_attributes");
        attributes.put("id", pull.id())
                .put("iid", pull.number())
                .put("author_id", pull.author().id())
                .put("title", pull.title())
                .put("description", pull.body())
                .put("state", pull.merged() ? "merged" : pull.open() ? "opened" : "closed")
                .put("source_branch", pull.headRef())
                .put("target_branch", pull.baseRef())
                .put("source_project_id", pull.headRepo().id())
                .put("target_project_id", pull.repo().id())
                .put("draft", false)
                .put("created_at", pull.createdAt().toString())
                .put("updated_at", pull.updatedAt().toString())
                .put("url", MergeRequestsApi.webUrl(gitlab, pull));
        attributes.set("source", project(pull.headRepo()));
        attributes.set("target", project(pull.repo()));
        attributes.putObject("last_commit").put("id", pull.headSha()).put("message", "").put("title", "");
        ObjectNode changes = json.putObject("changes");
        switch (changed.action()) {
            case OPENED -> attributes.put("action", "open");
            case REOPENED -> attributes.put("action", "reopen");
            case CLOSED -> attributes.put("action", "close");
            case MERGED -> attributes.put("action", "merge");
            case SYNCHRONIZED -> attributes.put("action", "update").put("oldrev", changed.before());
            case EDITED -> {
                attributes.put("action", "update");
                changes.putObject("title").put("previous", "").put("current", pull.title());
            }
            case RETARGETED -> {
                attributes.put("action", "update");
                changes.putObject("target_branch").put("previous", changed.before()).put("current", pull.baseRef());
            }
        }
        json.putArray("labels");
        return json;
    }

    private static ObjectNode user(Account account) {
        return Json.object().put("id", account.id()).put("name", account.login()).put("username", account.login())
                .putNull("avatar_url").put("email", "[REDACTED]");
    }

    private ObjectNode project(Repo repo) {
        return Json.object().put("id", repo.id())
                .put("name", repo.name())
                .put("description", "")
                .put("web_url", gitlab.root() + "/" + repo.fullName())
                .put("git_http_url", gitlab.root() + "/" + repo.fullName() + ".git")
                .put("namespace", repo.owner().login())
                .put("visibility_level", repo.isPrivate() ? 0 : 20)
                .put("path_with_namespace", repo.fullName())
                .put("default_branch", repo.defaultBranch());
    }
}
