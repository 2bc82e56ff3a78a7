package io.jenkins.plugins.scmchecks.forge.gitea;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent.PullRequestChanged;
import io.jenkins.plugins.scmchecks.forge.webhook.HookRequest;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells the hooks of repositories and organizations what happens, signed with their secret. */
final class GiteaWebhooks {

    private final Gitea gitea;
    private final WebhookSender sender;

    GiteaWebhooks(Gitea gitea, WebhookSender sender) {
        this.gitea = gitea;
        this.sender = sender;
    }

    void told(ForgeEvent event) {
        if (event instanceof ForgeEvent.RefMoved moved) {
            refMoved(moved);
        } else if (event instanceof PullRequestChanged changed) {
            boolean sync = changed.action() == PullRequestChanged.Action.SYNCHRONIZED;
            tell(event, "pull_request", sync ? "pull_request_sync" : "pull_request", pullRequest(changed));
        }
    }

    /** A ref that comes is told of twice: by a push from nowhere, and by "create". */
    private void refMoved(ForgeEvent.RefMoved moved) {
        boolean tag = moved.ref().startsWith("refs/tags/");
        if (!tag && !moved.ref().startsWith("refs/heads/")) {
            return;
        }
        if (moved.created() || moved.deleted()) {
            ObjectNode json = Json.object();
            if (moved.created()) {
                json.put("sha", moved.after().name());
            }
            json.put("ref", moved.ref().substring(moved.ref().indexOf('/', 5) + 1))
                    .put("ref_type", tag ? "tag" : "branch");
            if (moved.deleted()) {
                json.put("pusher_type", "user");
            }
            String event = moved.created() ? "create" : "delete";
            tell(moved, event, event, common(moved, json));
        }
        if (!moved.deleted() || tag) {
            ObjectNode json = Json.object().put("ref", moved.ref())
                    .put("before", moved.before().name())
                    .put("after", moved.after().name())
                    .put("compare_url", "")
                    .put("total_commits", 1);
            json.putArray("commits");
            json.set("pusher", Json.user(moved.sender()));
            tell(moved, "push", "push", common(moved, json));
        }
    }

    private ObjectNode pullRequest(PullRequestChanged changed) {
        ObjectNode json = Json.object()
                .put("action", switch (changed.action()) {
                    case OPENED -> "opened";
                    case SYNCHRONIZED -> "synchronized";
                    case REOPENED -> "reopened";
                    case RETARGETED, EDITED -> "edited";
                    case CLOSED, MERGED -> "closed";
                })
                .put("number", changed.pullRequest().number());
        if (changed.action() == PullRequestChanged.Action.RETARGETED) {
            json.putObject("changes").putObject("ref").put("from", changed.before());
        } else if (changed.action() == PullRequestChanged.Action.EDITED) {
            json.putObject("changes").putObject("title").put("from", "");
        }
        json.set("pull_request", Json.pull(gitea, changed.pullRequest()));
        return common(changed, json);
    }

    private ObjectNode common(ForgeEvent event, ObjectNode json) {
        json.set("repository", Json.repository(gitea, event.repo()));
        json.set("sender", Json.user(event.sender()));
        return json;
    }

    private void tell(ForgeEvent event, String name, String type, ObjectNode payload) {
        String uuid = UUID.randomUUID().toString();
        byte[] body = payload.toString().getBytes(StandardCharsets.UTF_8);
        for (GiteaHook hook : gitea.hooks()) {
            if (hook.hears(event.repo(), type)) {
                sender.send(new HookRequest(hook.id(), uuid, name, payload.path("action").asText(null), hook.url(),
                        headers(hook, name, type, uuid, body), body));
            }
        }
    }

    private static Map<String, String> headers(GiteaHook hook, String name, String type, String uuid, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        String signature = hook.secret().isEmpty() ? "" : hmac(hook.secret(), body);
        headers.put("Content-Type", "application/json");
        headers.put("X-Gitea-Delivery", uuid);
        headers.put("X-Gitea-Event", name);
        headers.put("X-Gitea-Event-Type", type);
        headers.put("X-Gitea-Signature", signature);
        headers.put("X-GitHub-Delivery", uuid);
        headers.put("X-GitHub-Event", name);
        headers.put("X-Hub-Signature-256", "sha256=" + signature);
        return headers;
    }

    private static String hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
