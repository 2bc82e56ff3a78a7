package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.bitbucket.DataCenterCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.git.Tree;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;

/** The server itself, its users, projects and repositories, with their branches and files. */
final class DataCenterRepositoriesApi {

    private static final String API = DataCenterDialect.API;
    private static final String REPOSITORY = DataCenterDialect.REPOSITORY;

    void addTo(Router<Endpoint> router) {
        router.add("GET", API + "/application-properties", call -> Answer.json(200, DataCenterCall.object()
                .put("version", call.server().version()).put("buildNumber", "8019002").put("displayName", "Bitbucket")));
        router.add("GET", API + "/users", call -> call.page(
                call.token() == null ? List.<Account>of() : List.of(call.user()), new DataCenterJson(call.server())::user));
        router.add("GET", API + "/users/{user}", call -> Answer.json(200, new DataCenterJson(call.server()).user(
                call.server().state().findAccount(call.variable("user"))
                        .filter(account -> call.token() != null && account.kind() == Account.Kind.USER)
                        .orElseThrow(() -> DataCenterCall.notFound("User " + call.variable("user"))))));
        router.add("GET", API + "/projects/{project}", call -> Answer.json(200, DataCenterJson.project(project(call))));
        router.add("GET", API + "/projects/{project}/repos", call -> {
            Account project = project(call);
            return call.page(repos(call).stream().filter(repo -> repo.owner() == project).toList(),
                    new DataCenterJson(call.server())::repository);
        });
        router.add("GET", API + "/repos", DataCenterRepositoriesApi::all);
        router.add("GET", REPOSITORY, call -> Answer.json(
                200, new DataCenterJson(call.server()).repository(call.repository(Account.Role.READ))));
        router.add("GET", REPOSITORY + "/default-branch", call -> Answer.json(
                200, reference(call.repository(Account.Role.READ).defaultBranch())));
        router.add("GET", REPOSITORY + "/branches", call -> {
            Repo repo = call.repository(Account.Role.READ);
            return call.page(List.copyOf(repo.git().branches().keySet()), name -> branch(repo, name));
        });
        router.add("GET", REPOSITORY + "/browse{path*}", DataCenterRepositoriesApi::browse);
    }

    private static Account project(DataCenterCall call) {
        return call.server().state().findAccount(call.variable("project"))
                .filter(account -> call.token() != null && account.kind() == Account.Kind.ORGANIZATION)
                .orElseThrow(() -> DataCenterCall.notFound("Project " + call.variable("project")));
    }

    private static List<Repo> repos(DataCenterCall call) {
        return call.server().state().repos().stream().filter(call::sees).toList();
    }

    /** Anybody gets a list without anything in it. */
    private static Answer all(DataCenterCall call) {
        Account.Role needed = switch (call.exchange().parameter("permission").orElse("REPO_READ")) {
            case "REPO_READ" -> Account.Role.READ;
            case "REPO_WRITE" -> Account.Role.WRITE;
            case "REPO_ADMIN" -> Account.Role.ADMIN;
            default -> throw DataCenterCall.invalid("permission", "is not a permission");
        };
        String project = call.exchange().parameter("projectkey").orElse(null);
        return call.page(
                repos(call).stream()
                        .filter(repo -> BitbucketDataCenter.role(call.token(), repo).includes(needed))
                        .filter(repo -> project == null || repo.owner().login().equalsIgnoreCase(project))
                        .toList(),
                new DataCenterJson(call.server())::repository);
    }

    private static ObjectNode reference(String branch) {
        return DataCenterCall.object().put("id", "refs/heads/" + branch).put("displayId", branch).put("type", "BRANCH");
    }

    private static ObjectNode branch(Repo repo, String name) {
        return reference(name).put("latestCommit", repo.sha(name)).put("isDefault", name.equals(repo.defaultBranch()));
    }

    private static Answer browse(DataCenterCall call) {
        Repo repo = call.repository(Account.Role.READ);
        String at = call.exchange().parameter("at").orElse(repo.defaultBranch());
        RevCommit commit = repo.git().commit(at).orElseThrow(() -> DataCenterCall.notFound("Commit '" + at + "'"));
        String path = call.variable("path").replaceAll("^/+", "");
        Tree tree = new Tree(repo.git(), commit);
        if (!path.isEmpty() && tree.entry(path).filter(Tree.Entry::folder).isEmpty()) {
            throw DataCenterCall.notFound("The path \"" + path + "\"");
        }
        ObjectNode body = DataCenterCall.object().put("revision", at);
        body.set("path", DataCenterJson.path(path));
        body.set("children", call.pageOf(tree.list(path, false), entry -> {
            ObjectNode json = DataCenterCall.object().put("type", entry.folder() ? "DIRECTORY" : "FILE");
            json.set("path", DataCenterJson.path(entry.name()));
            return json;
        }));
        return Answer.json(200, body);
    }
}
