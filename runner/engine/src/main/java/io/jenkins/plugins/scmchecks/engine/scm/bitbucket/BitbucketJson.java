package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.PayloadReader;
import java.io.IOException;

/** Reads what both Bitbuckets send. */
final class BitbucketJson {

    private static final PayloadReader PAYLOADS = new PayloadReader(TokenFilter.INCLUDE_ALL);

    private BitbucketJson() {}

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
}
