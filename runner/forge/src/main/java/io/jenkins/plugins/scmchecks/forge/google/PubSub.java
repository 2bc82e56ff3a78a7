package io.jenkins.plugins.scmchecks.forge.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.HookRequest;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells subscriptions of refs that move, with an identity token of a service account. */
public final class PubSub {

    /** A push subscription to the topic of a repository. */
    public record Subscription(long id, Repo repo, URI endpoint, String audience, String serviceAccount) {}

    private final GoogleCloud google;
    private final WebhookSender sender;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Map<String, KeyPair> keys = new LinkedHashMap<>();
    private String keyId;

    PubSub(GoogleCloud google, WebhookSender sender) {
        this.google = google;
        this.sender = sender;
    }

    public Subscription subscribe(Repo repo, String endpoint, String audience, String serviceAccount) {
        Subscription made = new Subscription(google.state().nextId(), repo, URI.create(endpoint), audience,
                serviceAccount);
        subscriptions.add(made);
        return made;
    }

    /** Signs with a new key from now on; the old ones stay published unless they are to go. */
    public synchronized void rotateKey(boolean keepOld) {
        if (!keepOld) {
            keys.clear();
        }
        keyId = "key-" + google.state().nextId();
        keys.put(keyId, Jwt.newKey());
    }

    synchronized ObjectNode jwkSet() {
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        keys.forEach((id, key) -> set.withArray("keys").add(Jwt.jwk(id, key)));
        return set;
    }

    /** {@return an identity token of Google's with these claims in place of the usual ones} */
    public synchronized String identityToken(String audience, String serviceAccount, Map<String, Object> otherwise) {
        if (keyId == null) {
            rotateKey(true);
        }
        Instant now = google.state().now();
        ObjectNode claims = JsonNodeFactory.instance.objectNode()
                .put("aud", audience)
                .put("azp", "113774264463038321964")
                .put("email", serviceAccount)
                .put("email_verified", true)
                .put("exp", now.plusSeconds(3600).getEpochSecond())
                .put("iat", now.getEpochSecond())
                .put("iss", "https://accounts.google.com")
                .put("sub", "113774264463038321964");
        otherwise.forEach((name, value) -> {
            if (value == null) {
                claims.remove(name);
            } else {
                claims.putPOJO(name, value);
            }
        });
        return Jwt.sign(claims, keyId, keys.get(keyId));
    }

    void told(ForgeEvent event) {
        if (event instanceof ForgeEvent.RefMoved moved) {
            for (Subscription subscription : subscriptions) {
                if (subscription.repo() == moved.repo()) {
                    push(subscription, moved);
                }
            }
        }
    }

    private void push(Subscription subscription, ForgeEvent.RefMoved moved) {
        String messageId = Long.toString(2_000_000_000_000_000L + google.state().nextId());
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("message")
                .put("data", Base64.getEncoder().encodeToString(
                        data(moved).toString().getBytes(StandardCharsets.UTF_8)))
                .put("messageId", messageId)
                .put("message_id", messageId)
                .put("publishTime", google.state().now().toString());
        root.put("subscription", "projects/" + moved.repo().owner() + "/subscriptions/scm-checks");
        String token = identityToken(subscription.audience(), subscription.serviceAccount(), Map.of());
        sender.send(new HookRequest(subscription.id(), messageId, "push", null, subscription.endpoint(),
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token),
                root.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private ObjectNode data(ForgeEvent.RefMoved moved) {
        Repo repo = moved.repo();
        ObjectNode data = JsonNodeFactory.instance.objectNode()
                .put("name", "projects/" + repo.owner() + "/repos/" + repo.name())
                .put("url", google.root() + "/" + repo.fullName() + ".git")
                .put("eventTime", google.state().now().toString());
        ObjectNode update = data.putObject("refUpdateEvent").put("email", moved.sender() + "@example.org")
                .putObject("refUpdates").putObject(moved.ref())
                .put("refName", moved.ref())
                .put("updateType", moved.created() ? "CREATE" : moved.deleted() ? "DELETE"
                        : moved.forced() ? "UPDATE_NON_FAST_FORWARD" : "UPDATE_FAST_FORWARD");
        if (!moved.created()) {
            update.put("oldId", moved.before().name());
        }
        if (!moved.deleted()) {
            update.put("newId", moved.after().name());
        }
        return data;
    }
}
