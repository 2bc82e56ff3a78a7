package io.jenkins.plugins.scmchecks.forge.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.gitea.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;

/** The webhooks of repositories, for their administrators, and of organizations, for their owners. */
final class HooksApi {

    private static final String HOOKS = "/repos/{owner}/{repo}/hooks";

    void addTo(Router<Endpoint> router) {
        router.add("GET", HOOKS, Endpoint.of(call -> call.page(
                call.gitea().hooks(call.repo(Account.Role.ADMIN)), true, HooksApi::json), "repository"));
        router.add("POST", HOOKS, Endpoint.of(HooksApi::create, "repository"));
        router.add("DELETE", HOOKS + "/{hook}", Endpoint.of(HooksApi::delete, "repository"));
        router.add("GET", "/orgs/{name}/hooks", Endpoint.of(HooksApi::ofOrganization, "organization"));
    }

    private static Answer create(Call call) {
        Repo repo = call.repo(Account.Role.ADMIN);
        JsonNode body = call.json("type", "config", "events", "branch_filter", "active", "authorization_header");
        JsonNode config = body.path("config");
        if (!body.path("type").asText("").equals("gitea")) {
            throw GiteaError.invalid("Invalid hook type: " + body.path("type").asText(""));
        }
        for (String name : new String[] {"url", "content_type"}) {
            if (!config.hasNonNull(name)) {
                throw GiteaError.invalid("Missing config option: " + name);
            }
        }
        String type = config.path("content_type").asText();
        if (!type.equals("json") && !type.equals("form")) {
            throw GiteaError.invalid("Invalid content type");
        }
        String url = config.path("url").asText();
        if (!url.matches("https?://[^\\s/]+\\S*")) {
            throw GiteaError.invalid("Invalid url");
        }
        GiteaHook hook = call.gitea().save(new GiteaHook(call.gitea().state().nextId(), repo, repo.owner(),
                URI.create(url), type, config.path("secret").asText(""), events(body.path("events")),
                body.path("branch_filter").asText("*"), body.path("active").asBoolean(), call.gitea().state().now()));
        return Answer.json(201, json(hook));
    }

    /** Names that are not known are ignored; {@code pull_request} stands for all of its kind. */
    private static Set<String> events(JsonNode wanted) {
        Set<String> names = new TreeSet<>();
        wanted.forEach(name -> names.add(name.asText()));
        Set<String> events = new TreeSet<>();
        for (String event : Gitea.EVENTS) {
            if (names.contains(event) || names.contains("pull_request") && event.startsWith("pull_request")) {
                events.add(event);
            }
        }
        return events;
    }

    private static Answer delete(Call call) {
        Repo repo = call.repo(Account.Role.ADMIN);
        long id = call.number("hook");
        call.gitea().delete(call.gitea().hooks(repo).stream().filter(hook -> hook.id() == id).findFirst()
                .orElseThrow(GiteaError::notFound));
        return Answer.empty(204);
    }

    private static Answer ofOrganization(Call call) {
        Account organization = call.gitea().state().findAccount(call.variable("name"))
                .filter(account -> account.kind() == Account.Kind.ORGANIZATION)
                .orElseThrow(GiteaError::notFound);
        if (organization.roleOf(call.user()) != Account.Role.ADMIN) {
            throw GiteaError.forbidden("Must be an organization owner");
        }
        return call.page(call.gitea().organizationHooks(organization), true, HooksApi::json);
    }

    /** Secrets go in and never come out. */
    private static ObjectNode json(GiteaHook hook) {
        ObjectNode json = Json.object().put("id", hook.id())
                .put("type", "gitea")
                .put("branch_filter", hook.branchFilter());
        json.putObject("config").put("content_type", hook.contentType()).put("url", hook.url().toString());
        hook.events().stream().sorted().forEach(json.putArray("events")::add);
        return json.put("authorization_header", "")
                .put("active", hook.active())
                .put("created_at", hook.createdAt().toString())
                .put("updated_at", hook.createdAt().toString());
    }
}
