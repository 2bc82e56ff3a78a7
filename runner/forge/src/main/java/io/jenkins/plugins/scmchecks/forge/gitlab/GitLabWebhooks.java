package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent;
import io.jenkins.plugins.scmchecks.forge.webhook.HookRequest;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells the hooks of projects what happens: with their token, and signed when they have a signing token. */
final class GitLabWebhooks {

    private final GitLab gitlab;
    private final WebhookSender sender;
    private final Payloads payloads;

    GitLabWebhooks(GitLab gitlab, WebhookSender sender) {
        this.gitlab = gitlab;
        this.sender = sender;
        this.payloads = new Payloads(gitlab);
    }

    void told(ForgeEvent event) {
        if (event instanceof ForgeEvent.RefMoved moved) {
            boolean tag = moved.ref().startsWith("refs/tags/");
            if (tag || moved.ref().startsWith("refs/heads/")) {
                tell(event, tag ? "tag_push_events" : "push_events", tag ? "Tag Push Hook" : "Push Hook",
                        payloads.push(moved));
            }
        } else if (event instanceof ForgeEvent.PullRequestChanged changed) {
            tell(event, "merge_requests_events", "Merge Request Hook", payloads.mergeRequest(changed));
        }
    }

    private void tell(ForgeEvent event, String wanted, String name, ObjectNode payload) {
        String uuid = UUID.randomUUID().toString();
        byte[] body = payload.toString().getBytes(StandardCharsets.UTF_8);
        for (GitLabHook hook : gitlab.hooks(event.repo())) {
            if (!hook.disabled() && hook.events().contains(wanted)) {
                sender.send(new HookRequest(hook.id(), uuid, name,
                        payload.path("object_attributes").path("action").asText(null), hook.url(),
                        headers(hook, name, uuid, body), body));
            }
        }
    }

    private Map<String, String> headers(GitLabHook hook, String name, String uuid, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        String key = UUID.randomUUID().toString();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "GitLab/" + GitLab.VERSION);
        headers.put("X-Gitlab-Event", name);
        headers.put("X-Gitlab-Instance", gitlab.webUrl());
        headers.put("X-Gitlab-Webhook-UUID", UUID.nameUUIDFromBytes(Long.toString(hook.id())
                .getBytes(StandardCharsets.UTF_8)).toString());
        headers.put("X-Gitlab-Event-UUID", uuid);
        headers.put("Idempotency-Key", key);
        if (!hook.token().isEmpty()) {
            headers.put("X-Gitlab-Token", hook.token());
        }
        if (!hook.signingToken().isEmpty()) {
            String timestamp = Long.toString(gitlab.state().now().getEpochSecond());
            headers.put("webhook-id", key);
            headers.put("webhook-timestamp", timestamp);
            headers.put("webhook-signature", "v1," + sign(hook.signingToken(), key + "." + timestamp + ".", body));
        }
        return headers;
    }

    private static String sign(String signingToken, String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HooksApi.key(signingToken), "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
