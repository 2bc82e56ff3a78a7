package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import static io.jenkins.plugins.scmchecks.engine.scm.RequiredField.name;
import static io.jenkins.plugins.scmchecks.engine.scm.RequiredField.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryInfo;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.RequiredField;

/** Reads GitLab's objects. */
final class GitLabJson {

    private GitLabJson() {}

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
        return RequiredField.path(text(project, "path_with_namespace", at), name(at, "path_with_namespace"));
    }
}
