package io.jenkins.plugins.scmchecks.forge.gitea;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.git.Tree;
import io.jenkins.plugins.scmchecks.forge.gitea.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.revwalk.RevCommit;

/** Repositories, what is in them, and pull requests. */
final class RepositoriesApi {

    private static final String REPO = "/repos/{owner}/{repo}";

    void addTo(Router<Endpoint> router) {
        router.add("GET", REPO, Endpoint.of(
                call -> Answer.json(200, Json.repository(call.gitea(), call.repo(Account.Role.READ))), "repository"));
        router.add("GET", REPO + "/branches", Endpoint.of(RepositoriesApi::branches, "repository"));
        router.add("GET", REPO + "/contents{path*}", Endpoint.of(RepositoriesApi::contents, "repository"));
        router.add("GET", REPO + "/pulls/{index}", Endpoint.of(RepositoriesApi::pull, "repository"));
    }

    private static Answer branches(Call call) {
        Repo repo = call.repo(Account.Role.READ);
        return call.page(List.copyOf(repo.git().branches().keySet()), true, name -> {
            ObjectNode json = Json.object().put("name", name).put("protected", false);
            json.putObject("commit").put("id", repo.sha(name));
            return json;
        });
    }

    private static Answer contents(Call call) {
        Repo repo = call.repo(Account.Role.READ);
        RevCommit commit = repo.git().commit(call.exchange().parameter("ref").orElse(repo.defaultBranch()))
                .orElseThrow(GiteaError::notFound);
        Tree tree = new Tree(repo.git(), commit);
        String path = call.variable("path").replaceAll("^/+|/+$", "");
        if (!path.isEmpty() && !tree.entry(path).orElseThrow(GiteaError::notFound).folder()) {
            return Answer.json(200, entry(tree.entry(path).orElseThrow()));
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        tree.list(path, false).forEach(entry -> list.add(entry(entry)));
        return Answer.json(200, list);
    }

    private static ObjectNode entry(Tree.Entry entry) {
        return Json.object().put("name", entry.name()).put("path", entry.path()).put("sha", entry.sha())
                .put("type", entry.folder() ? "dir" : "file").put("size", entry.size());
    }

    /** With {@code .diff} behind its number it comes as text. */
    private static Answer pull(Call call) {
        String index = call.variable("index");
        boolean diff = index.endsWith(".diff");
        String number = diff ? index.substring(0, index.length() - ".diff".length()) : index;
        if (!number.matches("\\d{1,9}")) {
            throw GiteaError.notFound();
        }
        PullRequest pull = call.repo(Account.Role.READ).pullRequest(Integer.parseInt(number))
                .orElseThrow(GiteaError::notFound);
        if (!diff) {
            return Answer.json(200, Json.pull(call.gitea(), pull));
        }
        return Answer.text(200, "text/plain; charset=utf-8", pull.diff().files().stream()
                .map(file -> file.header() + (file.header().endsWith("\n") ? "" : "\n") + file.patch() + "\n")
                .collect(Collectors.joining()));
    }
}
