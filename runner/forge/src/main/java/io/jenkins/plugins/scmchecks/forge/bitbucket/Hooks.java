package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.HookRequest;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The webhooks of repositories: keeps them, and sends what happens to those that want to know, signed. */
final class Hooks {

    private final Map<Long, BitbucketHook> hooks = new ConcurrentSkipListMap<>();
    private final WebhookSender sender;
    private final String requestId;
    private final int longest;

    /**
     * @param requestId the header with the id of an event
     * @param longest body in bytes; a longer one is dropped without a word
     */
    Hooks(WebhookSender sender, String requestId, int longest) {
        this.sender = sender;
        this.requestId = requestId;
        this.longest = longest;
    }

    BitbucketHook save(BitbucketHook hook) {
        hooks.put(hook.id(), hook);
        return hook;
    }

    void delete(BitbucketHook hook) {
        hooks.remove(hook.id());
    }

    List<BitbucketHook> of(Repo repo) {
        return hooks.values().stream().filter(hook -> hook.repository() == repo.id()).toList();
    }

    Optional<BitbucketHook> find(Repo repo, long id) {
        return Optional.ofNullable(hooks.get(id)).filter(hook -> hook.repository() == repo.id());
    }

    void tell(Repo repo, String event, JsonNode payload) {
        for (BitbucketHook hook : of(repo)) {
            if (hook.active() && hook.events().contains(event)) {
                send(hook, event, payload);
            }
        }
    }

    void send(BitbucketHook hook, String event, JsonNode payload) {
        byte[] body = payload.toString().getBytes(StandardCharsets.UTF_8);
        if (body.length > longest) {
            return;
        }
        String uuid = UUID.randomUUID().toString();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("User-Agent", "Bitbucket-Webhooks/2.0");
        headers.put("X-Event-Key", event);
        headers.put(requestId, uuid);
        if (!hook.secret().isEmpty()) {
            headers.put("X-Hub-Signature", "sha256=" + sign(hook.secret(), body));
        }
        sender.send(new HookRequest(hook.id(), uuid, event, null, hook.url(), headers, body));
    }

    private static String sign(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
