package io.jenkins.plugins.scmchecks.forge.gitea;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import org.eclipse.jgit.lib.ObjectId;

/** What answers and webhooks have in common. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode user(Account account) {
        return object().put("id", account.id())
                .put("login", account.login())
                .put("full_name", "")
                .put("email", account.login() + "@noreply.localhost")
                .put("active", true)
                .put("username", account.login());
    }

    static ObjectNode repository(Gitea gitea, Repo repo) {
        ObjectNode json = object().put("id", repo.id());
        json.set("owner", user(repo.owner()));
        return json.put("name", repo.name())
                .put("full_name", repo.fullName())
                .put("description", "")
                .put("empty", false)
                .put("private", repo.isPrivate())
                .put("fork", repo.parent().isPresent())
                .put("default_branch", repo.defaultBranch())
                .put("html_url", gitea.root() + "/" + repo.fullName())
                .put("clone_url", gitea.root() + "/" + repo.fullName() + ".git")
                .put("archived", false)
                .put("created_at", repo.createdAt().toString());
    }

    static ObjectNode pull(Gitea gitea, PullRequest pull) {
        ObjectNode json = object().put("id", pull.id())
                .put("url", webUrl(gitea, pull))
                .put("number", pull.number());
        json.set("user", user(pull.author()));
        json.put("title", pull.title())
                .put("body", pull.body())
                .put("draft", false)
                .put("state", pull.open() ? "open" : "closed")
                .put("html_url", webUrl(gitea, pull))
                .put("merged", pull.merged());
        json.set("base", branch(gitea, pull.repo(), pull.baseRef(), pull.baseSha()));
        json.set("head", branch(gitea, pull.headRepo(), pull.headRef(), pull.headSha()));
        json.put("merge_base", pull.repo().git()
                .mergeBase(ObjectId.fromString(pull.baseSha()), ObjectId.fromString(pull.headSha()))
                .map(ObjectId::name).orElse(""));
        return json.put("created_at", pull.createdAt().toString()).put("updated_at", pull.updatedAt().toString());
    }

    private static ObjectNode branch(Gitea gitea, Repo repo, String ref, String sha) {
        ObjectNode json = object().put("label", ref).put("ref", ref).put("sha", sha).put("repo_id", repo.id());
        json.set("repo", repository(gitea, repo));
        return json;
    }

    static String webUrl(Gitea gitea, PullRequest pull) {
        return gitea.root() + "/" + pull.repo().fullName() + "/pulls/" + pull.number();
    }

    static ObjectNode comment(Gitea gitea, PullRequest pull, Comment comment) {
        ObjectNode json = object().put("id", comment.id())
                .put("html_url", webUrl(gitea, pull) + "#issuecomment-" + comment.id())
                .put("pull_request_url", webUrl(gitea, pull))
                .put("issue_url", "");
        json.set("user", user(comment.author()));
        return json.put("body", comment.body())
                .put("created_at", comment.createdAt().toString())
                .put("updated_at", comment.updatedAt().toString());
    }
}
