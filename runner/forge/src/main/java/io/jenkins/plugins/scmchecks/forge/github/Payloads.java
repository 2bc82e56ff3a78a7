package io.jenkins.plugins.scmchecks.forge.github;

import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.object;
import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent.CheckRerequested;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent.PullRequestChanged;
import io.jenkins.plugins.scmchecks.forge.model.ForgeEvent.RefMoved;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** The bodies of webhooks, without what differs from hook to hook (the installation). */
final class Payloads {

    private static final int MOST_COMMITS = 2048;
    private static final String HEADS = "refs/heads/";
    private static final String TAGS = "refs/tags/";

    private final GitHub github;
    private final RepoJson repos;
    private final PullJson pulls;
    private final CheckJson checks;
    private final AppJson apps;

    Payloads(GitHub github) {
        this.github = github;
        this.repos = new RepoJson(github);
        this.pulls = new PullJson(github);
        this.checks = new CheckJson(github);
        this.apps = new AppJson(github);
    }

    ObjectNode push(RefMoved event) {
        Repo repo = event.repo();
        ObjectNode json = object()
                .put("ref", event.ref())
                .put("before", event.before().name())
                .put("after", event.after().name())
                .put("created", event.created())
                .put("deleted", event.deleted())
                .put("forced", event.forced())
                .putNull("base_ref")
                .put("compare", github.urls().html(repo) + "/compare/" + event.before().abbreviate(12).name() + "..."
                        + event.after().abbreviate(12).name());
        ArrayNode commits = json.putArray("commits");
        json.putNull("head_commit");
        if (!event.deleted()) {
            List<RevCommit> added = new ArrayList<>(repo.git().log(event.after(),
                    event.created() ? defaultBranch(repo, event.after()) : event.before(), MOST_COMMITS));
            Collections.reverse(added);
            added.forEach(commit -> commits.add(commit(repo, commit)));
            repo.git().commit(event.after()).ifPresent(head -> json.set("head_commit", commit(repo, head)));
        }
        ObjectNode repository = repos.repo(repo);
        // Pushes have some fields of a repository in another shape than all else.
        repository.put("created_at", repo.createdAt().getEpochSecond());
        repository.put("pushed_at", github.state().now().getEpochSecond());
        repository.put("master_branch", repo.defaultBranch());
        repository.put("url", github.urls().html(repo));
        if (repo.owner().kind() == Account.Kind.ORGANIZATION) {
            repository.put("organization", repo.owner().login());
        }
        ((ObjectNode) repository.get("owner")).put("name", repo.owner().login())
                .put("email", repo.owner().login() + "@users.noreply.localhost");
        json.putObject("pusher").put("name", event.sender().login())
                .put("email", event.sender().login() + "@users.noreply.localhost");
        json.set("repository", repository);
        return finish(json, repo, event.sender());
    }

    /** {@return the body of {@code create} or {@code delete}} */
    ObjectNode ref(RefMoved event) {
        boolean tag = event.ref().startsWith(TAGS);
        ObjectNode json = object()
                .put("ref", event.ref().substring((tag ? TAGS : HEADS).length()))
                .put("ref_type", tag ? "tag" : "branch")
                .put("pusher_type", "user");
        if (event.created()) {
            json.put("master_branch", event.repo().defaultBranch()).putNull("description");
        }
        return inRepo(json, event.repo(), event.sender());
    }

    ObjectNode pullRequest(PullRequestChanged event) {
        PullRequest pull = event.pullRequest();
        ObjectNode json = object()
                .put("action", switch (event.action()) {
                    case OPENED -> "opened";
                    case SYNCHRONIZED -> "synchronize";
                    case REOPENED -> "reopened";
                    case RETARGETED, EDITED -> "edited";
                    case CLOSED, MERGED -> "closed";
                })
                .put("number", pull.number());
        json.set("pull_request", pulls.fullPull(pull));
        if (event.action() == PullRequestChanged.Action.SYNCHRONIZED) {
            json.put("before", event.before()).put("after", pull.headSha());
        }
        if (event.action() == PullRequestChanged.Action.RETARGETED) {
            ObjectNode base = json.putObject("changes").putObject("base");
            base.putObject("ref").put("from", event.before());
            base.putObject("sha").put("from", event.beforeSha());
        } else if (event.action() == PullRequestChanged.Action.EDITED) {
            json.putObject("changes").putObject("title").put("from", pull.title());
        }
        return inRepo(json, pull.repo(), event.sender());
    }

    ObjectNode checkRun(CheckRerequested event) {
        ObjectNode json = object().put("action", "rerequested");
        ObjectNode check = checks.check(event.check());
        check.set("check_suite", checks.suite(event.repo(), List.of(event.check())));
        json.set("check_run", check);
        return inRepo(json, event.repo(), event.sender());
    }

    ObjectNode installation(Installation installation, String action, List<Repo> repositories, Account sender) {
        ObjectNode json = object().put("action", action);
        json.set("installation", apps.installation(installation));
        json.set("repositories", list(repositories));
        json.set("sender", repos.account(sender));
        json.set("requester", null);
        return json;
    }

    ObjectNode repositories(Installation installation, String action, List<Repo> changed, Account sender) {
        ObjectNode json = object()
                .put("action", action)
                .put("repository_selection", installation.selection() ? "selected" : "all");
        json.set("installation", apps.installation(installation));
        json.set("repositories_added", list(action.equals("added") ? changed : List.of()));
        json.set("repositories_removed", list(action.equals("removed") ? changed : List.of()));
        json.set("sender", repos.account(sender));
        return json;
    }

    /** @param target the repository or organization that the hook belongs to */
    ObjectNode ping(ObjectNode hook, Object target, Account sender) {
        ObjectNode json = object().put("zen", "Design for failure.").put("hook_id", hook.get("id").asLong());
        json.set("hook", hook);
        if (target instanceof Repo repo) {
            return inRepo(json, repo, sender);
        }
        json.set("organization", repos.organization((Account) target));
        json.set("sender", repos.account(sender));
        return json;
    }

    private ArrayNode list(List<Repo> repositories) {
        ArrayNode json = RepoJson.array();
        repositories.forEach(repo -> json.add(repos.minimalRepo(repo)));
        return json;
    }

    private ObjectNode inRepo(ObjectNode json, Repo repo, Account sender) {
        json.set("repository", repos.repo(repo));
        return finish(json, repo, sender);
    }

    private ObjectNode finish(ObjectNode json, Repo repo, Account sender) {
        if (repo.owner().kind() == Account.Kind.ORGANIZATION) {
            json.set("organization", repos.organization(repo.owner()));
        }
        json.set("sender", repos.account(sender));
        return json;
    }

    private static ObjectId defaultBranch(Repo repo, ObjectId head) {
        return repo.git().branch(repo.defaultBranch()).filter(id -> !id.equals(head)).orElse(null);
    }

    private ObjectNode commit(Repo repo, RevCommit commit) {
        ObjectNode json = object()
                .put("id", commit.name())
                .put("tree_id", commit.getTree().name())
                .put("distinct", true)
                .put("message", commit.getFullMessage())
                .put("timestamp", time(commit.getAuthorIdent().getWhenAsInstant()))
                .put("url", github.urls().html(repo) + "/commit/" + commit.name());
        for (String role : List.of("author", "committer")) {
            json.putObject(role).put("name", commit.getAuthorIdent().getName())
                    .put("email", commit.getAuthorIdent().getEmailAddress())
                    .put("username", commit.getAuthorIdent().getName());
        }
        ArrayNode added = json.putArray("added");
        ArrayNode removed = json.putArray("removed");
        ArrayNode modified = json.putArray("modified");
        ObjectId parent = commit.getParentCount() == 0 ? null : commit.getParent(0);
        for (FileDiff file : Diff.between(repo.git(), parent, commit).files()) {
            switch (file.kind()) {
                case ADDED -> added.add(file.newPath());
                case MODIFIED -> modified.add(file.newPath());
                case REMOVED -> removed.add(file.oldPath());
                case RENAMED -> {
                    removed.add(file.oldPath());
                    added.add(file.newPath());
                }
            }
        }
        return json;
    }
}
