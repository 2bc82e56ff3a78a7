package io.jenkins.plugins.scmchecks.engine.scm;

import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;

/** A kind of source-code manager: the seam between what we do and how each provider does it. */
public interface ScmProvider {

    ProviderKind kind();

    /** Opens a connection; makes no request yet. The caller closes it. */
    ScmConnection connect(Integration integration);

    /** {@return how deliveries of this provider prove who sent them} */
    WebhookVerifier verifier();

    /** {@return how deliveries of this provider are read} */
    EventParser parser();
}
