package io.jenkins.plugins.scmchecks.engine.scm.azure;

import static io.jenkins.plugins.scmchecks.engine.scm.RequiredField.name;
import static io.jenkins.plugins.scmchecks.engine.scm.RequiredField.number;
import static io.jenkins.plugins.scmchecks.engine.scm.RequiredField.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryInfo;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.RequiredField;

/** Reads Azure DevOps' objects. */
final class AzureJson {

    private static final String HEADS = "refs/heads/";

    private AzureJson() {}

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
        return RequiredField.path(project + "/" + text(repository, "name", at), name(at, "name"));
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
}
