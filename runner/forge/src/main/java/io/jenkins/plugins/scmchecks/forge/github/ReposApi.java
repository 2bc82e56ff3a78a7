package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** A repository, its branches, refs and commits. */
final class ReposApi {

    private static final int MOST_COMMITS = 10_000;
    private static final int MOST_COMPARED_FILES = 300;

    private final RepoJson json;

    ReposApi(GitHub github) {
        this.json = new RepoJson(github);
    }

    void addTo(Router<Endpoint> router) {
        String repo = "/repos/{owner}/{repo}";
        router.add("GET", repo, call -> Answer.json(200,
                json.fullRepo(call.repo(Level.READ, "metadata"), call.caller().actor())));
        router.add("GET", repo + "/branches", this::branches);
        router.add("GET", repo + "/branches/{branch*}", this::branch);
        router.add("GET", repo + "/git/ref/{ref*}", this::ref);
        router.add("GET", repo + "/git/refs/{ref*}", this::ref);
        router.add("GET", repo + "/git/matching-refs/{ref*}", this::matchingRefs);
        router.add("GET", repo + "/commits", this::commits);
        router.add("GET", repo + "/commits/{sha}", this::commit);
        router.add("GET", repo + "/compare/{range*}", this::compare);
        router.add("GET", repo + "/collaborators/{user}/permission", this::permission);
    }

    private Answer branches(Call call) {
        Repo repo = call.repo(Level.READ, "contents");
        return call.page(List.copyOf(repo.git().branches().entrySet()),
                (Map.Entry<String, ObjectId> branch) -> json.branch(repo, branch.getKey(), branch.getValue()));
    }

    private Answer branch(Call call) {
        Repo repo = call.repo(Level.READ, "contents");
        String name = call.variable("branch");
        ObjectId id = repo.git().branch(name).orElseThrow(() -> GitHubError.of(404, "Branch not found"));
        ObjectNode branch = json.branch(repo, name, id);
        repo.git().commit(id).ifPresent(commit -> branch.set("commit", json.commit(repo, commit)));
        return Answer.json(200, branch);
    }

    private Answer ref(Call call) {
        Repo repo = call.repo(Level.READ, "contents");
        String name = "refs/" + call.variable("ref");
        return repo.git().ref(name).map(id -> Answer.json(200, json.ref(repo, name, id)))
                .orElseThrow(GitHubError::notFound);
    }

    private Answer matchingRefs(Call call) {
        Repo repo = call.repo(Level.READ, "contents");
        String prefix = "refs/" + call.variable("ref");
        return call.page(List.copyOf(repo.git().refs(prefix).entrySet()),
                (Map.Entry<String, ObjectId> ref) -> json.ref(repo, prefix + ref.getKey(), ref.getValue()));
    }

    private Answer commits(Call call) {
        Repo repo = call.repo(Level.READ, "contents");
        String start = call.exchange().parameter("sha").orElse(repo.defaultBranch());
        RevCommit from = repo.git().commit(start).orElseThrow(GitHubError::notFound);
        return call.page(repo.git().log(from, null, MOST_COMMITS), commit -> json.commit(repo, commit));
    }

    private Answer commit(Call call) {
        Repo repo = call.repo(Level.READ, "contents");
        String sha = call.variable("sha");
        RevCommit commit = repo.git().commit(sha)
                .orElseThrow(() -> GitHubError.of(422, "No commit found for SHA: " + sha));
        ObjectId parent = commit.getParentCount() == 0 ? null : commit.getParent(0);
        ObjectNode body = json.commit(repo, commit);
        body.set("files", files(repo, commit.name(), Diff.between(repo.git(), parent, commit)));
        return Answer.json(200, body);
    }

    private Answer compare(Call call) {
        Repo repo = call.repo(Level.READ, "contents");
        String[] ends = call.variable("range").split("\\.\\.\\.", 2);
        if (ends.length < 2) {
            throw GitHubError.notFound();
        }
        RevCommit base = repo.git().commit(ends[0]).orElseThrow(GitHubError::notFound);
        RevCommit head = repo.git().commit(ends[1]).orElseThrow(GitHubError::notFound);
        ObjectId mergeBase = repo.git().mergeBase(base, head)
                .orElseThrow(() ->
                GitHubError.of(404, "No common ancestor between " + ends[0] + " and " + ends[1] + "."));
        List<RevCommit> ahead = new ArrayList<>(repo.git().log(head, base, MOST_COMMITS));
        Collections.reverse(ahead);
        int behind = repo.git().log(base, head, MOST_COMMITS).size();
        ObjectNode body = RepoJson.object()
                .put("status", ahead.isEmpty() ? behind == 0 ? "identical" : "behind"
                        : behind == 0 ? "ahead" : "diverged")
                .put("ahead_by", ahead.size())
                .put("behind_by", behind)
                .put("total_commits", ahead.size());
        body.set("base_commit", json.commit(repo, base));
        repo.git().commit(mergeBase).ifPresent(commit -> body.set("merge_base_commit", json.commit(repo, commit)));
        ArrayNode commits = body.putArray("commits");
        ahead.stream().limit(250).forEach(commit -> commits.add(json.commit(repo, commit)));
        body.set("files", files(repo, head.name(), Diff.between(repo.git(), mergeBase, head)));
        return Answer.json(200, body);
    }

    private ArrayNode files(Repo repo, String sha, Diff diff) {
        ArrayNode files = RepoJson.array();
        diff.files().stream().limit(MOST_COMPARED_FILES).forEach(file -> files.add(json.file(repo, sha, file)));
        return files;
    }

    private Answer permission(Call call) {
        Repo repo = call.repo(Level.READ, "metadata");
        Account user = call.account("user");
        String role = repo.roleOf(user).name().toLowerCase(Locale.ROOT);
        ObjectNode body = RepoJson.object().put("permission", role).put("role_name", role);
        body.set("user", json.account(user));
        return Answer.json(200, body);
    }
}
