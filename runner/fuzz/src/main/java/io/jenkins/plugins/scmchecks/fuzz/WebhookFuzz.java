package io.jenkins.plugins.scmchecks.fuzz;

import io.jenkins.plugins.scmchecks.engine.scm.Providers;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Webhooks of every provider: forged ones are never accepted, and what is signed and cannot be read says so. */
public final class WebhookFuzz {

    private static final List<ScmProvider> PROVIDERS = List.copyOf(new Providers().all());
    private static final WebhookTrust TRUST = new WebhookTrust.SharedSecret("a secret nobody guesses");
    private static final String[] EVENTS = {
        "push", "create", "delete", "pull_request", "check_run", "check_suite", "installation", "ping",
        "Push Hook", "Tag Push Hook", "Merge Request Hook", "repo:push", "pullrequest:created", "repo:refs_changed",
        "pr:opened", "pr:from_ref_updated"
    };

    private WebhookFuzz() {}

    /** @param input which provider, which event, then the body */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        ScmProvider provider = PROVIDERS.get((input[0] & 0xff) % PROVIDERS.size());
        String event = EVENTS[(input[1] & 0xff) % EVENTS.length];
        byte[] body = Arrays.copyOfRange(input, 2, input.length);
        String header = new String(body, 0, Math.min(body.length, 80), StandardCharsets.ISO_8859_1);
        Map<String, String> headers = Map.of(
                "X-GitHub-Event", event,
                "X-Gitlab-Event", event,
                "X-Event-Key", event,
                "X-Gitea-Event", event,
                "X-Hub-Signature-256", header,
                "X-Hub-Signature", header,
                "X-Gitlab-Token", header,
                "Authorization", header,
                "X-GitHub-Delivery", "1");
        Delivery delivery = new Delivery("fuzz", headers, body, Instant.EPOCH);
        if (provider.verifier().verify(delivery, TRUST) instanceof Verdict.Accepted) {
            throw new IllegalStateException("accepted without the secret");
        }
        try {
            provider.parser().parse(delivery);
        } catch (MalformedDeliveryException e) {
            // It says which field is wrong.
        }
    }
}
