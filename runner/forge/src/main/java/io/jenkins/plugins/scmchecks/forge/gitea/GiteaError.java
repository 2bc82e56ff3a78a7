package io.jenkins.plugins.scmchecks.forge.gitea;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.scmchecks.forge.http.Answer;

/** An answer that says no, in Gitea's words. */
final class GiteaError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private GiteaError(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static GiteaError unauthorized(String message) {
        return new GiteaError(401, message);
    }

    static GiteaError forbidden(String message) {
        return new GiteaError(403, message);
    }

    static GiteaError notFound() {
        return new GiteaError(404, "The target couldn't be found.");
    }

    static GiteaError invalid(String message) {
        return new GiteaError(422, message);
    }

    Answer answer() {
        return Answer.json(status, JsonNodeFactory.instance.objectNode()
                .put("message", getMessage())
                .put("url", "https://gitea.invalid/api/swagger"));
    }
}
