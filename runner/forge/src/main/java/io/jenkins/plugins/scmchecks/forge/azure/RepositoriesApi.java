package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.azure.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.git.Tree;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** The repositories of a project, all in one answer, and what is in them. */
final class RepositoriesApi {

    private static final String REPOSITORIES = "/{project}/_apis/git/repositories";

    private static final Map<String, String> REFS =
            Map.of("branch", "refs/heads/", "tag", "refs/tags/", "commit", "");

    void addTo(Router<Endpoint> router) {
        router.add("GET", REPOSITORIES, RepositoriesApi::ofProject);
        router.add("GET", REPOSITORIES + "/{repo}", call ->
                Answer.json(200, Json.repository(call.azure(), call.repo())));
        router.add("GET", REPOSITORIES + "/{repo}/refs", RepositoriesApi::refs);
        router.add("GET", REPOSITORIES + "/{repo}/items", RepositoriesApi::items);
    }

    private static Answer ofProject(Call call) {
        call.scope(Call.READ);
        List<Repo> repos = call.azure().state().reposOf(call.project()).stream()
                .filter(repo -> repo.roleOf(call.user()).includes(Account.Role.READ))
                .toList();
        return Call.list(repos, repo -> Json.repository(call.azure(), repo));
    }

    private static Answer refs(Call call) {
        Repo repo = call.repo();
        String prefix = "refs/" + call.exchange().parameter("filter").orElse("");
        Map<String, ObjectId> found = new TreeMap<>();
        repo.git().refs("refs/").forEach((name, id) -> {
            if (("refs/" + name).startsWith(prefix)) {
                found.put("refs/" + name, id);
            }
        });
        return call.page(List.copyOf(found.keySet()), 100, name ->
                Json.object().put("name", name).put("objectId", found.get(name).name()));
    }

    private static Answer items(Call call) {
        Repo repo = call.repo();
        String scope = call.exchange().parameter("scopePath").orElse("/");
        if (!scope.startsWith("/") || !Set.of("none", "oneLevel", "oneLevelPlusNestedEmptyFolders", "full")
                .contains(call.exchange().parameter("recursionLevel").orElse("none"))) {
            throw AzureError.invalid("The path or the recursion level is not valid.");
        }
        String version = call.exchange().parameter("versionDescriptor.version").orElse(repo.defaultBranch());
        String prefix = REFS.get(call.exchange().parameter("versionDescriptor.versionType").orElse("branch"));
        if (prefix == null) {
            throw AzureError.invalid("The value of versionDescriptor.versionType is not valid.");
        }
        RevCommit commit = (prefix.isEmpty() ? repo.git().commit(version)
                        : repo.git().ref(prefix + version).flatMap(repo.git()::commit))
                .orElseThrow(() -> AzureError.notFound("TF401175: The version descriptor " + version));
        Tree tree = new Tree(repo.git(), commit);
        String path = scope.substring(1);
        if (!path.isEmpty() && tree.entry(path).isEmpty()) {
            throw AzureError.notFound("TF401174: The item '" + scope + "'");
        }
        List<ObjectNode> items = new ArrayList<>();
        items.add(item(scope, true));
        tree.list(path, false).forEach(entry -> items.add(item("/" + entry.path(), entry.folder())));
        return Call.list(items, item -> item);
    }

    private static ObjectNode item(String path, boolean folder) {
        ObjectNode json = Json.object().put("gitObjectType", folder ? "tree" : "blob").put("path", path);
        return folder ? json.put("isFolder", true) : json;
    }
}
