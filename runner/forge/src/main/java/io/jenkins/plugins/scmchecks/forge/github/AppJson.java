package io.jenkins.plugins.scmchecks.forge.github;

import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.nodeId;
import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.object;
import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;

/** Apps, installations and their tokens as GitHub writes them. */
final class AppJson {

    private final Urls urls;
    private final RepoJson repos;

    AppJson(GitHub github) {
        this.urls = github.urls();
        this.repos = new RepoJson(github);
    }

    ObjectNode app(GitHubApp app) {
        ObjectNode json = object()
                .put("id", app.id())
                .put("slug", app.slug())
                .put("client_id", app.clientId())
                .put("node_id", nodeId("A", app.id()))
                .put("name", app.slug())
                .put("description", "")
                .put("external_url", urls.html())
                .put("html_url", urls.html() + "/github-apps/" + app.slug())
                .put("created_at", time(app.createdAt()))
                .put("updated_at", time(app.createdAt()));
        json.set("owner", repos.account(app.owner()));
        json.set("permissions", permissions(app.permissions()));
        json.set("events", events(app.events()));
        return json;
    }

    ObjectNode installation(Installation installation) {
        GitHubApp app = installation.app();
        Account account = installation.account();
        boolean organization = account.kind() == Account.Kind.ORGANIZATION;
        ObjectNode json = object()
                .put("id", installation.id())
                .put("repository_selection", installation.selection() ? "selected" : "all")
                .put("access_tokens_url",
                        urls.api() + "/app/installations/" + installation.id() + "/access_tokens")
                .put("repositories_url", urls.api() + "/installation/repositories")
                .put("html_url", organization
                        ? urls.html() + "/organizations/" + account.login() + "/settings/installations/"
                                + installation.id()
                        : urls.html() + "/settings/installations/" + installation.id())
                .put("app_id", app.id())
                .put("app_slug", app.slug())
                .put("client_id", app.clientId())
                .put("target_id", account.id())
                .put("target_type", organization ? "Organization" : "User")
                .putNull("single_file_name")
                .put("has_multiple_single_files", false)
                .put("created_at", time(installation.createdAt()))
                .put("updated_at", time(installation.createdAt()))
                .put("suspended_at", time(installation.suspendedAt()));
        json.set("account", repos.account(account));
        json.set("permissions", permissions(installation.permissions()));
        json.set("events", events(app.events()));
        json.set("suspended_by", installation.suspended() ? repos.account(account) : null);
        json.putArray("single_file_paths");
        return json;
    }

    ObjectNode token(InstallationToken token) {
        ObjectNode json = object()
                .put("token", token.value())
                .put("expires_at", time(token.expires()))
                .put("repository_selection",
                        token.repositories() != null || token.installation().selection() ? "selected" : "all");
        json.set("permissions", permissions(token.permissions()));
        if (token.repositories() != null) {
            ArrayNode listed = json.putArray("repositories");
            for (Repo repo : token.repositories()) {
                listed.add(repos.repo(repo));
            }
        }
        return json;
    }

    private static ObjectNode permissions(Permissions permissions) {
        ObjectNode json = object();
        new TreeMap<>(permissions.levels()).forEach(json::put);
        return json;
    }

    private static ArrayNode events(Collection<String> events) {
        ArrayNode json = RepoJson.array();
        new TreeSet<>(events).forEach(json::add);
        return json;
    }
}
