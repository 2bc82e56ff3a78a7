package io.jenkins.plugins.scmchecks.forge.github;

import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.nodeId;
import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.object;
import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.model.Annotation;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.List;

/** Check runs, check suites and statuses as GitHub writes them. */
final class CheckJson {

    private final GitHub github;
    private final Urls urls;
    private final RepoJson repos;
    private final PullJson pulls;
    private final AppJson apps;

    CheckJson(GitHub github) {
        this.github = github;
        this.urls = github.urls();
        this.repos = new RepoJson(github);
        this.pulls = new PullJson(github);
        this.apps = new AppJson(github);
    }

    ObjectNode check(Check check) {
        String api = urls.api(check.repo()) + "/check-runs/" + check.id();
        ObjectNode json = object()
                .put("id", check.id())
                .put("node_id", nodeId("CR", check.id()))
                .put("name", check.name())
                .put("head_sha", check.sha())
                .put("external_id", check.externalId() == null ? "" : check.externalId())
                .put("url", api)
                .put("html_url", html(check))
                .put("details_url", check.detailsUrl() == null ? html(check) : check.detailsUrl())
                .put("status", check.status())
                .put("conclusion", check.conclusion())
                .put("started_at", time(check.startedAt()))
                .put("completed_at", time(check.completedAt()));
        json.putObject("output")
                .put("title", check.title())
                .put("summary", check.summary())
                .put("text", check.text())
                .put("annotations_count", check.annotations().size())
                .put("annotations_url", api + "/annotations");
        json.putObject("check_suite").put("id", check.suiteId());
        github.appOf(check.creator()).ifPresent(app -> json.set("app", apps.app(app)));
        json.set("pull_requests", pullRequests(check.repo(), check.sha()));
        return json;
    }

    ObjectNode suite(Repo repo, List<Check> checks) {
        Check first = checks.get(0);
        boolean completed = checks.stream().allMatch(check -> check.status().equals("completed"));
        ObjectNode json = object()
                .put("id", first.suiteId())
                .put("node_id", nodeId("CS", first.suiteId()))
                .put("head_branch", branch(repo, first.sha()))
                .put("head_sha", first.sha())
                .put("status", completed ? "completed" : "in_progress")
                .put("conclusion", completed ? checks.get(checks.size() - 1).conclusion() : null)
                .put("url", urls.api(repo) + "/check-suites/" + first.suiteId())
                .put("check_runs_url", urls.api(repo) + "/check-suites/" + first.suiteId() + "/check-runs")
                .put("latest_check_runs_count", checks.size())
                .putNull("before")
                .put("after", first.sha())
                .put("created_at", time(first.startedAt()))
                .put("updated_at", time(first.startedAt()));
        github.appOf(first.creator()).ifPresent(app -> json.set("app", apps.app(app)));
        json.set("pull_requests", pullRequests(repo, first.sha()));
        repo.git().commit(first.sha()).ifPresent(commit -> json.putObject("head_commit")
                .put("id", commit.name()).put("tree_id", commit.getTree().name())
                .put("message", commit.getFullMessage()));
        return json;
    }

    ObjectNode annotation(Check check, Annotation annotation) {
        return object()
                .put("path", annotation.path())
                .put("blob_href", urls.html(check.repo()) + "/blob/" + check.sha() + "/" + annotation.path())
                .put("start_line", annotation.startLine())
                .put("end_line", annotation.endLine())
                .put("start_column", annotation.startColumn())
                .put("end_column", annotation.endColumn())
                .put("annotation_level", annotation.level())
                .put("title", annotation.title())
                .put("message", annotation.message())
                .put("raw_details", annotation.rawDetails());
    }

    ObjectNode status(Repo repo, CommitStatus status) {
        ObjectNode json = object()
                .put("url", urls.api(repo) + "/statuses/" + status.sha())
                .put("id", status.id())
                .put("node_id", nodeId("SC", status.id()))
                .put("avatar_url", urls.html() + "/avatars/" + status.creator().id())
                .put("state", status.state())
                .put("description", status.description())
                .put("target_url", status.targetUrl())
                .put("context", status.context())
                .put("created_at", time(status.createdAt()))
                .put("updated_at", time(status.createdAt()));
        json.set("creator", repos.account(status.creator()));
        return json;
    }

    /** The pull requests of a commit. A fork's are not among them, as on GitHub. */
    private ArrayNode pullRequests(Repo repo, String sha) {
        ArrayNode json = RepoJson.array();
        for (PullRequest pull : repo.pullRequests()) {
            if (pull.open() && !pull.fromFork() && pull.headSha().equals(sha)) {
                json.add(pulls.minimalPull(pull));
            }
        }
        return json;
    }

    /** The branch at a commit; null for a fork's, as on GitHub. */
    static String branch(Repo repo, String sha) {
        return repo.git().branches().entrySet().stream()
                .filter(branch -> branch.getValue().name().equals(sha))
                .map(branch -> branch.getKey())
                .findFirst()
                .orElse(null);
    }

    private String html(Check check) {
        return urls.html(check.repo()) + "/runs/" + check.id();
    }
}
