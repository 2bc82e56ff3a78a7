package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.git.Tree;
import io.jenkins.plugins.scmchecks.forge.gitlab.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.eclipse.jgit.revwalk.RevCommit;

/** Projects, of a group or all, and what is in their repositories. */
final class ProjectsApi {

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/projects", ProjectsApi::all);
        router.add("GET", "/groups/{group}/projects", ProjectsApi::ofGroup);
        router.add("GET", "/users/{user}/projects", ProjectsApi::ofUser);
        router.add("GET", "/projects/{id}", call ->
                Answer.json(200, Json.project(call.gitlab(), call.project(Account.Role.READ))));
        router.add("GET", "/projects/{id}/repository/branches", ProjectsApi::branches);
        router.add("GET", "/projects/{id}/repository/tree", ProjectsApi::tree);
    }

    private static Answer all(Call call) {
        boolean member = call.flag("membership", false);
        List<Repo> repos = repos(call, repo -> !member
                || repo.owner().roleOf(call.user()) != Account.Role.NONE);
        if (!call.keyset(true)) {
            return call.page(repos, repo -> Json.project(call.gitlab(), repo));
        }
        if (!call.exchange().parameter("order_by").filter("id"::equals).isPresent()) {
            throw GitLabError.message(405, "405 Keyset pagination is not yet available for this type of request");
        }
        return call.keysetPage(repos, "id_after", repo -> Long.toString(repo.id()),
                repo -> Json.project(call.gitlab(), repo));
    }

    private static Answer ofGroup(Call call) {
        Account group = UsersApi.findGroup(call).orElseThrow(() -> GitLabError.notFound("Group"));
        call.keyset(false);
        String below = group.login().toLowerCase(Locale.ROOT) + "/";
        boolean subgroups = call.flag("include_subgroups", false);
        return call.page(
                repos(call, repo -> repo.owner() == group
                        || subgroups && repo.owner().login().toLowerCase(Locale.ROOT).startsWith(below)),
                repo -> Json.project(call.gitlab(), repo));
    }

    private static Answer ofUser(Call call) {
        Account user = call.gitlab().state().findAccount(call.variable("user"))
                .filter(account -> account.kind() == Account.Kind.USER)
                .orElseThrow(() -> GitLabError.notFound("User"));
        call.keyset(false);
        return call.page(repos(call, repo -> repo.owner() == user), repo -> Json.project(call.gitlab(), repo));
    }

    private static List<Repo> repos(Call call, Predicate<Repo> wanted) {
        return call.gitlab().state().repos().stream()
                .filter(repo -> repo.roleOf(call.user()).includes(Account.Role.READ))
                .filter(wanted)
                .sorted(Comparator.comparingLong(Repo::id))
                .toList();
    }

    private static Answer branches(Call call) {
        Repo repo = call.project(Account.Role.READ);
        List<String> names = List.copyOf(repo.git().branches().keySet());
        return call.page(names, name -> {
            ObjectNode json = Json.object().put("name", name).put("default", name.equals(repo.defaultBranch()));
            json.putObject("commit").put("id", repo.sha(name));
            return json;
        });
    }

    private static Answer tree(Call call) {
        Repo repo = call.project(Account.Role.READ);
        RevCommit commit = repo.git().commit(call.text("ref").orElse(repo.defaultBranch()))
                .orElseThrow(() -> GitLabError.notFound("Tree"));
        Tree tree = new Tree(repo.git(), commit);
        String path = call.exchange().parameter("path").orElse("");
        if (!path.isEmpty() && tree.entry(path).filter(Tree.Entry::folder).isEmpty()) {
            throw GitLabError.message(404, "404 invalid revision or path Not Found");
        }
        List<Tree.Entry> entries = tree.list(path, call.flag("recursive", false));
        return call.keyset(true)
                ? call.keysetPage(entries, "page_token", Tree.Entry::sha, ProjectsApi::entry)
                : call.page(entries, ProjectsApi::entry);
    }

    private static ObjectNode entry(Tree.Entry entry) {
        return Json.object().put("id", entry.sha()).put("name", entry.name())
                .put("type", entry.folder() ? "tree" : "blob").put("path", entry.path()).put("mode", entry.mode());
    }
}
