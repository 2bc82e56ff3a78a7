package io.jenkins.plugins.scmchecks.engine.scm.google;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import java.io.IOException;
import java.util.Base64;

/** Reads the envelope of Pub/Sub push (documentation, Receive push messages). */
final class PubSubMessage {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxDocumentLength(Delivery.MAX_BODY)
                    .maxNumberLength(64)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build());

    private PubSubMessage() {}

    /** {@return the id, which is the same when it is sent again; empty when there is none} */
    static String id(byte[] body) {
        try {
            JsonNode message = JSON.readTree(body).path("message");
            return message.path("messageId").asText(message.path("message_id").asText(""));
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * {@return what the message carries}
     *
     * @throws IOException when it is no message, or carries no JSON
     */
    static JsonNode data(byte[] body) throws IOException {
        JsonNode data = JSON.readTree(body).path("message").path("data");
        if (!data.isTextual()) {
            throw new IOException("field 'message.data' is missing");
        }
        try {
            return JSON.readTree(Base64.getDecoder().decode(data.asText()));
        } catch (IllegalArgumentException e) {
            throw new IOException("field 'message.data' is not Base64", e);
        }
    }
}
