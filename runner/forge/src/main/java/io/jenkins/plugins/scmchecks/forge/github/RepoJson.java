package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** Accounts, repositories and commits as GitHub writes them. */
final class RepoJson {

    private final Urls urls;
    private final ForgeState state;

    RepoJson(GitHub github) {
        this.urls = github.urls();
        this.state = github.state();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** {@return ISO 8601 in whole seconds, or null} */
    static String time(Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String nodeId(String type, long id) {
        return type + "_" + Base64.getUrlEncoder().withoutPadding()
                .encodeToString((type + ":" + id).getBytes(StandardCharsets.US_ASCII));
    }

    ObjectNode account(Account account) {
        if (account == null) {
            return null;
        }
        String type = switch (account.kind()) {
            case USER -> "User";
            case ORGANIZATION -> "Organization";
            case BOT -> "Bot";
        };
        ObjectNode json = object()
                .put("login", account.login())
                .put("id", account.id())
                .put("node_id", nodeId(type.substring(0, 1), account.id()))
                .put("avatar_url", urls.html() + "/avatars/" + account.id())
                .put("gravatar_id", "")
                .put("url", urls.api(account))
                .put("html_url", account.kind() == Account.Kind.BOT
                        ? urls.html() + "/apps/" + account.login().replace("[bot]", "")
                        : urls.html(account))
                .put("type", type)
                .put("site_admin", false);
        UrlTemplates.ACCOUNT.addTo(json, urls.api(account));
        return json;
    }

    ObjectNode fullAccount(Account account) {
        return account(account)
                .put("name", account.login())
                .putNull("email")
                .putNull("bio")
                .putNull("blog")
                .putNull("company")
                .putNull("hireable")
                .putNull("location")
                .put("followers", 0)
                .put("following", 0)
                .put("public_gists", 0)
                .put("public_repos", state.reposOf(account).stream().filter(repo -> !repo.isPrivate()).count())
                .put("created_at", "2020-01-01T00:00:00Z")
                .put("updated_at", "2020-01-01T00:00:00Z");
    }

    ObjectNode organization(Account account) {
        String api = urls.api() + "/orgs/" + account.login();
        ObjectNode json = object()
                .put("login", account.login())
                .put("id", account.id())
                .put("node_id", nodeId("O", account.id()))
                .put("url", api)
                .put("html_url", urls.html(account))
                .put("avatar_url", urls.html() + "/avatars/" + account.id())
                .put("description", "")
                .put("name", account.login())
                .put("type", "Organization")
                .put("has_organization_projects", false)
                .put("has_repository_projects", false)
                .put("followers", 0)
                .put("following", 0)
                .put("public_gists", 0)
                .put("public_repos", state.reposOf(account).stream().filter(repo -> !repo.isPrivate()).count())
                .put("created_at", "2020-01-01T00:00:00Z")
                .put("updated_at", "2020-01-01T00:00:00Z")
                .putNull("archived_at");
        UrlTemplates.ORGANIZATION.addTo(json, api);
        return json;
    }

    ObjectNode repo(Repo repo) {
        String api = urls.api(repo);
        String html = urls.html(repo);
        long open = repo.pullRequests().stream().filter(pull -> pull.open()).count();
        ObjectNode json = object()
                .put("id", repo.id())
                .put("node_id", nodeId("R", repo.id()))
                .put("name", repo.name())
                .put("full_name", repo.fullName())
                .put("private", repo.isPrivate())
                .put("visibility", repo.isPrivate() ? "private" : "public")
                .put("html_url", html)
                .put("description", (String) null)
                .put("fork", repo.parent().isPresent())
                .put("url", api)
                .put("created_at", time(repo.createdAt()))
                .put("updated_at", time(repo.createdAt()))
                .put("pushed_at", time(repo.createdAt()))
                .put("git_url", html.replaceFirst("^https?", "git") + ".git")
                .put("ssh_url", "git@localhost:" + repo.fullName() + ".git")
                .put("clone_url", html + ".git")
                .put("svn_url", html)
                .put("size", 1)
                .put("stargazers_count", 0)
                .put("watchers_count", 0)
                .put("forks", forks(repo))
                .put("forks_count", forks(repo))
                .put("watchers", 0)
                .put("open_issues", open)
                .put("open_issues_count", open)
                .putNull("language")
                .putNull("license")
                .putNull("mirror_url")
                .putNull("homepage")
                .put("has_issues", true)
                .put("has_projects", false)
                .put("has_downloads", true)
                .put("has_wiki", false)
                .put("has_pages", false)
                .put("archived", false)
                .put("disabled", false)
                .put("default_branch", repo.defaultBranch());
        UrlTemplates.REPOSITORY.addTo(json, api);
        json.set("owner", account(repo.owner()));
        return json;
    }

    /** {@return with permissions and parent, as a single repository is shown} */
    ObjectNode fullRepo(Repo repo, Account viewer) {
        ObjectNode json = permissions(repo, viewer)
                .put("has_discussions", false)
                .put("network_count", forks(repo))
                .put("subscribers_count", 0);
        repo.parent().ifPresent(parent -> {
            json.set("parent", repo(parent));
            json.set("source", repo(parent));
        });
        if (repo.owner().kind() == Account.Kind.ORGANIZATION) {
            json.set("organization", account(repo.owner()));
        }
        return json;
    }

    /** {@return with the viewer's permissions, as lists show it} */
    ObjectNode permissions(Repo repo, Account viewer) {
        ObjectNode json = repo(repo);
        Account.Role role = repo.roleOf(viewer);
        json.putObject("permissions")
                .put("admin", role.includes(Account.Role.ADMIN))
                .put("maintain", role.includes(Account.Role.ADMIN))
                .put("push", role.includes(Account.Role.WRITE))
                .put("triage", role.includes(Account.Role.WRITE))
                .put("pull", role.includes(Account.Role.READ));
        return json;
    }

    ObjectNode minimalRepo(Repo repo) {
        return object()
                .put("id", repo.id())
                .put("node_id", nodeId("R", repo.id()))
                .put("name", repo.name())
                .put("full_name", repo.fullName())
                .put("private", repo.isPrivate());
    }

    ObjectNode branch(Repo repo, String name, ObjectId id) {
        ObjectNode json = object().put("name", name).put("protected", false);
        json.putObject("commit").put("sha", id.name()).put("url", urls.api(repo) + "/commits/" + id.name());
        return json;
    }

    ObjectNode ref(Repo repo, String fullName, ObjectId id) {
        ObjectNode json = object()
                .put("ref", fullName)
                .put("node_id", nodeId("REF", repo.id()))
                .put("url", urls.api(repo) + "/git/" + fullName);
        json.putObject("object")
                .put("sha", id.name())
                .put("type", "commit")
                .put("url", urls.api(repo) + "/git/commits/" + id.name());
        return json;
    }

    ObjectNode commit(Repo repo, RevCommit commit) {
        String api = urls.api(repo) + "/commits/" + commit.name();
        ObjectNode json = object()
                .put("sha", commit.name())
                .put("node_id", "C_" + commit.name())
                .put("url", api)
                .put("html_url", urls.html(repo) + "/commit/" + commit.name())
                .put("comments_url", api + "/comments");
        ObjectNode inner = json.putObject("commit").put("message", commit.getFullMessage())
                .put("url", urls.api(repo) + "/git/commits/" + commit.name()).put("comment_count", 0);
        inner.set("author", person(commit.getAuthorIdent()));
        inner.set("committer", person(commit.getCommitterIdent()));
        inner.putObject("tree").put("sha", commit.getTree().name())
                .put("url", urls.api(repo) + "/git/trees/" + commit.getTree().name());
        json.set("author", state.findAccount(commit.getAuthorIdent().getName()).map(this::account).orElse(null));
        json.set("committer",
                state.findAccount(commit.getCommitterIdent().getName()).map(this::account).orElse(null));
        ArrayNode parents = json.putArray("parents");
        for (RevCommit parent : commit.getParents()) {
            parents.addObject().put("sha", parent.name())
                    .put("url", urls.api(repo) + "/commits/" + parent.name())
                    .put("html_url", urls.html(repo) + "/commit/" + parent.name());
        }
        return json;
    }

    ObjectNode file(Repo repo, String sha, FileDiff file) {
        ObjectNode json = object()
                .put("sha", file.newBlob())
                .put("filename", file.path())
                .put("status", file.kind().name().toLowerCase(Locale.ROOT))
                .put("additions", file.additions())
                .put("deletions", file.deletions())
                .put("changes", file.additions() + file.deletions())
                .put("blob_url", urls.html(repo) + "/blob/" + sha + "/" + file.path())
                .put("raw_url", urls.html(repo) + "/raw/" + sha + "/" + file.path())
                .put("contents_url", urls.api(repo) + "/contents/" + file.path() + "?ref=" + sha);
        if (file.kind() == FileDiff.Kind.RENAMED) {
            json.put("previous_filename", file.oldPath());
        }
        if (!file.hunks().isEmpty()) {
            json.put("patch", file.patch());
        }
        return json;
    }

    private long forks(Repo repo) {
        return state.repos().stream().filter(other -> other.parent().filter(repo::equals).isPresent()).count();
    }

    private static ObjectNode person(PersonIdent person) {
        return object().put("name", person.getName()).put("email", person.getEmailAddress())
                .put("date", time(person.getWhenAsInstant()));
    }
}
