package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import static io.jenkins.plugins.scmchecks.engine.scm.RequiredField.name;
import static io.jenkins.plugins.scmchecks.engine.scm.RequiredField.number;
import static io.jenkins.plugins.scmchecks.engine.scm.RequiredField.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryInfo;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.RequiredField;

/** Reads Gitea's objects, which are the same in the API and in webhooks. */
final class GiteaJson {

    private GiteaJson() {}

    static RepositoryInfo repository(JsonNode node) {
        return new RepositoryInfo(
                path(node, ""),
                node.path("id").asText(),
                node.path("empty").asBoolean() ? null : node.path("default_branch").asText(null),
                node.path("clone_url").asText(null),
                node.path("html_url").asText(null),
                node.path("archived").asBoolean());
    }

    /** @param at where the repository stands in the document, for messages */
    static RepositoryPath path(JsonNode repository, String at) {
        return RequiredField.path(text(repository, "full_name", at), name(at, "full_name"));
    }

    /**
     * @param repository that the pull request was asked of, or that tells of it
     * @param at where the pull request stands in the document, for messages
     */
    static PullRequest pullRequest(JsonNode node, RepositoryPath repository, String at) {
        JsonNode head = node.path("head");
        JsonNode base = node.path("base");
        JsonNode headRepository = head.path("repo");
        RepositoryPath from = headRepository.isObject() ? path(headRepository, name(at, "head.repo")) : null;
        RepositoryPath to = base.path("repo").isObject() ? path(base.path("repo"), name(at, "base.repo")) : repository;
        return new PullRequest(
                number(node, "number", at),
                node.path("title").asText(""),
                text(head, "ref", name(at, "head")),
                text(base, "ref", name(at, "base")),
                text(head, "sha", name(at, "head")),
                base.path("sha").asText(null),
                from,
                node.path("user").path("login").asText(""),
                !to.equals(from),
                node.path("html_url").asText(null));
    }
}
