package io.jenkins.plugins.scmchecks.engine.webhook;

import java.util.List;

/** Reads what a verified delivery says. */
public interface EventParser {

    /**
     * @param delivery that has been verified
     * @return its events, in order; none for a kind of event that we have no use for
     * @throws MalformedDeliveryException when it cannot be read; unknown fields are no reason for that
     */
    List<ScmEvent> parse(Delivery delivery) throws MalformedDeliveryException;

    /** A delivery that is signed well and cannot be read: the message says what is wrong, and where. */
    class MalformedDeliveryException extends Exception {
        private static final long serialVersionUID = 1L;

        public MalformedDeliveryException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
