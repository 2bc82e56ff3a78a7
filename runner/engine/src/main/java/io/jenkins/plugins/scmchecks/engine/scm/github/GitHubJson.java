package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;

/** Reads GitHub's objects, which are the same in answers and in webhooks. */
final class GitHubJson {

    private GitHubJson() {}

    /** A field is missing or is not what it has to be; the message names it. */
    static final class MissingFieldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingFieldException(String field, String problem) {
            super("field '" + field + "' " + problem);
        }
    }

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
        String name = text(node, "full_name", at);
        try {
            return new RepositoryPath(name);
        } catch (IllegalArgumentException e) {
            throw new MissingFieldException(at + ".full_name", "is not a repository's name");
        }
    }

    static String text(JsonNode node, String field, String at) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw new MissingFieldException(name(at, field), value.isMissingNode() ? "is missing" : "is not a text");
        }
        return value.asText();
    }

    static long number(JsonNode node, String field, String at) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new MissingFieldException(name(at, field), value.isMissingNode() ? "is missing" : "is not a number");
        }
        return value.asLong();
    }

    private static String name(String at, String field) {
        return at.isEmpty() ? field : at + "." + field;
    }
}
