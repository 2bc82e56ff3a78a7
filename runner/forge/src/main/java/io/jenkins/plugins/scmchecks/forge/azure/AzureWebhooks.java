package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent.PullRequestChanged;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.webhook.HookRequest;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Tells service hooks what happens, with the user and password that they were given. */
final class AzureWebhooks {

    private final AzureDevOps azure;
    private final WebhookSender sender;
    private int notifications;

    AzureWebhooks(AzureDevOps azure, WebhookSender sender) {
        this.azure = azure;
        this.sender = sender;
    }

    void told(ForgeEvent event) {
        if (azure.subscriptions(event.repo()).isEmpty()) {
            return;
        }
        if (event instanceof ForgeEvent.RefMoved moved) {
            if (moved.ref().startsWith("refs/heads/") || moved.ref().startsWith("refs/tags/")) {
                tell(event, "git.push", "", moved.ref(), "pushed updates to " + event.repo().name(), push(moved));
            }
        } else if (event instanceof PullRequestChanged changed) {
            told(changed);
        }
    }

    private void told(PullRequestChanged changed) {
        String what = switch (changed.action()) {
            case OPENED -> "created";
            case SYNCHRONIZED -> "updated the source branch of";
            case REOPENED -> "reactivated";
            case RETARGETED -> "changed the target branch of";
            case CLOSED -> "abandoned";
            case MERGED -> "completed";
            case EDITED -> null;
        };
        if (what == null) {
            return;
        }
        PullRequest pull = changed.pullRequest();
        boolean opened = changed.action() == PullRequestChanged.Action.OPENED;
        String kind = switch (changed.action()) {
            case SYNCHRONIZED -> "PushNotification";
            case CLOSED, MERGED, REOPENED -> "StatusUpdateNotification";
            case OPENED, EDITED, RETARGETED -> "";
        };
        tell(changed, opened ? "git.pullrequest.created" : "git.pullrequest.updated", kind, "refs/heads/"
                + pull.baseRef(),
                what + " pull request " + pull.number() + " (" + pull.title() + ") in " + pull.repo().name(),
                Json.pullRequest(azure, pull));
    }

    private ObjectNode push(ForgeEvent.RefMoved moved) {
        ObjectNode resource = Json.object();
        resource.putArray("commits");
        resource.putArray("refUpdates").addObject()
                .put("name", moved.ref())
                .put("oldObjectId", moved.before().name())
                .put("newObjectId", moved.after().name());
        resource.set("repository", Json.repository(azure, moved.repo()));
        resource.set("pushedBy", Json.identity(moved.sender()));
        return resource.put("pushId", azure.state().nextId()).put("date", azure.state().now().toString());
    }

    private void tell(ForgeEvent event, String type, String kind, String ref, String what, ObjectNode resource) {
        String id = UUID.randomUUID().toString();
        for (Subscription subscription : azure.subscriptions(event.repo())) {
            if (subscription.wants(type, kind, ref.replaceFirst("^refs/heads/", ""))) {
                ObjectNode payload = Json.object().put("subscriptionId", Json.guid(subscription.id()))
                        .put("notificationId", ++notifications)
                        .put("id", id)
                        .put("eventType", type)
                        .put("publisherId", "tfs");
                payload.putObject("message").put("text", event.sender().login() + " " + what);
                payload.set("resource", resource);
                payload.put("resourceVersion", "1.0");
                payload.putObject("resourceContainers").putObject("project")
                        .put("id", Json.guid(event.repo().owner().id()));
                payload.put("createdDate", azure.state().now().toString());
                sender.send(new HookRequest(subscription.id(), id, type, kind.isEmpty() ? null : kind,
                        URI.create(subscription.consumerInputs().get("url")), headers(subscription),
                        payload.toString().getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static Map<String, String> headers(Subscription subscription) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("User-Agent", "VSServices/17.0");
        Map<String, String> inputs = subscription.consumerInputs();
        if (inputs.containsKey("basicAuthPassword")) {
            String both = inputs.getOrDefault("basicAuthUsername", "") + ":" + inputs.get("basicAuthPassword");
            headers.put("Authorization", "Basic " + Base64.getEncoder()
                    .encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        return headers;
    }
}
