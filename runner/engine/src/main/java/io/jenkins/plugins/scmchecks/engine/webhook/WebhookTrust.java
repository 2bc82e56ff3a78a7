package io.jenkins.plugins.scmchecks.engine.webhook;

import java.net.URI;
import java.util.Objects;

/** What an integration knows to tell real deliveries from forged ones. Without it every delivery is refused. */
public sealed interface WebhookTrust {

    /** A secret known to both sides: an HMAC key or, on GitLab, the token itself. */
    record SharedSecret(String value) implements WebhookTrust {
        public SharedSecret {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("a webhook secret must not be empty");
            }
        }

        @Override
        public String toString() {
            return "SharedSecret[…]";
        }
    }

    /** A user and password of our own choosing, sent by HTTP Basic authentication (Azure DevOps). */
    record BasicAuth(String user, String password) implements WebhookTrust {
        public BasicAuth {
            Objects.requireNonNull(user, "user");
            if (password.isEmpty()) {
                throw new IllegalArgumentException("a webhook password must not be empty");
            }
        }

        @Override
        public String toString() {
            return "BasicAuth[" + user + "]";
        }
    }

    /**
     * Google's signed identity tokens (Pub/Sub push).
     *
     * @param audience that the subscription was given
     * @param serviceAccount the e-mail address that pushes
     * @param keysUrl where Google publishes its keys as a JWK set
     */
    record GoogleIdentity(String audience, String serviceAccount, URI keysUrl) implements WebhookTrust {
        public GoogleIdentity {
            Objects.requireNonNull(audience, "audience");
            Objects.requireNonNull(serviceAccount, "serviceAccount");
            Objects.requireNonNull(keysUrl, "keysUrl");
        }
    }
}
