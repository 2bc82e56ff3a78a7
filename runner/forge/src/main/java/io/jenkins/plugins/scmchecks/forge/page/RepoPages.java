package io.jenkins.plugins.scmchecks.forge.page;

import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;

/** The list of repositories, and one repository with its pull requests, branches and commits. */
final class RepoPages {

    private static final int MOST = 200;
    private static final int MOST_COMMITS = 20;

    private RepoPages() {}

    static Html index(Collection<Repo> repos) {
        return Layout.page("Repositories", Layout.Trail.of(), html -> {
            html.start("h1", "class", "plain").text("Repositories").end();
            if (repos.isEmpty()) {
                html.element("p", "empty", "There are no repositories yet.");
            }
            repos.stream().limit(MOST).forEach(repo -> {
                html.start("section", "class", "card");
                html.start("div", "class", "card-title").icon(Icon.REPOSITORY)
                        .link("/" + repo.fullName(), "strong", repo.fullName());
                html.element("span", "label", repo.isPrivate() ? "Private" : "Public");
                repo.parent().ifPresent(parent -> html.element("span", "muted", "fork of " + parent.fullName()));
                html.end();
                pulls(html, repo);
                html.end();
            });
        });
    }

    static Html repo(Repo repo) {
        return Layout.page(repo.fullName(), Layout.Trail.of(repo), html -> {
            html.start("h1", "class", "plain").icon(Icon.REPOSITORY).text(repo.fullName());
            html.element("span", "label", repo.isPrivate() ? "Private" : "Public").end();
            html.start("section", "class", "card").element("div", "card-title strong", "Pull requests");
            pulls(html, repo);
            html.end();
            html.start("section", "class", "card").element("div", "card-title strong", "Branches");
            repo.git().branches().forEach((name, id) -> html.start("div", "class", "row").icon(Icon.BRANCH)
                    .element("code", "branch", name)
                    .link("/" + repo.fullName() + "/commit/" + id.name(), "sha", id.abbreviate(8).name()).end());
            html.end();
            html.start("section", "class", "card").element("div", "card-title strong", "Commits");
            repo.git().branch(repo.defaultBranch()).ifPresent(head ->
                    commits(html, repo, repo.git().log(head, null, MOST_COMMITS)));
            html.end();
        });
    }

    private static void pulls(Html html, Repo repo) {
        List<PullRequest> newestFirst = new ArrayList<>(repo.pullRequests());
        Collections.reverse(newestFirst);
        if (newestFirst.isEmpty()) {
            html.element("div", "row muted", "No pull requests");
        }
        newestFirst.stream().limit(MOST).forEach(pull -> {
            html.start("div", "class", "row").start("span", "class", "state-" + state(pull)).icon(Icon.PULL).end();
            html.link("/" + repo.fullName() + "/pull/" + pull.number(), "strong", pull.title());
            marks(html, repo.checks(pull.headSha()));
            html.element("span", "muted", "#" + pull.number() + " by " + pull.author().login()).end();
        });
    }

    private static void marks(Html html, List<Check> checks) {
        checks.forEach(check -> html.start("span", "class", "mark", "title", check.name())
                .icon(Icon.of(check.conclusion())).end());
    }

    static void commits(Html html, Repo repo, List<RevCommit> commits) {
        for (RevCommit commit : commits) {
            html.start("div", "class", "row").icon(Icon.COMMIT);
            html.link("/" + repo.fullName() + "/commit/" + commit.name(), null, commit.getShortMessage());
            marks(html, repo.checks(commit.name()));
            html.element("span", "muted", commit.getAuthorIdent().getName());
            html.link("/" + repo.fullName() + "/commit/" + commit.name(), "sha", commit.abbreviate(8).name()).end();
        }
    }

    static String state(PullRequest pull) {
        return pull.open() ? "open" : pull.merged() ? "merged" : "closed";
    }
}
