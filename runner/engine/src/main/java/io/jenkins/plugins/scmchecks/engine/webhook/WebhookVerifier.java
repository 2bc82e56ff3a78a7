package io.jenkins.plugins.scmchecks.engine.webhook;

/** Tells whether a delivery comes from whom it claims to. Fails closed, in constant time, over the raw bytes. */
public interface WebhookVerifier {

    /** The answer. What is refused is told to the sender in one uniform way; the reason is for the log alone. */
    sealed interface Verdict {

        /**
         * @param deliveryId the provider's id of the delivery, the same when it is sent again; never null
         */
        record Accepted(String deliveryId) implements Verdict {}

        record Refused(String reason) implements Verdict {}
    }

    /**
     * @param delivery as it arrived
     * @param trust of the integration; null when it has none, which refuses
     */
    Verdict verify(Delivery delivery, WebhookTrust trust);
}
