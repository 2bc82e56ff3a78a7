package io.jenkins.plugins.scmchecks.forge.page;

import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.git.Tree;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** A commit with its checks and its diff, a check alone, and a file of a commit. */
final class CommitPages {

    private static final int LARGEST_FILE = 1024 * 1024;

    private CommitPages() {}

    static Html commit(Repo repo, RevCommit commit) {
        return Layout.page(commit.getShortMessage(), Layout.Trail.of(repo), html -> {
            html.start("div", "class", "title").element("h1", null, commit.getShortMessage());
            html.start("p", "class", "subtitle").icon(Icon.COMMIT).element("code", "branch", commit.name())
                    .text(" by ").element("strong", null, commit.getAuthorIdent().getName()).end(2);
            html.element("h2", null, "Checks");
            new ChecksView(repo, commit.name()).write(html);
            html.element("h2", null, "Files changed");
            ObjectId parent = commit.getParentCount() == 0 ? null : commit.getParent(0);
            new DiffView(repo, commit.name(), Diff.between(repo.git(), parent, commit), List.of()).write(html);
        });
    }

    static Html check(Check check) {
        Repo repo = check.repo();
        return Layout.page(check.name(), Layout.Trail.of(repo), html -> {
            html.start("div", "class", "title").element("h1", null, check.name());
            html.start("p", "class", "subtitle").text("on commit ")
                    .link("/" + repo.fullName() + "/commit/" + check.sha(), "sha", check.sha().substring(0, 8)).end(2);
            ChecksView.check(html, check);
        });
    }

    static Optional<Html> file(Repo repo, String sha, String path) {
        Optional<RevCommit> commit = repo.git().commit(sha);
        if (commit.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        Tree tree = new Tree(repo.git(), commit.get());
        return tree.entry(path).filter(entry -> !entry.folder()).map(entry ->
                Layout.page(path, Layout.Trail.of(repo), html -> {
                    html.start("h1", "class", "plain").icon(Icon.FILE).text(path).end();
                    html.start("section", "class", "card file");
                    byte[] content = tree.read(entry);
                    if (content.length > LARGEST_FILE || RawText.isBinary(content)) {
                        html.element("div", "row muted", "Binary or large file, " + content.length + " bytes");
                    } else {
                        lines(html, new String(content, StandardCharsets.UTF_8));
                    }
                    html.end();
                }));
    }

    private static void lines(Html html, String text) {
        html.start("table", "class", "diff").start("tbody");
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            html.start("tr", "class", "context", "id", "L" + number).element("td", "number", Integer.toString(number))
                    .element("td", "code", line).end();
        }
        html.end(2);
    }
}
