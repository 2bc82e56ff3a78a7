package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.Hook;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import io.jenkins.plugins.scmchecks.forge.webhook.HookRequest;
import io.jenkins.plugins.scmchecks.forge.webhook.WebhookSender;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells the hooks of apps, repositories and organizations what happens. All hooks get an event under the same guid; an
 * app's hook is told of its installation as well.
 */
final class GitHubWebhooks {

    private static final Map<String, String> PERMISSION_FOR = Map.of(
            "push", "contents", "create", "contents", "delete", "contents",
            "pull_request", "pull_requests", "check_run", "checks");

    private final GitHub github;
    private final WebhookSender sender;
    private final Payloads payloads;

    GitHubWebhooks(GitHub github, WebhookSender sender) {
        this.github = github;
        this.sender = sender;
        this.payloads = new Payloads(github);
    }

    void told(ForgeEvent event) {
        if (event instanceof ForgeEvent.RefMoved moved) {
            tell("push", moved.repo(), payloads.push(moved));
            if (moved.created()) {
                tell("create", moved.repo(), payloads.ref(moved));
            } else if (moved.deleted()) {
                tell("delete", moved.repo(), payloads.ref(moved));
            }
        } else if (event instanceof ForgeEvent.PullRequestChanged changed) {
            tell("pull_request", changed.repo(), payloads.pullRequest(changed));
        } else if (event instanceof ForgeEvent.CheckRerequested rerequested) {
            rerequested(rerequested);
        }
    }

    /** Only the app that made a check is asked to run it again. */
    private void rerequested(ForgeEvent.CheckRerequested event) {
        String guid = UUID.randomUUID().toString();
        github.appOf(event.check().creator()).ifPresent(app ->
                tell("check_run", event.repo(), payloads.checkRun(event), app, guid));
    }

    void installation(Installation installation, String action, Account by) {
        installation(installation, action, installation.repositories(), by);
    }

    void installation(Installation installation, String action, List<Repo> repositories, Account by) {
        tellApp(installation, "installation", payloads.installation(installation, action, repositories, by));
    }

    void repositories(Installation installation, String action, List<Repo> changed, Account by) {
        tellApp(installation, "installation_repositories",
                payloads.repositories(installation, action, changed, by));
    }

    void ping(Hook hook, ObjectNode hookJson, Object target, Account by) {
        send(hook, "ping", UUID.randomUUID().toString(), payloads.ping(hookJson, target, by));
    }

    List<HookDelivery> deliveries(Hook hook) {
        return sender.deliveries().stream().filter(delivery -> delivery.hookId() == hook.id()).toList();
    }

    void redeliver(HookDelivery delivery) {
        sender.redeliver(delivery);
    }

    private void tell(String event, Repo repo, ObjectNode payload) {
        String guid = UUID.randomUUID().toString();
        github.apps().forEach(app -> tell(event, repo, payload, app, guid));
        github.hooks().of(Hook.Target.REPOSITORY, repo.id()).stream()
                .filter(hook -> hook.wants(event))
                .forEach(hook -> send(hook, event, guid, payload));
        github.hooks().of(Hook.Target.ORGANIZATION, repo.owner().id()).stream()
                .filter(hook -> hook.wants(event))
                .forEach(hook -> send(hook, event, guid, payload));
    }

    private void tell(String event, Repo repo, ObjectNode payload, GitHubApp app, String guid) {
        app.installations().stream()
                .filter(installation -> app.hook() != null && app.hook().wants(event)
                        && installation.sees(repo) && !installation.suspended()
                        && installation.permissions().allow(PERMISSION_FOR.get(event), Permissions.Level.READ))
                .forEach(installation -> {
                    ObjectNode own = payload.deepCopy();
                    own.putObject("installation").put("id", installation.id())
                            .put("node_id", RepoJson.nodeId("MDI", installation.id()));
                    send(app.hook(), event, guid, own);
                });
    }

    private void tellApp(Installation installation, String event, ObjectNode payload) {
        Hook hook = installation.app().hook();
        if (hook != null) {
            send(hook, event, UUID.randomUUID().toString(), payload);
        }
    }

    private void send(Hook hook, String event, String guid, ObjectNode payload) {
        byte[] json = payload.toString().getBytes(StandardCharsets.UTF_8);
        byte[] body = hook.form()
                ? ("payload=" + URLEncoder.encode(payload.toString(), StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.US_ASCII)
                : json;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "*/*");
        headers.put("User-Agent", "GitHub-Hookshot/forge");
        headers.put("Content-Type", hook.form() ? "application/x-www-form-urlencoded" : "application/json");
        headers.put("X-GitHub-Event", event);
        headers.put("X-GitHub-Delivery", guid);
        headers.put("X-GitHub-Hook-ID", Long.toString(hook.id()));
        headers.put("X-GitHub-Hook-Installation-Target-Type", switch (hook.target()) {
            case APP -> "integration";
            case REPOSITORY, ORGANIZATION -> hook.target().name().toLowerCase(Locale.ROOT);
        });
        headers.put("X-GitHub-Hook-Installation-Target-ID", Long.toString(hook.targetId()));
        if (!hook.secret().isEmpty()) {
            headers.put("X-Hub-Signature", "sha1=" + hmac("HmacSHA1", hook.secret(), body));
            headers.put("X-Hub-Signature-256", "sha256=" + hmac("HmacSHA256", hook.secret(), body));
        }
        String action = payload.hasNonNull("action") ? payload.get("action").asText() : null;
        sender.send(new HookRequest(hook.id(), guid, event, action, hook.url(), headers, body));
    }

    private static String hmac(String algorithm, String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
