package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Check runs and suites. Only apps make them; others read. */
final class ChecksApi {

    private final GitHub github;
    private final CheckJson json;

    ChecksApi(GitHub github) {
        this.github = github;
        this.json = new CheckJson(github);
    }

    void addTo(Router<Endpoint> router) {
        String repo = "/repos/{owner}/{repo}";
        router.add("POST", repo + "/check-runs", this::create);
        router.add("PATCH", repo + "/check-runs/{id}", this::update);
        router.add("GET", repo + "/check-runs/{id}", call -> Answer.json(200, json.check(find(call, Level.READ))));
        router.add("GET", repo + "/check-runs/{id}/annotations", this::annotations);
        router.add("POST", repo + "/check-runs/{id}/rerequest", this::rerequest);
        router.add("GET", repo + "/commits/{ref}/check-runs", this::ofCommit);
        router.add("GET", repo + "/commits/{ref}/check-suites", this::suitesOfCommit);
        router.add("GET", repo + "/check-suites/{id}", this::suite);
        router.add("GET", repo + "/check-suites/{id}/check-runs", this::ofSuite);
    }

    private Answer create(Call call) {
        Repo repo = call.repo(Level.WRITE, "checks");
        GitHubApp app = app(call);
        JsonNode body = call.json();
        for (String field : List.of("name", "head_sha")) {
            if (call.text(field).filter(value -> !value.isBlank()).isEmpty()) {
                throw GitHubError.invalidRequest("\"" + field + "\" wasn't supplied.");
            }
        }
        String sha = call.text("head_sha").orElseThrow();
        if (sha.length() != 40 || repo.git().commit(sha).isEmpty()) {
            throw GitHubError.of(422, "No commit found for SHA: " + sha);
        }
        CheckInput input = new CheckInput(body, true, github.state().now());
        input.validate();
        Check check = new Check(github.state().nextId(), repo, sha, call.text("name").orElseThrow(), app.bot(),
                suite(repo, sha, app), github.state().now());
        input.apply(check);
        repo.checks().add(check);
        return Answer.json(201, json.check(check));
    }

    private Answer update(Call call) {
        Check check = find(call, Level.WRITE);
        GitHubApp app = app(call);
        if (check.creator() != app.bot()) {
            throw GitHubError.forbidden("Invalid app_id `" + app.id() + "` - check run can only be modified by the "
                    + "GitHub App that created it.");
        }
        CheckInput input = new CheckInput(call.json(), false, github.state().now());
        input.validate();
        input.apply(check);
        return Answer.json(200, json.check(check));
    }

    private static GitHubApp app(Call call) {
        if (call.caller() instanceof Caller.Installed installed) {
            return installed.token().installation().app();
        }
        throw GitHubError.forbidden("You must authenticate via a GitHub App.");
    }

    private long suite(Repo repo, String sha, GitHubApp app) {
        return repo.checks(sha).stream()
                .filter(check -> check.creator() == app.bot())
                .map(Check::suiteId)
                .findFirst()
                .orElseGet(github.state()::nextId);
    }

    private Answer annotations(Call call) {
        Check check = find(call, Level.READ);
        return call.page(check.annotations(), annotation -> json.annotation(check, annotation));
    }

    private Answer rerequest(Call call) {
        find(call, Level.WRITE).rerequest(call.actor());
        return Answer.json(201, RepoJson.object());
    }

    private Answer ofCommit(Call call) {
        Repo repo = call.repo(Level.READ, "checks");
        return list(call, repo.checks(sha(call, repo)));
    }

    private Answer ofSuite(Call call) {
        long id = call.number("id");
        return list(call, call.repo(Level.READ, "checks").checks().stream()
                .filter(check -> check.suiteId() == id)
                .toList());
    }

    private Answer list(Call call, List<Check> all) {
        String name = call.exchange().parameter("check_name").orElse(null);
        String status = call.exchange().parameter("status").orElse(null);
        int appId = call.integer("app_id", 0);
        List<Check> newestFirst = new ArrayList<>(all.stream()
                .filter(check -> name == null || check.name().equals(name))
                .filter(check -> status == null || check.status().equals(status))
                .filter(check -> appId == 0
                        || github.appOf(check.creator()).filter(app -> app.id() == appId).isPresent())
                .toList());
        Collections.reverse(newestFirst);
        return call.page(call.exchange().parameter("filter").orElse("latest").equals("all")
                ? newestFirst
                : latest(newestFirst), json::check, "check_runs");
    }

    private static List<Check> latest(List<Check> newestFirst) {
        Map<String, Check> latest = new LinkedHashMap<>();
        newestFirst.forEach(check -> latest.putIfAbsent(check.creator() + "/" + check.name(), check));
        return List.copyOf(latest.values());
    }

    private Answer suitesOfCommit(Call call) {
        Repo repo = call.repo(Level.READ, "checks");
        Map<Long, List<Check>> suites = repo.checks(sha(call, repo)).stream()
                .collect(Collectors.groupingBy(Check::suiteId, LinkedHashMap::new, Collectors.toList()));
        return call.page(List.copyOf(suites.values()), checks -> json.suite(repo, checks), "check_suites");
    }

    private Answer suite(Call call) {
        Repo repo = call.repo(Level.READ, "checks");
        long id = call.number("id");
        List<Check> checks = repo.checks().stream().filter(check -> check.suiteId() == id).toList();
        if (checks.isEmpty()) {
            throw GitHubError.notFound();
        }
        return Answer.json(200, json.suite(repo, checks));
    }

    static String sha(Call call, Repo repo) {
        String ref = call.variable("ref");
        return repo.git().commit(ref).map(commit -> commit.name())
                .orElseThrow(() -> GitHubError.of(422, "No commit found for SHA: " + ref));
    }

    private static Check find(Call call, Level level) {
        long id = call.number("id");
        return call.repo(level, "checks").checks().stream()
                .filter(check -> check.id() == id)
                .findFirst()
                .orElseThrow(GitHubError::notFound);
    }
}
