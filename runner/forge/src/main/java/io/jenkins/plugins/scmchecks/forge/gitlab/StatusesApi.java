package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.gitlab.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/** Commit statuses. Each belongs to a pipeline; one that runs can only go forward, and one that has ended stays. */
final class StatusesApi {

    private static final Set<String> STATES = Set.of("pending", "running", "success", "failed", "canceled", "skipped");
    private static final Set<String> UNFINISHED = Set.of("pending", "running");
    private static final int LONGEST = 255;

    void addTo(Router<Endpoint> router) {
        router.add("POST", "/projects/{id}/statuses/{sha}", StatusesApi::create);
        router.add("GET", "/projects/{id}/repository/commits/{sha}/statuses", StatusesApi::list);
        router.add("GET", "/projects/{id}/pipelines", StatusesApi::pipelines);
    }

    private static Answer create(Call call) {
        Repo repo = call.project(Account.Role.WRITE);
        String sha = sha(call, repo);
        String state = call.required("state");
        if (!STATES.contains(state)) {
            throw GitLabError.parameter("state does not have a valid value");
        }
        String name = call.text("name").or(() -> call.text("context")).orElse("default");
        String description = call.text("description").orElse(null);
        String targetUrl = call.text("target_url").orElse(null);
        checkLength("name", name);
        checkLength("description", description);
        checkLength("target_url", targetUrl);
        if (targetUrl != null && !targetUrl.matches("https?://\\S+")) {
            throw GitLabError.field("target_url", "is blocked: Only allowed schemes are http, https");
        }
        Pipelines.Pipeline pipeline = pipeline(call, repo, sha);
        Optional<CommitStatus> going = repo.statuses().stream()
                .filter(s -> s.sha().equals(sha) && s.context().equals(name) && s.creator() == call.user()
                        && UNFINISHED.contains(s.state()) && call.gitlab().pipelines().ofStatus(s.id()) == pipeline)
                .reduce((first, second) -> second);
        if (going.isPresent() && UNFINISHED.contains(state)
                && !(going.get().state().equals("pending") && state.equals("running"))) {
            String event = state.equals("running") ? "run" : "enqueue";
            throw GitLabError.message(400, "Cannot transition status via :" + event + " from :" + going.get().state()
                    + " (Reason(s): Status cannot transition via \"" + event + "\")");
        }
        CommitStatus status = new CommitStatus(going.map(CommitStatus::id).orElseGet(repo.state()::nextId), sha, name,
                state, description, targetUrl, call.user(), repo.state().now());
        going.ifPresent(repo.statuses()::remove);
        repo.statuses().add(status);
        call.gitlab().pipelines().attach(status.id(), pipeline);
        return Answer.json(201, json(call, status));
    }

    private static Pipelines.Pipeline pipeline(Call call, Repo repo, String sha) {
        Optional<String> wanted = call.text("pipeline_id");
        Optional<String> ref = call.text("ref");
        return call.gitlab().pipelines().of(repo, sha).stream()
                .filter(p -> wanted.isEmpty() || wanted.get().equals(Long.toString(p.id())))
                .filter(p -> ref.isEmpty() || ref.get().equals(p.ref()))
                .findFirst()
                .orElseGet(() -> {
                    if (wanted.isPresent()) {
                        throw GitLabError.notFound("Pipeline for pipeline_id, sha and ref");
                    }
                    return call.gitlab().pipelines().create(repo, sha, ref.or(() -> branchWith(repo, sha))
                            .orElseThrow(() -> GitLabError.notFound("References for commit")));
                });
    }

    private static Optional<String> branchWith(Repo repo, String sha) {
        ObjectId commit = ObjectId.fromString(sha);
        return repo.git().branches().entrySet().stream()
                .filter(branch -> repo.git().mergeBase(commit, branch.getValue()).filter(commit::equals).isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static void checkLength(String field, String value) {
        if (value != null && value.length() > LONGEST) {
            throw GitLabError.field(field, "is too long (maximum is " + LONGEST + " characters)");
        }
    }

    private static Answer list(Call call) {
        Repo repo = call.project(Account.Role.READ);
        String sha = sha(call, repo);
        Map<String, CommitStatus> newest = new LinkedHashMap<>();
        repo.statuses().stream()
                .filter(s -> s.sha().equals(sha))
                .filter(s -> call.exchange().parameter("name").map(s.context()::equals).orElse(true))
                .forEach(s -> newest.put(s.context() + "\n" + call.gitlab().pipelines().ofStatus(s.id()), s));
        return call.page(List.copyOf(newest.values()), s -> json(call, s));
    }

    private static Answer pipelines(Call call) {
        Repo repo = call.project(Account.Role.READ);
        String sha = call.required("sha");
        return call.page(call.gitlab().pipelines().of(repo, sha), p -> Json.object().put("id", p.id())
                .put("sha", p.sha()).put("ref", p.ref()).put("project_id", repo.id()));
    }

    private static String sha(Call call, Repo repo) {
        String sha = call.variable("sha");
        if (!sha.matches("[0-9a-f]{40}") || repo.git().commit(sha).isEmpty()) {
            throw GitLabError.notFound("Commit");
        }
        return sha;
    }

    private static ObjectNode json(Call call, CommitStatus status) {
        Pipelines.Pipeline pipeline = call.gitlab().pipelines().ofStatus(status.id());
        ObjectNode json = Json.object().put("id", status.id())
                .put("sha", status.sha())
                .put("ref", pipeline.ref())
                .put("pipeline_id", pipeline.id())
                .put("status", status.state())
                .put("name", status.context())
                .put("target_url", status.targetUrl())
                .put("description", status.description())
                .put("created_at", status.createdAt().toString())
                .put("allow_failure", false);
        json.set("author", Json.user(status.creator()));
        return json;
    }
}
