package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;

/** An answer that says no, in GitHub's words. */
final class GitHubError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ArrayNode errors;

    private GitHubError(int status, String message, ArrayNode errors) {
        super(message, null, false, false);
        this.status = status;
        this.errors = errors;
    }

    static GitHubError badCredentials() {
        return new GitHubError(401, "Bad credentials", null);
    }

    static GitHubError unauthorized(String message) {
        return new GitHubError(401, message, null);
    }

    static GitHubError forbidden(String message) {
        return new GitHubError(403, message, null);
    }

    static GitHubError notFound() {
        return new GitHubError(404, "Not Found", null);
    }

    static GitHubError of(int status, String message) {
        return new GitHubError(status, message, null);
    }

    /** {@return a 422 as the check run API words it} */
    static GitHubError invalidRequest(String detail) {
        return new GitHubError(422, "Invalid request.\n\n" + detail, null);
    }

    /** {@return a 422 with errors that are plain text, as the review API has them} */
    static GitHubError unprocessable(String... errors) {
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        for (String error : errors) {
            texts.add(error);
        }
        return new GitHubError(422, "Unprocessable Entity", texts);
    }

    /** {@return a 422 "Validation Failed"} */
    static GitHubError validation(String resource, String field, String code, String message) {
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        ObjectNode error = errors.addObject().put("resource", resource).put("code", code);
        if (field != null) {
            error.put("field", field);
        }
        if (message != null) {
            error.put("message", message);
        }
        return new GitHubError(422, "Validation Failed", errors);
    }

    Answer answer() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", getMessage());
        if (errors != null) {
            body.set("errors", errors);
        }
        body.put("documentation_url", "https://docs.github.com/rest").put("status", Integer.toString(status));
        return Answer.json(status, body);
    }

    int status() {
        return status;
    }
}
