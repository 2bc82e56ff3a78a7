package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What an app sees of itself by its JWT, and what an installation sees of itself by its token. */
final class AppsApi {

    private final GitHub github;
    private final AppJson json;
    private final RepoJson repos;

    AppsApi(GitHub github) {
        this.github = github;
        this.json = new AppJson(github);
        this.repos = new RepoJson(github);
    }

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/app", call -> Answer.json(200,
                json.app(app(call)).put("installations_count", app(call).installations().size())));
        router.add("GET", "/app/installations",
                call -> call.page(app(call).installations(), json::installation));
        router.add("GET", "/app/installations/{id}", call -> Answer.json(200, json.installation(installation(call))));
        router.add("POST", "/app/installations/{id}/access_tokens", this::createToken);
        router.add("GET", "/app/hook/config", this::hookConfig);
        router.add("GET", "/orgs/{account}/installation", this::ofAccount);
        router.add("GET", "/users/{account}/installation", this::ofAccount);
        router.add("GET", "/repos/{owner}/{repo}/installation", this::ofRepo);
        router.add("GET", "/installation/repositories", this::repositories);
        router.add("DELETE", "/installation/token", this::revoke);
    }

    static GitHubApp app(Call call) {
        if (call.caller() instanceof Caller.App app) {
            return app.app();
        }
        throw call.caller() instanceof Caller.Anonymous
                ? GitHubError.unauthorized("A JSON web token could not be decoded")
                : GitHubError.forbidden("A JSON web token could not be decoded");
    }

    private static Installation installation(Call call) {
        long id = call.number("id");
        return app(call).installations().stream()
                .filter(installation -> installation.id() == id)
                .findFirst()
                .orElseThrow(GitHubError::notFound);
    }

    private Answer hookConfig(Call call) {
        GitHubApp app = app(call);
        if (app.hook() == null) {
            throw GitHubError.notFound();
        }
        return Answer.json(200, RepoJson.object()
                .put("content_type", app.hook().form() ? "form" : "json")
                .put("insecure_ssl", "0")
                .put("secret", "********")
                .put("url", app.hook().url().toString()));
    }

    private Answer ofAccount(Call call) {
        GitHubApp app = app(call);
        Account account = call.account("account");
        return app.installations().stream()
                .filter(installation -> installation.account() == account)
                .findFirst()
                .map(installation -> Answer.json(200, json.installation(installation)))
                .orElseThrow(GitHubError::notFound);
    }

    private Answer ofRepo(Call call) {
        GitHubApp app = app(call);
        Repo repo = github.state().findRepo(call.variable("owner"), call.variable("repo"))
                .orElseThrow(GitHubError::notFound);
        return app.installations().stream()
                .filter(installation -> installation.sees(repo))
                .findFirst()
                .map(installation -> Answer.json(200, json.installation(installation)))
                .orElseThrow(GitHubError::notFound);
    }

    private Answer createToken(Call call) {
        Installation installation = installation(call);
        if (installation.suspended()) {
            throw GitHubError.forbidden("This installation has been suspended");
        }
        Permissions permissions = installation.permissions();
        JsonNode narrower = call.json().path("permissions");
        if (narrower.isObject()) {
            Map<String, String> asked = new HashMap<>();
            narrower.properties().forEach(entry -> asked.put(entry.getKey(), entry.getValue().asText()));
            if (!permissions.include(new Permissions(asked))) {
                throw GitHubError.of(422, "The permissions requested are not granted to this installation.");
            }
            permissions = new Permissions(asked);
        }
        InstallationToken token =
                github.issue(installation, permissions, narrowed(call, installation), Duration.ofHours(1));
        return Answer.json(201, json.token(token));
    }

    private static Set<Repo> narrowed(Call call, Installation installation) {
        JsonNode names = call.json().path("repositories");
        JsonNode ids = call.json().path("repository_ids");
        if (!names.isArray() && !ids.isArray()) {
            return null;
        }
        Set<Repo> repos = new LinkedHashSet<>();
        for (JsonNode name : names) {
            repos.add(installation.repositories().stream()
                    .filter(repo -> repo.name().equalsIgnoreCase(name.asText()))
                    .findFirst().orElseThrow(AppsApi::inaccessible));
        }
        for (JsonNode id : ids) {
            repos.add(installation.repositories().stream()
                    .filter(repo -> repo.id() == id.asLong())
                    .findFirst().orElseThrow(AppsApi::inaccessible));
        }
        return repos;
    }

    private static GitHubError inaccessible() {
        return GitHubError.of(422, "There is at least one repository that does not exist or is not accessible to the "
                + "parent installation.");
    }

    private Answer repositories(Call call) {
        InstallationToken token = token(call);
        return call.page(token.installation().repositories().stream().filter(token::sees).toList(),
                repo -> repos.permissions(repo, null), "repositories");
    }

    private Answer revoke(Call call) {
        github.revoke(token(call).value());
        return Answer.empty(204);
    }

    private static InstallationToken token(Call call) {
        if (!(call.caller() instanceof Caller.Installed installed)) {
            throw GitHubError.forbidden("You must authenticate with an installation access token in order to list "
                    + "repositories for an installation.");
        }
        return installed.token();
    }
}
