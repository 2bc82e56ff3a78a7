package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryInfo;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;

/** Reads GitLab's objects. */
final class GitLabJson {

    private GitLabJson() {}

    /** A field is missing or is not what it has to be; the message names it. */
    static final class MissingFieldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingFieldException(String field, String problem) {
            super("field '" + field + "' " + problem);
        }
    }

    static RepositoryInfo project(JsonNode node) {
        return new RepositoryInfo(
                path(node, ""),
                node.path("id").asText(),
                node.path("default_branch").asText(null),
                node.path("http_url_to_repo").asText(null),
                node.path("web_url").asText(null),
                node.path("archived").asBoolean());
    }

    /** @param at where the project stands in the document, for messages */
    static RepositoryPath path(JsonNode project, String at) {
        String path = text(project, "path_with_namespace", at);
        try {
            return new RepositoryPath(path);
        } catch (IllegalArgumentException e) {
            throw new MissingFieldException(name(at, "path_with_namespace"), "is not a project's path");
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
