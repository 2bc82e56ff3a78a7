package io.jenkins.plugins.scmchecks.forge.github;

import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.object;
import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.webhook.Hook;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/** Webhooks and their deliveries as GitHub writes them. */
final class HookJson {

    /** @param api the address of the list that the hook is in */
    ObjectNode hook(Hook hook, String api) {
        ObjectNode json = object()
                .put("type", switch (hook.target()) {
                    case REPOSITORY -> "Repository";
                    case ORGANIZATION -> "Organization";
                    case APP -> "App";
                })
                .put("id", hook.id())
                .put("name", "web")
                .put("active", hook.active());
        ArrayNode events = json.putArray("events");
        new TreeSet<>(hook.events()).forEach(events::add);
        ObjectNode config = json.putObject("config")
                .put("content_type", hook.form() ? "form" : "json")
                .put("insecure_ssl", "0")
                .put("url", hook.url().toString());
        if (!hook.secret().isEmpty()) {
            config.put("secret", "********");
        }
        String self = api + "/" + hook.id();
        json.put("updated_at", time(hook.updatedAt()))
                .put("created_at", time(hook.createdAt()))
                .put("url", self)
                .put("test_url", self + "/test")
                .put("ping_url", self + "/pings")
                .put("deliveries_url", self + "/deliveries");
        json.putObject("last_response").putNull("code").put("status", "unused").putNull("message");
        return json;
    }

    ObjectNode delivery(HookDelivery delivery) {
        return object()
                .put("id", delivery.id())
                .put("guid", delivery.guid())
                .put("delivered_at", time(delivery.at()))
                .put("redelivery", delivery.redelivery())
                .put("duration", delivery.took().toMillis() / 1000.0)
                .put("status", delivery.status() == 0 ? delivery.error()
                        : delivery.status() < 300 ? "OK" : "Invalid HTTP Response: " + delivery.status())
                .put("status_code", delivery.status())
                .put("event", delivery.event())
                .put("action", delivery.action())
                .putNull("installation_id")
                .putNull("repository_id");
    }

    ObjectNode fullDelivery(HookDelivery delivery) {
        ObjectNode json = delivery(delivery).put("url", delivery.url().toString());
        ObjectNode request = json.putObject("request");
        ObjectNode headers = request.putObject("headers");
        delivery.headers().forEach(headers::put);
        request.put("payload", new String(delivery.body(), StandardCharsets.UTF_8));
        json.putObject("response").put("payload", delivery.response()).putObject("headers");
        return json;
    }
}
