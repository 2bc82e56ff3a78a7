package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.bitbucket.CloudCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.git.Tree;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.revwalk.RevCommit;

/** Repositories of a workspace, their refs, commits and files. */
final class CloudRepositoriesApi {

    private static final String REPOSITORY = "/repositories/{workspace}/{repo}";
    private static final Pattern NAMED = Pattern.compile("name = \"((?:[^\"\\\\]|\\\\.)*)\"");

    private record Named(String type, String name, String sha) {}

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/repositories/{workspace}", reading(CloudRepositoriesApi::list));
        router.add("GET", REPOSITORY, reading(call -> Answer.json(
                200, new CloudJson(call.cloud()).repository(call.repository(Account.Role.READ)))));
        router.add("GET", REPOSITORY + "/refs/branches", reading(call -> call.page(
                refs(call.repository(Account.Role.READ), false), CloudRepositoriesApi::json)));
        router.add("GET", REPOSITORY + "/refs", reading(CloudRepositoriesApi::refs));
        router.add("GET", REPOSITORY + "/commit/{commit}", reading(call -> {
            String sha = call.commit(call.repository(Account.Role.READ));
            return Answer.json(200, CloudCall.object().put("type", "commit").put("hash", sha));
        }));
        router.add("GET", REPOSITORY + "/src/{commit}/{path*}", reading(CloudRepositoriesApi::files));
    }

    private static Endpoint reading(Function<CloudCall, Answer> handler) {
        return new Endpoint("repository", handler);
    }

    private static Answer list(CloudCall call) {
        Account workspace = call.cloud().state().findAccount(call.variable("workspace"))
                .filter(account -> account.kind() == Account.Kind.ORGANIZATION)
                .orElseThrow(() -> BitbucketError.cloud(404, "No workspace with identifier '"
                        + call.variable("workspace") + "'."));
        List<Repo> repos = call.cloud().state().reposOf(workspace).stream()
                .filter(repo -> repo.roleOf(call.user()).includes(Account.Role.READ))
                .toList();
        return call.page(repos, new CloudJson(call.cloud())::repository);
    }

    private static List<Named> refs(Repo repo, boolean tags) {
        List<Named> all = new ArrayList<>();
        repo.git().branches().forEach((name, id) -> all.add(new Named("branch", name, id.name())));
        if (tags) {
            repo.git().refs("refs/tags/").forEach((name, id) -> all.add(new Named("tag", name, id.name())));
        }
        return all;
    }

    private static Answer refs(CloudCall call) {
        List<Named> all = refs(call.repository(Account.Role.READ), true);
        String query = call.exchange().parameter("q").orElse("");
        Matcher named = NAMED.matcher(query);
        if (!query.isEmpty() && !named.matches()) {
            throw BitbucketError.cloud(400, "Invalid query: " + query);
        }
        String name = query.isEmpty() ? null : named.group(1).replaceAll("\\\\(.)", "$1");
        return call.page(
                all.stream().filter(ref -> name == null || ref.name().equals(name)).toList(), CloudRepositoriesApi::json);
    }

    private static ObjectNode json(Named ref) {
        ObjectNode json = CloudCall.object().put("type", ref.type()).put("name", ref.name());
        json.putObject("target").put("type", "commit").put("hash", ref.sha());
        return json;
    }

    private static Answer files(CloudCall call) {
        Repo repo = call.repository(Account.Role.READ);
        RevCommit commit = repo.git().commit(call.commit(repo)).orElseThrow();
        Tree tree = new Tree(repo.git(), commit);
        String path = call.variable("path").replaceAll("/+$", "");
        if (!path.isEmpty() && tree.entry(path).filter(Tree.Entry::folder).isEmpty()) {
            throw BitbucketError.cloud(404, "No such file or directory: " + path);
        }
        return call.page(tree.list(path, false), entry -> CloudCall.object()
                .put("path", entry.path()).put("type", entry.folder() ? "commit_directory" : "commit_file"));
    }
}
