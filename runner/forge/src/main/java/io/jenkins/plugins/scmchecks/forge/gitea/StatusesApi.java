package io.jenkins.plugins.scmchecks.forge.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.gitea.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Commit statuses: every one that was ever set is listed. */
final class StatusesApi {

    private static final Set<String> STATES = Set.of("pending", "success", "error", "failure", "warning");
    private static final int LONGEST = 255;

    void addTo(Router<Endpoint> router) {
        router.add("POST", "/repos/{owner}/{repo}/statuses/{sha}", Endpoint.of(StatusesApi::create, "repository"));
        router.add("GET", "/repos/{owner}/{repo}/commits/{sha}/statuses",
                Endpoint.of(StatusesApi::list, "repository"));
    }

    private static Answer create(Call call) {
        Repo repo = call.repo(Account.Role.WRITE);
        String sha = sha(call, repo);
        JsonNode body = call.json("state", "context", "description", "target_url");
        String state = body.path("state").asText("");
        String description = body.path("description").asText("");
        String target = body.path("target_url").asText("");
        String context = body.path("context").asText("default");
        if (!STATES.contains(state)) {
            throw GiteaError.invalid("invalid state: " + state);
        }
        if (description.length() > LONGEST || context.length() > LONGEST) {
            throw GiteaError.invalid("description and context have " + LONGEST + " characters at most");
        }
        if (!target.isEmpty() && !target.matches("https?://\\S+")) {
            throw GiteaError.invalid("invalid target_url");
        }
        CommitStatus status = new CommitStatus(call.gitea().state().nextId(), sha, context, state, description,
                target.isEmpty() ? null : target, call.user(), call.gitea().state().now());
        repo.statuses().add(status);
        return Answer.json(201, json(status));
    }

    private static Answer list(Call call) {
        Repo repo = call.repo(Account.Role.READ);
        String sha = sha(call, repo);
        List<CommitStatus> statuses = new ArrayList<>(
                repo.statuses().stream().filter(status -> status.sha().equals(sha)).toList());
        if (call.exchange().parameter("sort").filter("highestindex"::equals).isPresent()) {
            Collections.reverse(statuses);
        }
        return call.page(statuses, false, StatusesApi::json);
    }

    private static String sha(Call call, Repo repo) {
        String sha = call.variable("sha");
        if (!sha.matches("[0-9a-f]{40}") || repo.git().commit(sha).isEmpty()) {
            throw GiteaError.notFound();
        }
        return sha;
    }

    private static ObjectNode json(CommitStatus status) {
        ObjectNode json = Json.object().put("id", status.id())
                .put("status", status.state())
                .put("target_url", status.targetUrl() == null ? "" : status.targetUrl())
                .put("description", status.description())
                .put("context", status.context())
                .put("created_at", status.createdAt().toString());
        json.set("creator", Json.user(status.creator()));
        return json;
    }
}
