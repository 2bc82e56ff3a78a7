package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commit statuses: the short answer, which tokens of people can give as well. */
final class StatusesApi {

    private static final Set<String> STATES = Set.of("error", "failure", "pending", "success");
    private static final int MOST = 1000;
    private static final int LONGEST_DESCRIPTION = 140;

    private final GitHub github;
    private final CheckJson json;
    private final RepoJson repos;

    StatusesApi(GitHub github) {
        this.github = github;
        this.json = new CheckJson(github);
        this.repos = new RepoJson(github);
    }

    void addTo(Router<Endpoint> router) {
        String repo = "/repos/{owner}/{repo}";
        router.add("POST", repo + "/statuses/{sha}", this::create);
        router.add("GET", repo + "/commits/{ref}/statuses", this::list);
        router.add("GET", repo + "/statuses/{ref}", this::list);
        router.add("GET", repo + "/commits/{ref}/status", this::combined);
    }

    private Answer create(Call call) {
        Repo repo = call.repo(Level.WRITE, "statuses");
        String sha = call.variable("sha");
        if (sha.length() != 40 || repo.git().commit(sha).isEmpty()) {
            throw GitHubError.of(422, "No commit found for SHA: " + sha);
        }
        String state = call.text("state").orElse("");
        if (!STATES.contains(state)) {
            throw GitHubError.validation("Status", "state", "custom", "state is not included in the list");
        }
        String context = call.text("context").filter(text -> !text.isEmpty()).orElse("default");
        String description = call.text("description").orElse(null);
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw GitHubError.validation("Status", "description", "custom",
                    "description is too long (maximum is " + LONGEST_DESCRIPTION + " characters)");
        }
        String target = call.text("target_url").orElse(null);
        if (target != null && !target.isEmpty() && !target.matches("https?://.+")) {
            throw GitHubError.validation("Status", "target_url", "custom", "target_url must use http(s) scheme");
        }
        if (of(repo, sha).stream().filter(status -> status.context().equals(context)).count() >= MOST) {
            throw GitHubError.validation("Status", null, "custom",
                    "This SHA and context has reached the maximum number of statuses.");
        }
        CommitStatus status = new CommitStatus(github.state().nextId(), sha, context, state, description, target,
                call.actor(), github.state().now());
        repo.statuses().add(status);
        return Answer.json(201, json.status(repo, status));
    }

    private Answer list(Call call) {
        Repo repo = call.repo(Level.READ, "statuses");
        List<CommitStatus> newestFirst = new ArrayList<>(of(repo, ChecksApi.sha(call, repo)));
        Collections.reverse(newestFirst);
        return call.page(newestFirst, status -> json.status(repo, status));
    }

    private Answer combined(Call call) {
        Repo repo = call.repo(Level.READ, "statuses");
        String sha = ChecksApi.sha(call, repo);
        Map<String, CommitStatus> latest = new LinkedHashMap<>();
        of(repo, sha).forEach(status -> latest.put(status.context(), status));
        ObjectNode body = RepoJson.object().put("state", combined(latest.values())).put("sha", sha)
                .put("total_count", latest.size())
                .put("commit_url", github.urls().api(repo) + "/commits/" + sha)
                .put("url", github.urls().api(repo) + "/commits/" + sha + "/status");
        ArrayNode statuses = body.putArray("statuses");
        // Who wrote a status is told in the list of all of them alone.
        latest.values().forEach(status -> statuses.add(json.status(repo, status).without("creator")));
        body.set("repository", repos.repo(repo));
        return Answer.json(200, body);
    }

    private static String combined(Collection<CommitStatus> statuses) {
        List<String> states = statuses.stream().map(CommitStatus::state).toList();
        if (states.contains("failure") || states.contains("error")) {
            return "failure";
        }
        return states.isEmpty() || states.contains("pending") ? "pending" : "success";
    }

    private static List<CommitStatus> of(Repo repo, String sha) {
        return repo.statuses().stream().filter(status -> status.sha().equals(sha)).toList();
    }

}
