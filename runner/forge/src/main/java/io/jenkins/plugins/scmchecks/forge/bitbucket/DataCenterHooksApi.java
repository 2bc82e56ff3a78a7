package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.bitbucket.DataCenterCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** The webhooks of repositories, for administrators. */
final class DataCenterHooksApi {

    private static final String HOOKS = DataCenterDialect.REPOSITORY + "/webhooks";
    private static final Set<String> EVENTS = Set.of("repo:refs_changed", "repo:modified", "repo:forked", "pr:opened",
            "pr:from_ref_updated", "pr:modified", "pr:merged", "pr:declined", "pr:deleted", "pr:comment:added",
            "pr:comment:edited", "pr:comment:deleted", "pr:reviewer:approved", "pr:reviewer:unapproved");

    void addTo(Router<Endpoint> router) {
        router.add("GET", HOOKS, call -> call.page(
                call.server().hooks(call.repository(Account.Role.ADMIN)), DataCenterHooksApi::json));
        router.add("POST", HOOKS, call -> {
            Repo repo = call.repository(Account.Role.ADMIN);
            return Answer.json(201, json(call.server().hooks().save(read(call, repo, repo.state().nextId()))));
        });
        router.add("PUT", HOOKS + "/{hook}", call -> {
            Repo repo = call.repository(Account.Role.ADMIN);
            return Answer.json(200, json(call.server().hooks().save(read(call, repo, hook(call).id()))));
        });
        router.add("DELETE", HOOKS + "/{hook}", call -> {
            call.server().hooks().delete(hook(call));
            return Answer.empty(204);
        });
    }

    private static BitbucketHook hook(DataCenterCall call) {
        return call.server().hooks(call.repository(Account.Role.ADMIN)).stream()
                .filter(hook -> Long.toString(hook.id()).equals(call.variable("hook")))
                .findFirst()
                .orElseThrow(() -> DataCenterCall.notFound("The webhook"));
    }

    private static BitbucketHook read(DataCenterCall call, Repo repo, long id) {
        Fields body = call.fields("name", "url", "active", "events", "configuration", "sslVerificationRequired");
        Set<String> events = new HashSet<>();
        body.json().path("events").forEach(event -> events.add(event.asText()));
        if (events.isEmpty() || !EVENTS.containsAll(events)) {
            throw DataCenterCall.invalid("events", "contains an unknown event");
        }
        return new BitbucketHook(id, repo.id(), body.required("name", 255), URI.create(body.address("url", 2_048, true)),
                body.flag("active", true), body.json().path("configuration").path("secret").asText(""), events,
                body.flag("sslVerificationRequired", true));
    }

    private static ObjectNode json(BitbucketHook hook) {
        ObjectNode json = DataCenterCall.object().put("id", hook.id()).put("name", hook.name())
                .put("url", hook.url().toString()).put("active", hook.active()).put("scopeType", "repository")
                .put("sslVerificationRequired", hook.verifyTls());
        hook.events().forEach(json.putArray("events")::add);
        ObjectNode configuration = json.putObject("configuration");
        if (!hook.secret().isEmpty()) {
            configuration.put("secret", hook.secret());
        }
        return json;
    }
}
