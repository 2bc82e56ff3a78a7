package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;

/** What several answers have in common. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode user(Account account) {
        return object().put("id", account.id())
                .put("username", account.login())
                .put("name", account.login())
                .put("state", "active")
                .put("locked", false)
                .putNull("avatar_url")
                .put("web_url", "https://gitlab.invalid/" + account.login());
    }

    static ObjectNode project(GitLab gitlab, Repo repo) {
        ObjectNode json = object().put("id", repo.id())
                .putNull("description")
                .put("name", repo.name())
                .put("name_with_namespace", repo.owner().login().replace("/", " / ") + " / " + repo.name())
                .put("path", repo.name())
                .put("path_with_namespace", repo.fullName())
                .put("created_at", repo.createdAt().toString());
        if (repo.git().branch(repo.defaultBranch()).isPresent()) {
            json.put("default_branch", repo.defaultBranch());
        } else {
            json.putNull("default_branch");
        }
        json.put("http_url_to_repo", gitlab.root() + "/" + repo.fullName() + ".git")
                .put("web_url", gitlab.root() + "/" + repo.fullName())
                .put("archived", false)
                .put("visibility", repo.isPrivate() ? "private" : "public");
        json.putObject("namespace").put("id", repo.owner().id()).put("full_path", repo.owner().login());
        repo.parent().ifPresent(parent -> json.putObject("forked_from_project").put("id", parent.id()));
        return json;
    }

    static int accessLevel(Account.Role role) {
        return switch (role) {
            case NONE -> 0;
            case READ -> 20;
            case WRITE -> 30;
            case ADMIN -> 40;
        };
    }
}
