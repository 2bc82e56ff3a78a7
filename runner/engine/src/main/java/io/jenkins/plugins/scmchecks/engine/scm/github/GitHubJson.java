package io.jenkins.plugins.scmchecks.engine.scm.github;

import static io.jenkins.plugins.scmchecks.engine.scm.RequiredField.number;
import static io.jenkins.plugins.scmchecks.engine.scm.RequiredField.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.RequiredField;

/** Reads GitHub's objects, which are the same in answers and in webhooks. */
final class GitHubJson {

    private GitHubJson() {}

    /** @param at where the object stands in the document, for messages */
    static PullRequest pullRequest(JsonNode node, String at) {
        JsonNode head = node.path("head");
        RepositoryPath target = repository(node.path("base").path("repo"), at + ".base.repo");
        RepositoryPath source = head.path("repo").isObject() ? repository(head.path("repo"), at + ".head.repo") : null;
        return new PullRequest(
                number(node, "number", at),
                node.path("title").asText(""),
                text(head, "ref", at + ".head"),
                text(node.path("base"), "ref", at + ".base"),
                text(head, "sha", at + ".head"),
                node.path("base").path("sha").asText(null),
                source,
                node.path("user").path("login").asText(""),
                !target.equals(source),
                node.path("html_url").asText(null));
    }

    static RepositoryPath repository(JsonNode node, String at) {
        return RequiredField.path(text(node, "full_name", at), RequiredField.name(at, "full_name"));
    }
}
