package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.UUID;

/** What several answers and events have in common. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** {@return the id as Azure DevOps writes it} */
    static String guid(long id) {
        return new UUID(0x5c6d_0000_0000_4000L, 0x8000_0000_0000_0000L | id).toString();
    }

    static ObjectNode identity(Account account) {
        return object().put("displayName", account.login())
                .put("id", guid(account.id()))
                .put("uniqueName", account.login());
    }

    static ObjectNode project(Account project) {
        return object().put("id", guid(project.id()))
                .put("name", project.login())
                .put("state", "wellFormed")
                .put("visibility", "private");
    }

    static ObjectNode repository(AzureDevOps azure, Repo repo) {
        String remote = azure.root().replace("://", "://" + repo.owner().login() + "@") + "/" + repo.fullName()
                + ".git";
        ObjectNode json = object().put("id", guid(repo.id()))
                .put("name", repo.name())
                .put("url", azure.apiUrl() + "/_apis/git/repositories/" + guid(repo.id()));
        json.set("project", project(repo.owner()));
        if (repo.git().branch(repo.defaultBranch()).isPresent()) {
            json.put("defaultBranch", "refs/heads/" + repo.defaultBranch());
        }
        return json.put("size", 1)
                .put("remoteUrl", remote)
                .put("webUrl", azure.root() + "/" + repo.fullName())
                .put("isDisabled", false);
    }

    static ObjectNode pullRequest(AzureDevOps azure, PullRequest pull) {
        ObjectNode json = object();
        json.set("repository", repository(azure, pull.repo()));
        json.put("pullRequestId", pull.number())
                .put("codeReviewId", pull.number())
                .put("status", pull.merged() ? "completed" : pull.open() ? "active" : "abandoned");
        json.set("createdBy", identity(pull.author()));
        json.put("creationDate", pull.createdAt().toString())
                .put("title", pull.title())
                .put("description", pull.body())
                .put("sourceRefName", "refs/heads/" + pull.headRef())
                .put("targetRefName", "refs/heads/" + pull.baseRef())
                .put("mergeStatus", pull.testMergeSha() == null ? "conflicts" : "succeeded")
                .put("isDraft", false);
        json.putObject("lastMergeSourceCommit").put("commitId", pull.headSha());
        json.putObject("lastMergeTargetCommit").put("commitId", pull.baseSha());
        json.putArray("reviewers");
        json.put("supportsIterations", true);
        if (pull.fromFork()) {
            ObjectNode fork = json.putObject("forkSource")
                    .put("name", "refs/heads/" + pull.headRef())
                    .put("objectId", pull.headSha());
            fork.set("repository", repository(azure, pull.headRepo()));
        }
        return json;
    }
}
