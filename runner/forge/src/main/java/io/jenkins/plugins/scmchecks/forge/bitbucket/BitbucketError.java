package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import java.util.Set;

/** An answer that says no: Cloud has one error, Data Center a list of them. */
final class BitbucketError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient JsonNode body;

    private BitbucketError(int status, JsonNode body) {
        super(body.toString(), null, false, false);
        this.status = status;
        this.body = body;
    }

    /** {@return an error of Cloud} */
    static BitbucketError cloud(int status, String message) {
        return new BitbucketError(status, cloudBody(message));
    }

    static BitbucketError cloudField(String field, String problem) {
        ObjectNode body = cloudBody("Bad request");
        ((ObjectNode) body.get("error")).putObject("fields").putArray(field).add(problem);
        return new BitbucketError(400, body);
    }

    static BitbucketError scopes(String required, Set<String> granted) {
        ObjectNode body = cloudBody("Your credentials lack one or more required privilege scopes.");
        ObjectNode detail = ((ObjectNode) body.get("error")).putObject("detail");
        detail.putArray("required").add(required);
        granted.forEach(detail.putArray("granted")::add);
        return new BitbucketError(403, body);
    }

    private static ObjectNode cloudBody(String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "error");
        body.putObject("error").put("message", message);
        return body;
    }

    /** {@return an error of Data Center} */
    static BitbucketError dataCenter(int status, String context, String message, String exception) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("errors").addObject().put("context", context).put("message", message)
                .put("exceptionName", "com.atlassian.bitbucket." + exception);
        return new BitbucketError(status, body);
    }

    Answer answer() {
        return Answer.json(status, body);
    }
}
