package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.HmacVerifier;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import java.util.Optional;

/**
 * The HMAC-SHA256 of the raw body in hexadecimal (Gitea documentation, Webhooks). The header that a server sends first
 * is the one that counts: a wrong signature there is not made good by another header.
 */
final class GiteaVerifier implements WebhookVerifier {

    static final String SIGNATURE = "X-Gitea-Signature";

    private static final String FORGEJO = "X-Forgejo-Signature";

    private final WebhookVerifier gitea = new HmacVerifier(SIGNATURE, "", GiteaVerifier::deliveryId);
    private final WebhookVerifier forgejo = new HmacVerifier(FORGEJO, "", GiteaVerifier::deliveryId);
    private final WebhookVerifier hub = new HmacVerifier("X-Hub-Signature-256", GiteaVerifier::deliveryId);

    @Override
    public Verdict verify(Delivery delivery, WebhookTrust trust) {
        WebhookVerifier verifier = delivery.header(SIGNATURE).isPresent()
                ? gitea
                : delivery.header(FORGEJO).isPresent() ? forgejo : hub;
        return verifier.verify(delivery, trust);
    }

    private static Optional<String> deliveryId(Delivery delivery) {
        return delivery.header("X-Gitea-Delivery").or(() -> delivery.header("X-Forgejo-Delivery"));
    }
}
