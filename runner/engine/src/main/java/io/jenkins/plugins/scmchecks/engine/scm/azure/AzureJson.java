package io.jenkins.plugins.scmchecks.engine.scm.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryInfo;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;

/** Reads Azure DevOps' objects. */
final class AzureJson {

    private static final String HEADS = "refs/heads/";

    private AzureJson() {}

    /** A field is missing or is not what it has to be; the message names it. */
    static final class MissingFieldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingFieldException(String field, String problem) {
            super("field '" + field + "' " + problem);
        }
    }

    static RepositoryInfo repository(JsonNode node) {
        String branch = node.path("defaultBranch").asText(null);
        String remote = node.path("remoteUrl").asText(null);
        return new RepositoryInfo(
                path(node, ""),
                node.path("id").asText(),
                branch == null ? null : branch(branch),
                // The organization stands in it as a user's name.
                remote == null ? null : remote.replaceFirst("^(https?://)[^/@]*@", "$1"),
                node.path("webUrl").asText(null),
                node.path("isDisabled").asBoolean());
    }

    /** @param at where the repository stands in the document, for messages */
    static RepositoryPath path(JsonNode repository, String at) {
        String project = text(repository.path("project"), "name", name(at, "project"));
        try {
            return new RepositoryPath(project + "/" + text(repository, "name", at));
        } catch (IllegalArgumentException e) {
            throw new MissingFieldException(name(at, "name"), "is not a repository's name");
        }
    }

    /**
     * @param node a pull request, of the API or of an event
     * @param repository that it targets
     * @param headSha of the source branch
     * @param at where it stands in the document, for messages
     */
    static PullRequest pullRequest(JsonNode node, RepositoryPath repository, String headSha, String webUrl, String at) {
        JsonNode fork = node.path("forkSource");
        JsonNode author = node.path("createdBy");
        return new PullRequest(
                number(node, "pullRequestId", at),
                node.path("title").asText(""),
                branch(text(node, "sourceRefName", at)),
                branch(text(node, "targetRefName", at)),
                headSha,
                node.path("lastMergeTargetCommit").path("commitId").asText(null),
                fork.isObject() ? source(fork.path("repository")) : repository,
                author.path("uniqueName").asText(author.path("displayName").asText("")),
                fork.isObject(),
                webUrl);
    }

    /** {@return the fork, or null when it has been deleted} */
    private static RepositoryPath source(JsonNode repository) {
        boolean known = repository.hasNonNull("name") && repository.path("project").hasNonNull("name");
        return known ? path(repository, "forkSource.repository") : null;
    }

    static String branch(String ref) {
        return ref.startsWith(HEADS) ? ref.substring(HEADS.length()) : ref;
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
