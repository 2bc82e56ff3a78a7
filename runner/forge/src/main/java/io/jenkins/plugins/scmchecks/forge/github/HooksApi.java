package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.Hook;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Webhooks of repositories and organizations, and the deliveries of all hooks. */
final class HooksApi {

    private static final int MOST_HOOKS = 20;

    /** @param thing the repository or organization whose hooks are asked for */
    private record Owner(Hook.Target target, long id, Object thing, String api) {}

    private final GitHub github;
    private final HookJson json;

    HooksApi(GitHub github) {
        this.github = github;
        this.json = new HookJson();
    }

    void addTo(Router<Endpoint> router) {
        add(router, "/repos/{owner}/{repo}/hooks", level -> call -> {
            Repo repo = call.repo(level, "repository_hooks");
            return new Owner(Hook.Target.REPOSITORY, repo.id(), repo, github.urls().api(repo) + "/hooks");
        });
        add(router, "/orgs/{account}/hooks", level -> call -> {
            Account account = organization(call, level);
            return new Owner(Hook.Target.ORGANIZATION, account.id(), account,
                    github.urls().api() + "/orgs/" + account.login() + "/hooks");
        });
        router.add("GET", "/app/hook/deliveries", call -> deliveries(call, appHook(call)));
        router.add("GET", "/app/hook/deliveries/{delivery}", call -> delivery(call, appHook(call)));
        router.add("POST", "/app/hook/deliveries/{delivery}/attempts", call -> redeliver(call, appHook(call)));
    }

    private void add(Router<Endpoint> router, String path, Function<Level, Function<Call, Owner>> owners) {
        Function<Call, Owner> reading = owners.apply(Level.READ);
        Function<Call, Owner> writing = owners.apply(Level.WRITE);
        router.add("GET", path, call -> {
            Owner owner = reading.apply(call);
            return call.page(github.hooks().of(owner.target(), owner.id()), hook -> json.hook(hook, owner.api()));
        });
        router.add("POST", path, call -> create(call, writing.apply(call)));
        router.add("GET", path + "/{id}", call -> {
            Owner owner = reading.apply(call);
            return Answer.json(200, json.hook(find(call, owner), owner.api()));
        });
        router.add("PATCH", path + "/{id}", call -> update(call, writing.apply(call)));
        router.add("DELETE", path + "/{id}", call -> {
            github.hooks().delete(find(call, writing.apply(call)));
            return Answer.empty(204);
        });
        router.add("POST", path + "/{id}/pings", call -> {
            Owner owner = reading.apply(call);
            ping(call, owner, find(call, owner));
            return Answer.empty(204);
        });
        router.add("GET", path + "/{id}/deliveries", call -> deliveries(call, find(call, reading.apply(call))));
        router.add("GET", path + "/{id}/deliveries/{delivery}",
                call -> delivery(call, find(call, reading.apply(call))));
        router.add("POST", path + "/{id}/deliveries/{delivery}/attempts",
                call -> redeliver(call, find(call, writing.apply(call))));
    }

    private static Account organization(Call call, Level level) {
        Account account = call.account("account");
        if (call.caller() instanceof Caller.Installed installed) {
            if (installed.token().installation().account() != account) {
                throw GitHubError.notFound();
            }
            if (!installed.token().permissions().allow("organization_hooks", level)) {
                throw GitHubError.forbidden("Resource not accessible by integration");
            }
            return account;
        }
        if (call.caller() instanceof Caller.Person person
                && account.roleOf(person.token().user()) == Account.Role.ADMIN
                && person.token().scopes().contains("admin:org_hook")) {
            return account;
        }
        throw GitHubError.notFound();
    }

    private Hook find(Call call, Owner owner) {
        return github.hooks().find(owner.target(), owner.id(), call.number("id"))
                .orElseThrow(GitHubError::notFound);
    }

    private Answer create(Call call, Owner owner) {
        JsonNode body = call.json();
        JsonNode config = body.path("config");
        URI url = url(config.path("url"));
        if (!body.path("name").asText("web").equals("web")) {
            throw GitHubError.validation("Hook", "name", "custom", "name must be web");
        }
        List<Hook> existing = github.hooks().of(owner.target(), owner.id());
        if (existing.stream().anyMatch(hook -> hook.url().equals(url))) {
            throw GitHubError.validation("Hook", null, "custom", "Hook already exists on this repository");
        }
        if (existing.size() >= MOST_HOOKS) {
            throw GitHubError.validation("Hook", null, "custom",
                    "The \"push\" event cannot have more than " + MOST_HOOKS + " hooks");
        }
        Hook hook = github.hooks().create(owner.target(), owner.id(), url, config.path("secret").asText(""),
                form(config, true), events(body, Set.of("push")), body.path("active").asBoolean(true));
        ping(call, owner, hook);
        return Answer.json(201, json.hook(hook, owner.api()));
    }

    private void ping(Call call, Owner owner, Hook hook) {
        github.webhooks().ping(hook, json.hook(hook, owner.api()), owner.thing(), call.actor());
    }

    private Answer update(Call call, Owner owner) {
        Hook old = find(call, owner);
        JsonNode body = call.json();
        JsonNode config = body.path("config");
        Set<String> events = new TreeSet<>(events(body, old.events()));
        body.path("add_events").forEach(event -> events.add(event.asText()));
        body.path("remove_events").forEach(event -> events.remove(event.asText()));
        // A config replaces the old one as a whole: without a secret in it, the hook has none any more.
        boolean replaced = config.isObject();
        Hook hook = new Hook(old.id(), old.target(), old.targetId(), replaced ? url(config.path("url")) : old.url(),
                replaced ? config.path("secret").asText("") : old.secret(), replaced ? form(config, true) : old.form(),
                events, body.path("active").asBoolean(old.active()), old.createdAt(), github.state().now());
        return Answer.json(200, json.hook(github.hooks().save(hook), owner.api()));
    }

    private static URI url(JsonNode url) {
        try {
            URI parsed = URI.create(url.asText());
            if (parsed.getHost() != null && parsed.getScheme().matches("https?")) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            throw GitHubError.validation("Hook", "url", "custom", "url is malformed");
        }
        throw GitHubError.validation("Hook", "url", url.isMissingNode() ? "missing_field" : "custom",
                "url must be an http(s) URL");
    }

    /** Bodies are forms unless JSON is asked for, as on GitHub. */
    private static boolean form(JsonNode config, boolean otherwise) {
        return config.hasNonNull("content_type") ? config.path("content_type").asText().equals("form") : otherwise;
    }

    private static Set<String> events(JsonNode body, Set<String> otherwise) {
        if (!body.path("events").isArray()) {
            return otherwise;
        }
        Set<String> events = new TreeSet<>();
        body.path("events").forEach(event -> events.add(event.asText()));
        return events;
    }

    private static Hook appHook(Call call) {
        Hook hook = AppsApi.app(call).hook();
        if (hook == null) {
            throw GitHubError.notFound();
        }
        return hook;
    }

    private Answer deliveries(Call call, Hook hook) {
        List<HookDelivery> newestFirst = new ArrayList<>(github.webhooks().deliveries(hook));
        Collections.reverse(newestFirst);
        return call.page(newestFirst, json::delivery);
    }

    private Answer delivery(Call call, Hook hook) {
        return Answer.json(200, json.fullDelivery(findDelivery(call, hook)));
    }

    private Answer redeliver(Call call, Hook hook) {
        github.webhooks().redeliver(findDelivery(call, hook));
        return Answer.json(202, RepoJson.object());
    }

    private HookDelivery findDelivery(Call call, Hook hook) {
        long id = call.number("delivery");
        return github.webhooks().deliveries(hook).stream()
                .filter(delivery -> delivery.id() == id)
                .findFirst()
                .orElseThrow(GitHubError::notFound);
    }
}
