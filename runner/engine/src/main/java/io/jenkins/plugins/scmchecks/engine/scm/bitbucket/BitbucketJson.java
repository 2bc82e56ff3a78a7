package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.PayloadReader;
import java.io.IOException;

/** Reads what both Bitbuckets send. */
final class BitbucketJson {

    private static final PayloadReader PAYLOADS = new PayloadReader(TokenFilter.INCLUDE_ALL);

    private BitbucketJson() {}

    /** A field is missing or is not what it has to be; the message names it. */
    static final class MissingFieldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingFieldException(String field, String problem) {
            super("field '" + field + "' " + problem);
        }
    }

    /** {@return the body of a webhook, which has to be an object} */
    static JsonNode payload(Delivery delivery, String event) throws MalformedDeliveryException {
        try {
            return PAYLOADS.read(delivery.body())
                    .orElseThrow(() ->
                            new MalformedDeliveryException("Bitbucket's " + event + " is not a JSON object", null));
        } catch (IOException e) {
            throw new MalformedDeliveryException("Bitbucket's " + event + " is not readable as JSON: " + e.getMessage(), e);
        }
    }

    /** @param at where the node stands in the document, for messages */
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

    static RepositoryPath path(String value, String field) {
        try {
            return new RepositoryPath(value);
        } catch (IllegalArgumentException e) {
            throw new MissingFieldException(field, "is not a repository's path");
        }
    }

    private static String name(String at, String field) {
        return at.isEmpty() ? field : at + "." + field;
    }
}
