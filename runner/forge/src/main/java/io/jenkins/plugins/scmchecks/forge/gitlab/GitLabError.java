package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;

/** An answer that says no, in GitLab's words. */
final class GitLabError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient JsonNode body;

    private GitLabError(int status, JsonNode body) {
        super(body.toString(), null, false, false);
        this.status = status;
        this.body = body;
    }

    static GitLabError message(int status, String message) {
        return new GitLabError(status, object().put("message", message));
    }

    static GitLabError unauthorized() {
        return message(401, "401 Unauthorized");
    }

    static GitLabError forbidden() {
        return message(403, "403 Forbidden");
    }

    /** @param what such as {@code Project}; empty for a path that is not there */
    static GitLabError notFound(String what) {
        return message(404, "404 " + (what.isEmpty() ? "" : what + " ") + "Not Found");
    }

    /** {@return what the parameters' declarations say: {@code name is missing}} */
    static GitLabError parameter(String problem) {
        return new GitLabError(400, object().put("error", problem));
    }

    /** {@return what a model says of a field} */
    static GitLabError field(String field, String problem) {
        ObjectNode body = object();
        body.putObject("message").putArray(field).add(problem);
        return new GitLabError(400, body);
    }

    static GitLabError tooMany() {
        ObjectNode body = object();
        body.putObject("message").put("error", "This endpoint has been requested too many times. Try again later.");
        return new GitLabError(429, body);
    }

    /** {@return an error as OAuth words it} */
    static GitLabError oauth(int status, String error, String description) {
        return new GitLabError(status, object().put("error", error).put("error_description", description));
    }

    Answer answer() {
        return Answer.json(status, body);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
