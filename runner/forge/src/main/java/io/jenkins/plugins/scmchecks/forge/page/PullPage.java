package io.jenkins.plugins.scmchecks.forge.page;

import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.Review;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A pull request: the conversation, the checks, the changed files. */
final class PullPage {

    /** The first shows all three, one below the other. */
    enum Tab { CONVERSATION, CHECKS, FILES }

    private record Entry(Instant at, Runnable write) {}

    private final PullRequest pull;
    private final Repo repo;
    private final String address;
    private final Diff diff;

    PullPage(PullRequest pull) {
        this.pull = pull;
        this.repo = pull.repo();
        this.address = "/" + repo.fullName() + "/pull/" + pull.number();
        this.diff = pull.diff();
    }

    Html render(Tab tab) {
        return Layout.page(pull.title() + " · Pull request #" + pull.number(), Layout.Trail.of(repo), html -> {
            title(html);
            tabs(html, tab);
            if (tab == Tab.CONVERSATION) {
                conversation(html);
            }
            if (tab != Tab.FILES) {
                html.start("h2").text("Checks").end();
                new ChecksView(repo, pull.headSha()).write(html);
            }
            if (tab != Tab.CHECKS) {
                html.start("h2").text("Files changed").end();
                new DiffView(repo, pull.headSha(), diff, pull.threads()).write(html);
            }
        });
    }

    private void title(Html html) {
        html.start("div", "class", "title").start("h1").text(pull.title() + " ")
                .element("span", "number", "#" + pull.number()).end();
        String state = RepoPages.state(pull);
        html.start("p", "class", "subtitle").start("span", "class", "state state-" + state).icon(Icon.PULL)
                .text(state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1)).end();
        html.element("strong", null, pull.author().login()).text(pull.merged() ? " merged " : " wants to merge ");
        html.count("commit", "commits", pull.commits().size()).text(" into ").element("code", "branch", pull.baseRef());
        html.text(" from ").element("code", "branch",
                (pull.fromFork() ? pull.headRepo().owner().login() + ":" : "") + pull.headRef()).end(2);
    }

    private void tabs(Html html, Tab current) {
        html.start("nav", "class", "tabs");
        tab(html, current == Tab.CONVERSATION, "", Icon.COMMENT, "Conversation",
                pull.comments().size() + pull.threads().size());
        tab(html, current == Tab.CHECKS, "/checks", Icon.SUCCESS, "Checks",
                new ChecksView(repo, pull.headSha()).count());
        tab(html, current == Tab.FILES, "/files", Icon.FILE, "Files changed", diff.files().size());
        html.start("span", "class", "counts")
                .element("span", "plus", "+" + diff.files().stream().mapToInt(FileDiff::additions).sum())
                .element("span", "minus", "−" + diff.files().stream().mapToInt(FileDiff::deletions).sum()).end();
        html.end();
    }

    private void tab(Html html, boolean current, String path, Icon icon, String name, int count) {
        html.start("a", "href", address + path, "class", current ? "tab current" : "tab").icon(icon).text(name)
                .element("span", "count", Integer.toString(count)).end();
    }

    private void conversation(Html html) {
        List<Entry> entries = new ArrayList<>();
        if (!pull.body().isBlank()) {
            entries.add(new Entry(pull.createdAt(),
                    () -> comment(html, pull.author(), pull.createdAt(), pull.body(), "description")));
        }
        for (Comment comment : pull.comments()) {
            entries.add(new Entry(comment.createdAt(), () ->
                    comment(html, comment.author(), comment.updatedAt(), comment.body(),
                            "issuecomment-" + comment.id())));
        }
        for (Review review : pull.reviews()) {
            entries.add(new Entry(review.submittedAt(), () -> review(html, review)));
        }
        entries.sort(Comparator.comparing(Entry::at));
        html.start("section", "class", "timeline");
        html.start("div", "class", "card compact");
        RepoPages.commits(html, repo, pull.commits());
        html.end();
        entries.forEach(entry -> entry.write().run());
        html.end();
    }

    private static void comment(Html html, Account author, Instant at, String body, String id) {
        html.start("article", "class", "comment", "id", id);
        html.start("div", "class", "comment-title");
        author(html, author);
        html.element("span", "muted", "commented on ").start("span", "class", "muted").time(at).end(2);
        html.start("div", "class", "comment-body").markdown(Markdown.render(body)).end(2);
    }

    private void review(Html html, Review review) {
        List<ReviewThread> threads = pull.threads().stream()
                .filter(thread -> thread.comments().get(0).reviewId() == review.id())
                .toList();
        html.start("article", "class", "review", "id", "pullrequestreview-" + review.id());
        html.start("p", "class", "review-title").start("span", "class", "bubble").icon(Icon.COMMENT).end();
        author(html, review.author());
        html.element("span", "muted", switch (review.state()) {
            case "APPROVED" -> "approved these changes";
            case "CHANGES_REQUESTED" -> "requested changes";
            default -> "reviewed";
        }).start("span", "class", "muted").time(review.submittedAt()).end(2);
        if (!review.body().isBlank()) {
            html.start("div", "class", "comment-body").markdown(Markdown.render(review.body())).end();
        }
        html.start("ul", "class", "review-threads");
        for (ReviewThread thread : threads) {
            ReviewThread.Anchor anchor = thread.anchor().orElse(thread.original());
            html.start("li").link("#thread-" + thread.id(), "mono",
                    anchor.path() + (anchor.line() == 0 ? "" : ":" + anchor.line()));
            if (thread.resolved()) {
                html.element("span", "label resolved", "Resolved");
            } else if (thread.anchor().isEmpty()) {
                html.element("span", "label outdated", "Outdated");
            } else {
                html.element("span", "label open", "Open");
            }
            html.end();
        }
        html.end(2);
    }

    static void author(Html html, Account author) {
        html.avatar(author.login()).element("strong", null, author.login().replace("[bot]", ""));
        if (author.kind() == Account.Kind.BOT) {
            html.element("span", "label", "bot");
        }
    }
}
