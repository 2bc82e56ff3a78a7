package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;

/** Cloud's objects, in answers and webhooks alike. */
final class CloudJson {

    private final BitbucketCloud cloud;

    CloudJson(BitbucketCloud cloud) {
        this.cloud = cloud;
    }

    static String uuid(long id) {
        return "{00000000-0000-4000-8000-%012d}".formatted(id);
    }

    static ObjectNode user(Account account) {
        ObjectNode json = CloudCall.object();
        json.put("display_name", account.login()).put("uuid", uuid(account.id()));
        return switch (account.kind()) {
            case BOT -> json.put("type", "app_user").put("kind", "repository_access_token").put("account_status", "active");
            case USER -> json.put("type", "user").put("nickname", account.login()).put("account_id", "557058:" + account.id())
                    .put("account_status", "active");
            case ORGANIZATION -> json.put("type", "team").put("username", account.login());
        };
    }

    ObjectNode repository(Repo repo) {
        ObjectNode json = CloudCall.object().put("type", "repository").put("full_name", repo.fullName())
                .put("uuid", uuid(repo.id())).put("name", repo.name()).put("slug", repo.name()).put("scm", "git")
                .put("is_private", repo.isPrivate());
        json.putObject("mainbranch").put("type", "branch").put("name", repo.defaultBranch());
        json.set("owner", user(repo.owner()));
        ObjectNode links = json.putObject("links");
        links.putObject("html").put("href", cloud.root() + "/" + repo.fullName());
        String address = cloud.root() + "/" + repo.fullName() + ".git";
        links.putArray("clone").addObject().put("name", "https").put("href", address.replace("://", "://somebody@"));
        return json;
    }

    /** Commits are named by twelve digits. */
    ObjectNode pullRequest(PullRequest pull) {
        ObjectNode json = CloudCall.object().put("type", "pullrequest").put("id", pull.number())
                .put("title", pull.title()).put("description", pull.body())
                .put("state", pull.merged() ? "MERGED" : pull.open() ? "OPEN" : "DECLINED");
        json.set("author", user(pull.author()));
        json.set("source", end(pull.headRef(), pull.headSha(), pull.headRepo()));
        json.set("destination", end(pull.baseRef(), pull.baseSha(), pull.repo()));
        json.putObject("links").putObject("html")
                .put("href", cloud.root() + "/" + pull.repo().fullName() + "/pull-requests/" + pull.number());
        return json.put("created_on", pull.createdAt().toString()).put("updated_on", pull.updatedAt().toString());
    }

    private ObjectNode end(String branch, String sha, Repo repo) {
        ObjectNode json = CloudCall.object();
        json.putObject("branch").put("name", branch);
        json.putObject("commit").put("type", "commit").put("hash", sha.substring(0, 12));
        json.set("repository", repository(repo));
        return json;
    }
}
