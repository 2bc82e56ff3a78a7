package io.jenkins.plugins.scmchecks.forge.github;

import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.nodeId;
import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.object;
import static io.jenkins.plugins.scmchecks.forge.github.RepoJson.time;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.Review;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.List;
import java.util.OptionalInt;

/** Pull requests, reviews and comments as GitHub writes them. */
final class PullJson {

    private final GitHub github;
    private final Urls urls;
    private final RepoJson repos;
    private final AppJson apps;

    PullJson(GitHub github) {
        this.github = github;
        this.urls = github.urls();
        this.repos = new RepoJson(github);
        this.apps = new AppJson(github);
    }

    ObjectNode pull(PullRequest pull) {
        String api = urls.api(pull);
        ObjectNode json = object()
                .put("url", api)
                .put("id", pull.id())
                .put("node_id", nodeId("PR", pull.id()))
                .put("html_url", urls.html(pull))
                .put("diff_url", urls.html(pull) + ".diff")
                .put("patch_url", urls.html(pull) + ".patch")
                .put("issue_url", urls.api(pull.repo()) + "/issues/" + pull.number())
                .put("commits_url", api + "/commits")
                .put("review_comments_url", api + "/comments")
                .put("review_comment_url", urls.api(pull.repo()) + "/pulls/comments{/number}")
                .put("comments_url", urls.api(pull.repo()) + "/issues/" + pull.number() + "/comments")
                .put("statuses_url", urls.api(pull.repo()) + "/statuses/" + pull.headSha())
                .put("number", pull.number())
                .put("state", pull.open() ? "open" : "closed")
                .put("locked", false)
                .put("title", pull.title())
                .put("body", pull.body())
                .put("created_at", time(pull.createdAt()))
                .put("updated_at", time(pull.updatedAt()))
                .put("closed_at", time(pull.closedAt()))
                .put("merged_at", pull.merged() ? time(pull.closedAt()) : null)
                .put("merge_commit_sha", pull.merged() ? pull.mergeSha() : pull.testMergeSha())
                .put("draft", false)
                .put("author_association", association(pull, pull.author()));
        json.set("user", repos.account(pull.author()));
        link(json, "self", api);
        link(json, "html", urls.html(pull));
        for (String of : List.of("issue", "comments", "review_comments", "review_comment", "commits", "statuses")) {
            link(json, of, json.get(of + "_url").asText());
        }
        json.putNull("assignee");
        json.putNull("milestone");
        json.putNull("auto_merge");
        json.putArray("labels");
        json.putArray("assignees");
        json.putArray("requested_reviewers");
        json.set("head", end(pull.headRepo(), pull.headRef(), pull.headSha()));
        json.set("base", end(pull.repo(), pull.baseRef(), pull.baseSha()));
        return json;
    }

    /** {@return with the counts that only a single pull request has} */
    ObjectNode fullPull(PullRequest pull) {
        Diff diff = pull.diff();
        return pull(pull)
                .put("merged", pull.merged())
                .putNull("merged_by")
                .put("mergeable", pull.open() ? pull.testMergeSha() != null : null)
                .put("mergeable_state", !pull.open() ? "unknown" : pull.testMergeSha() == null ? "dirty" : "clean")
                .put("comments", pull.comments().size())
                .put("review_comments", pull.threads().stream().mapToInt(thread -> thread.comments().size()).sum())
                .put("maintainer_can_modify", false)
                .put("commits", pull.commits().size())
                .put("additions", diff.files().stream().mapToInt(FileDiff::additions).sum())
                .put("deletions", diff.files().stream().mapToInt(FileDiff::deletions).sum())
                .put("changed_files", diff.files().size());
    }

    /** {@return as check runs refer to it} */
    ObjectNode minimalPull(PullRequest pull) {
        ObjectNode json = object().put("url", urls.api(pull)).put("id", pull.id()).put("number", pull.number());
        json.set("head", minimalEnd(pull.headRepo(), pull.headRef(), pull.headSha()));
        json.set("base", minimalEnd(pull.repo(), pull.baseRef(), pull.baseSha()));
        return json;
    }

    ObjectNode review(PullRequest pull, Review review) {
        ObjectNode json = object()
                .put("id", review.id())
                .put("node_id", nodeId("PRR", review.id()))
                .put("body", review.body())
                .put("state", review.state())
                .put("html_url", urls.html(pull) + "#pullrequestreview-" + review.id())
                .put("pull_request_url", urls.api(pull))
                .put("commit_id", review.sha())
                .put("submitted_at", time(review.submittedAt()))
                .put("author_association", association(pull, review.author()));
        json.set("user", repos.account(review.author()));
        link(json, "html", urls.html(pull) + "#pullrequestreview-" + review.id());
        link(json, "pull_request", urls.api(pull));
        return json;
    }

    private static void link(ObjectNode json, String relation, String address) {
        json.withObject("/_links").putObject(relation).put("href", address);
    }

    ObjectNode issueComment(PullRequest pull, Comment comment) {
        ObjectNode json = comment(pull, comment)
                .put("node_id", nodeId("IC", comment.id()))
                .put("url", urls.api(pull.repo()) + "/issues/comments/" + comment.id())
                .put("html_url", urls.html(pull) + "#issuecomment-" + comment.id())
                .put("issue_url", urls.api(pull.repo()) + "/issues/" + pull.number());
        return json;
    }

    ObjectNode reviewComment(ReviewThread thread, Comment comment) {
        PullRequest pull = thread.pullRequest();
        ReviewThread.Anchor original = thread.original();
        ReviewThread.Anchor now = thread.anchor().orElse(null);
        ObjectNode json = comment(pull, comment)
                .put("node_id", nodeId("PRRC", comment.id()))
                .put("url", urls.api(pull.repo()) + "/pulls/comments/" + comment.id())
                .put("html_url", urls.html(pull) + "#discussion_r" + comment.id())
                .put("pull_request_url", urls.api(pull))
                .put("pull_request_review_id", comment.reviewId() == 0 ? null : comment.reviewId())
                .put("path", now == null ? original.path() : now.path())
                .put("commit_id", now == null ? thread.originalSha() : pull.headSha())
                .put("original_commit_id", thread.originalSha())
                .put("diff_hunk", hunk(pull, now))
                .put("position", position(pull, now))
                .put("original_position", position(pull, now == null ? original : now))
                .put("line", now == null || now.line() == 0 ? null : now.line())
                .put("original_line", original.line() == 0 ? null : original.line())
                .put("start_line", now != null && now.multiLine() ? now.startLine() : null)
                .put("original_start_line", original.multiLine() ? original.startLine() : null)
                .put("side", original.side().name())
                .put("start_side", original.multiLine() ? original.startSide().name() : null)
                .put("subject_type", original.line() == 0 ? "file" : "line");
        Comment first = thread.comments().get(0);
        if (first != comment) {
            json.put("in_reply_to_id", first.id());
        }
        return json;
    }

    private ObjectNode comment(PullRequest pull, Comment comment) {
        ObjectNode json = object()
                .put("id", comment.id())
                .put("body", comment.body())
                .put("created_at", time(comment.createdAt()))
                .put("updated_at", time(comment.updatedAt()))
                .put("author_association", association(pull, comment.author()));
        json.set("user", repos.account(comment.author()));
        github.appOf(comment.author()).ifPresentOrElse(
                app -> json.set("performed_via_github_app", apps.app(app)),
                () -> json.putNull("performed_via_github_app"));
        return json;
    }

    private static Integer position(PullRequest pull, ReviewThread.Anchor anchor) {
        if (anchor == null || anchor.line() == 0) {
            return null;
        }
        OptionalInt position = pull.diff().file(anchor.path()).map(file -> file.position(anchor.side(), anchor.line()))
                .orElse(OptionalInt.empty());
        return position.isPresent() ? position.getAsInt() : null;
    }

    private static String hunk(PullRequest pull, ReviewThread.Anchor anchor) {
        if (anchor == null) {
            return "";
        }
        return pull.diff().file(anchor.path()).flatMap(file -> file.hunk(anchor.side(), anchor.line()))
                .map(hunk -> {
                    StringBuilder text = new StringBuilder(hunk.heading());
                    for (FileDiff.Line line : hunk.lines()) {
                        text.append('\n').append(line.mark()).append(line.text());
                        if (line.on(anchor.side()) == anchor.line()) {
                            break;
                        }
                    }
                    return text.toString();
                }).orElse("");
    }

    private ObjectNode end(Repo repo, String ref, String sha) {
        ObjectNode json = object().put("label", repo.owner().login() + ":" + ref).put("ref", ref).put("sha", sha);
        json.set("user", repos.account(repo.owner()));
        json.set("repo", repos.repo(repo));
        return json;
    }

    private ObjectNode minimalEnd(Repo repo, String ref, String sha) {
        ObjectNode json = object().put("ref", ref).put("sha", sha);
        json.putObject("repo").put("id", repo.id()).put("url", urls.api(repo)).put("name", repo.name());
        return json;
    }

    private static String association(PullRequest pull, Account author) {
        if (pull.repo().owner() == author) {
            return "OWNER";
        }
        return pull.repo().owner().roleOf(author) == Account.Role.NONE ? "NONE" : "MEMBER";
    }
}
