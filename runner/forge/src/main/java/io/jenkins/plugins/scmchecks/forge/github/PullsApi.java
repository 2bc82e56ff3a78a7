package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pull requests, the files they change and their diff. */
final class PullsApi {

    private static final int MOST_FILES = 3000;
    private static final int MOST_FILES_IN_DIFF = 300;
    private static final int MOST_LINES_IN_DIFF = 20_000;

    private final PullJson json;
    private final RepoJson repos;

    PullsApi(GitHub github) {
        this.json = new PullJson(github);
        this.repos = new RepoJson(github);
    }

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/repos/{owner}/{repo}/pulls", this::list);
        router.add("GET", "/repos/{owner}/{repo}/pulls/{number}", this::get);
        router.add("GET", "/repos/{owner}/{repo}/pulls/{number}/files", this::files);
        router.add("GET", "/repos/{owner}/{repo}/pulls/{number}/commits", this::commits);
        router.add("GET", "/repos/{owner}/{repo}/commits/{sha}/pulls", this::ofCommit);
    }

    private Answer list(Call call) {
        Repo repo = call.repo(Level.READ, "pull_requests");
        String state = call.exchange().parameter("state").orElse("open");
        String head = call.exchange().parameter("head").orElse(null);
        String base = call.exchange().parameter("base").orElse(null);
        List<PullRequest> found = new ArrayList<>(repo.pullRequests().stream()
                .filter(pull -> state.equals("all") || state.equals("open") == pull.open())
                .filter(pull -> head == null
                        || head.equalsIgnoreCase(pull.headRepo().owner().login() + ":" + pull.headRef()))
                .filter(pull -> base == null || base.equals(pull.baseRef()))
                .toList());
        if (!call.exchange().parameter("direction").orElse("desc").equals("asc")) {
            Collections.reverse(found);
        }
        return call.page(found, json::pull);
    }

    private Answer get(Call call) {
        PullRequest pull = call.pull(Level.READ, "pull_requests");
        String accept = call.exchange().header("Accept").orElse("");
        if (!accept.contains("diff") && !accept.contains("patch")) {
            return Answer.json(200, json.fullPull(pull));
        }
        Diff diff = pull.diff();
        if (diff.files().size() > MOST_FILES_IN_DIFF) {
            throw tooLarge("files (" + MOST_FILES_IN_DIFF + ")");
        }
        if (diff.lines() > MOST_LINES_IN_DIFF) {
            throw tooLarge("lines (" + MOST_LINES_IN_DIFF + ")");
        }
        return Answer.text(200, "application/vnd.github.v3.diff; charset=utf-8", diff.text());
    }

    private static GitHubError tooLarge(String what) {
        return GitHubError.of(406, "Sorry, the diff exceeded the maximum number of " + what + ". Consider using 'List "
                + "pull requests files' API or locally cloning the repository instead.");
    }

    private Answer files(Call call) {
        PullRequest pull = call.pull(Level.READ, "pull_requests");
        return call.page(pull.diff().files().stream().limit(MOST_FILES).toList(),
                file -> repos.file(pull.repo(), pull.headSha(), file));
    }

    private Answer commits(Call call) {
        PullRequest pull = call.pull(Level.READ, "pull_requests");
        return call.page(pull.commits(), commit -> repos.commit(pull.repo(), commit));
    }

    private Answer ofCommit(Call call) {
        Repo repo = call.repo(Level.READ, "pull_requests");
        return call.page(repo.pullRequests().stream()
                .filter(pull -> pull.headSha().equals(call.variable("sha")))
                .toList(), json::pull);
    }
}
