package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.azure.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Statuses of pull requests, for an iteration or all of it, and of commits. A context is {@code genre/name}. */
final class StatusesApi {

    private static final String COMMIT = "/{project}/_apis/git/repositories/{repo}/commits/{sha}/statuses";
    private static final String PULL = PullRequestsApi.PULL + "/statuses";
    private static final Set<String> SCOPES = Set.of("vso.code_write", "vso.code_status");

    /** Azure DevOps' words and those that the forge's pages know. */
    private static final Map<String, String> STATES = Map.of("succeeded", "success", "failed", "failure",
            "error", "error",
            "pending", "pending", "notApplicable", "neutral", "notSet", "pending");

    void addTo(Router<Endpoint> router) {
        router.add("GET", COMMIT, call -> {
            Repo repo = call.repo();
            return listed(call, repo, sha(call, repo), false);
        });
        router.add("POST", COMMIT, call -> {
            Repo repo = writable(call);
            return create(call, repo, sha(call, repo), 0);
        });
        router.add("GET", PULL, call -> {
            Repo repo = call.repo();
            PullRequest pull = call.pull(repo);
            List<String> heads = call.azure().iterations().of(pull).stream().map(Iterations.Iteration::head).toList();
            return Call.list(of(call, repo, true).filter(s -> heads.contains(s.sha())).toList(), s -> json(call, s));
        });
        router.add("POST", PULL, StatusesApi::createOfPull);
    }

    private static Repo writable(Call call) {
        call.scope(SCOPES);
        return call.repo(Account.Role.WRITE, "GenericContribute");
    }

    private static Answer createOfPull(Call call) {
        Repo repo = writable(call);
        PullRequest pull = call.pull(repo);
        JsonNode wanted = call.json().path("iterationId");
        List<Iterations.Iteration> all = call.azure().iterations().of(pull);
        Iterations.Iteration iteration = wanted.isMissingNode()
                ? all.get(all.size() - 1)
                : call.azure().iterations().find(pull, wanted.asInt(-1))
                        .orElseThrow(() -> AzureError.invalid("The iteration " + wanted + " does not exist."));
        return create(call, repo, iteration.head(), iteration.id());
    }

    private static Stream<CommitStatus> of(Call call, Repo repo, boolean pull) {
        return repo.statuses().stream().filter(s -> call.azure().statusIterations().containsKey(s.id()) == pull);
    }

    private static Answer listed(Call call, Repo repo, String sha, boolean pull) {
        return Call.list(of(call, repo, pull).filter(s -> s.sha().equals(sha)).toList(), s -> json(call, s));
    }

    private static Answer create(Call call, Repo repo, String sha, int iteration) {
        JsonNode body = call.json();
        String name = body.path("context").path("name").asText("");
        String genre = body.path("context").path("genre").asText("");
        String state = body.path("state").asText("");
        String url = body.path("targetUrl").asText(null);
        if (name.isBlank() || name.length() > 200 || genre.length() > 200) {
            throw AzureError.invalid("A status needs a context with a name.");
        }
        if (!STATES.containsKey(state)) {
            throw AzureError.invalid("The state '" + state + "' is not valid.");
        }
        if (url != null && !url.matches("https?://\\S+")) {
            throw AzureError.invalid("The target URL must be absolute, with http or https.");
        }
        CommitStatus status = new CommitStatus(repo.state().nextId(), sha, genre.isEmpty() ? name : genre + "/" + name,
                STATES.get(state), body.path("description").asText(null), url, call.user(), repo.state().now());
        if (iteration > 0) {
            call.azure().statusIterations().put(status.id(), iteration);
        }
        repo.statuses().add(status);
        return Answer.json(201, json(call, status));
    }

    private static String sha(Call call, Repo repo) {
        String sha = call.variable("sha");
        if (!sha.matches("[0-9a-f]{40}") || repo.git().commit(sha).isEmpty()) {
            throw AzureError.notFound("TF401175: The commit " + sha);
        }
        return sha;
    }

    private static ObjectNode json(Call call, CommitStatus status) {
        String state = STATES.entrySet().stream()
                .filter(e -> e.getValue().equals(status.state()) && !e.getKey().equals("notSet"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("notSet");
        int slash = status.context().indexOf('/');
        ObjectNode json = Json.object().put("id", status.id())
                .put("state", state)
                .put("description", status.description())
                .put("creationDate", status.createdAt().toString())
                .put("targetUrl", status.targetUrl());
        json.putObject("context").put("name", status.context().substring(slash + 1))
                .put("genre", slash < 0 ? "" : status.context().substring(0, slash));
        json.set("createdBy", Json.identity(status.creator()));
        Integer iteration = call.azure().statusIterations().get(status.id());
        return iteration == null ? json : json.put("iterationId", iteration);
    }
}
