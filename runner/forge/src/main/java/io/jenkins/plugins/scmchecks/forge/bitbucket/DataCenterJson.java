package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.List;

/** Data Center's objects, in answers and webhooks alike. */
final class DataCenterJson {

    private final BitbucketDataCenter server;

    DataCenterJson(BitbucketDataCenter server) {
        this.server = server;
    }

    ObjectNode user(Account account) {
        return DataCenterCall.object().put("name", account.login()).put("slug", account.login()).put("id", account.id())
                .put("displayName", account.login()).put("active", server.isActive(account)).put("type", "NORMAL");
    }

    static ObjectNode project(Account project) {
        return DataCenterCall.object().put("key", project.login()).put("id", project.id()).put("name", project.login())
                .put("public", false).put("type", project.kind() == Account.Kind.ORGANIZATION ? "NORMAL" : "PERSONAL");
    }

    ObjectNode repository(Repo repo) {
        ObjectNode json = DataCenterCall.object().put("slug", repo.name()).put("id", repo.id()).put("name", repo.name())
                .put("scmId", "git").put("state", "AVAILABLE").put("forkable", true).put("archived", false)
                .put("public", !repo.isPrivate());
        json.set("project", project(repo.owner()));
        ObjectNode links = json.putObject("links");
        links.putArray("clone").addObject().put("name", "http").put("href", server.root() + "/" + repo.fullName() + ".git");
        links.putArray("self").addObject().put("href", server.root() + "/" + repo.fullName());
        return json;
    }

    ObjectNode pullRequest(PullRequest pull) {
        ObjectNode json = DataCenterCall.object().put("id", pull.number()).put("version", 0).put("title", pull.title())
                .put("description", pull.body())
                .put("state", pull.merged() ? "MERGED" : pull.open() ? "OPEN" : "DECLINED").put("open", pull.open())
                .put("closed", !pull.open()).put("createdDate", pull.createdAt().toEpochMilli())
                .put("updatedDate", pull.updatedAt().toEpochMilli());
        json.set("fromRef", ref(pull.headRef(), pull.headSha(), pull.headRepo()));
        json.set("toRef", ref(pull.baseRef(), pull.baseSha(), pull.repo()));
        json.putObject("author").put("role", "AUTHOR").set("user", user(pull.author()));
        json.putObject("links").putArray("self").addObject()
                .put("href", server.root() + "/" + pull.repo().fullName() + "/pull-requests/" + pull.number());
        return json;
    }

    private ObjectNode ref(String branch, String sha, Repo repo) {
        ObjectNode json = DataCenterCall.object().put("id", "refs/heads/" + branch).put("displayId", branch)
                .put("latestCommit", sha);
        json.set("repository", repository(repo));
        return json;
    }

    /** {@return a path in its parts and as a whole} */
    static ObjectNode path(String path) {
        ObjectNode json = DataCenterCall.object();
        List.of(path.split("/")).forEach(json.putArray("components")::add);
        return json.put("name", path.substring(path.lastIndexOf('/') + 1)).put("toString", path);
    }
}
