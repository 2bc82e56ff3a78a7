package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.bitbucket.CloudCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** The webhooks of repositories, for administrators. Secrets go in and never come out. */
final class CloudHooksApi {

    private static final String HOOKS = "/repositories/{workspace}/{repo}/hooks";
    private static final Set<String> EVENTS = Set.of("repo:push", "repo:fork", "repo:updated", "repo:commit_comment_created",
            "repo:commit_status_created", "repo:commit_status_updated", "pullrequest:created", "pullrequest:updated",
            "pullrequest:approved", "pullrequest:unapproved", "pullrequest:fulfilled", "pullrequest:rejected",
            "pullrequest:comment_created", "pullrequest:comment_updated", "pullrequest:comment_deleted");

    void addTo(Router<Endpoint> router) {
        router.add("GET", HOOKS, of(call -> call.page(
                call.cloud().hooks(call.repository(Account.Role.ADMIN)), CloudHooksApi::json)));
        router.add("POST", HOOKS, of(call -> {
            Repo repo = call.repository(Account.Role.ADMIN);
            return Answer.json(201, json(call.cloud().hooks().save(read(call, repo, repo.state().nextId(), ""))));
        }));
        router.add("PUT", HOOKS + "/{hook}", of(call -> {
            BitbucketHook hook = hook(call);
            Repo repo = call.repository(Account.Role.ADMIN);
            return Answer.json(200, json(call.cloud().hooks().save(read(call, repo, hook.id(), hook.secret()))));
        }));
        router.add("DELETE", HOOKS + "/{hook}", of(call -> {
            call.cloud().hooks().delete(hook(call));
            return Answer.empty(204);
        }));
    }

    private static Endpoint of(Function<CloudCall, Answer> handler) {
        return new Endpoint("webhook", handler);
    }

    private static BitbucketHook hook(CloudCall call) {
        return call.cloud().hooks(call.repository(Account.Role.ADMIN)).stream()
                .filter(hook -> CloudJson.uuid(hook.id()).equals(call.variable("hook")))
                .findFirst()
                .orElseThrow(() -> BitbucketError.cloud(404, "Webhook not found"));
    }

    private static BitbucketHook read(CloudCall call, Repo repo, long id, String knownSecret) {
        Fields body = call.fields("description", "url", "active", "secret", "events", "skip_cert_verification");
        Set<String> events = new HashSet<>();
        body.json().path("events").forEach(event -> events.add(event.asText()));
        if (events.isEmpty() || !EVENTS.containsAll(events)) {
            throw BitbucketError.cloudField("events", "not a valid event");
        }
        String secret = body.optional("secret", 128);
        String description = body.optional("description", 255);
        return new BitbucketHook(id, repo.id(), description == null ? "" : description,
                URI.create(body.address("url", 2_048, true)), body.flag("active", true),
                secret == null ? knownSecret : secret, events, !body.flag("skip_cert_verification", false));
    }

    private static ObjectNode json(BitbucketHook hook) {
        ObjectNode json = CloudCall.object().put("type", "webhook_subscription").put("uuid", CloudJson.uuid(hook.id()))
                .put("url", hook.url().toString()).put("description", hook.name()).put("subject_type", "repository")
                .put("active", hook.active()).put("secret_set", !hook.secret().isEmpty())
                .put("skip_cert_verification", !hook.verifyTls());
        hook.events().forEach(json.putArray("events")::add);
        return json;
    }
}
