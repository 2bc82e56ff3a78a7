package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import io.jenkins.plugins.scmchecks.forge.http.Router;

/** The root, meta data and the rate limit. */
final class RootApi {

    /** The release of GitHub Enterprise Server that this is like. */
    static final String VERSION = "3.17.0";

    private final GitHub github;
    private final RateLimit primary;

    RootApi(GitHub github, RateLimit primary) {
        this.github = github;
        this.primary = primary;
    }

    void addTo(Router<Endpoint> router) {
        router.add("GET", "", this::root);
        router.add("GET", "/", this::root);
        router.add("GET", "/meta", call -> Answer.json(200, RepoJson.object()
                .put("verifiable_password_authentication", false).put("installed_version", VERSION)));
        router.add("GET", "/rate_limit", this::rateLimit);
        router.add("GET", "/zen", call -> Answer.text(200, "text/plain;charset=utf-8", "Design for failure."));
    }

    private Answer root(Call call) {
        String api = github.urls().api();
        return Answer.json(200, RepoJson.object()
                .put("current_user_url", api + "/user")
                .put("organization_url", api + "/orgs/{org}")
                .put("rate_limit_url", api + "/rate_limit")
                .put("repository_url", api + "/repos/{owner}/{repo}")
                .put("user_url", api + "/users/{user}"));
    }

    private Answer rateLimit(Call call) {
        RateLimit.Budget left = primary.peek(call.caller().name());
        ObjectNode rate = RepoJson.object()
                .put("limit", left.limit())
                .put("used", left.used())
                .put("remaining", left.remaining())
                .put("reset", left.reset().getEpochSecond());
        ObjectNode json = RepoJson.object();
        ObjectNode resources = json.putObject("resources");
        for (String resource : new String[] {"core", "search", "graphql", "integration_manifest"}) {
            resources.set(resource, rate);
        }
        json.set("rate", rate);
        return Answer.json(200, json);
    }
}
