package io.jenkins.plugins.scmchecks.forge.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;

/** An answer that says no, in Google's words. */
final class GoogleError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private GoogleError(Answer answer) {
        super("", null, false, false);
        this.answer = answer;
    }

    /** {@return an error of an API} */
    static GoogleError of(int code, String status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", code).put("message", message).put("status", status);
        return new GoogleError(Answer.json(code, body));
    }

    /** {@return an error of the token endpoint} */
    static GoogleError oauth(int code, String error, String description) {
        return new GoogleError(Answer.json(code, JsonNodeFactory.instance.objectNode()
                .put("error", error).put("error_description", description)));
    }

    Answer answer() {
        return answer;
    }
}
