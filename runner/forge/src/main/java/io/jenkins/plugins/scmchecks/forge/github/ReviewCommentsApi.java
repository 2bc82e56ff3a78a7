package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Comments on lines, one by one. */
final class ReviewCommentsApi {

    private static final String RESOURCE = "PullRequestReviewComment";

    /** A comment and the thread it is in. */
    private record Placed(ReviewThread thread, Comment comment) {}

    private final GitHub github;
    private final PullJson json;

    ReviewCommentsApi(GitHub github) {
        this.github = github;
        this.json = new PullJson(github);
    }

    void addTo(Router<Endpoint> router) {
        String pulls = "/repos/{owner}/{repo}/pulls";
        router.add("GET", pulls + "/{number}/comments", this::list);
        router.add("POST", pulls + "/{number}/comments", this::create);
        router.add("POST", pulls + "/{number}/comments/{id}/replies", this::reply);
        router.add("GET", pulls + "/comments/{id}", this::get);
        router.add("PATCH", pulls + "/comments/{id}", this::edit);
        router.add("DELETE", pulls + "/comments/{id}", this::delete);
    }

    private Answer list(Call call) {
        PullRequest pull = call.pull(Level.READ, "pull_requests");
        return call.page(comments(pull), placed -> json.reviewComment(placed.thread(), placed.comment()));
    }

    private Answer get(Call call) {
        return answer(200, find(call, Level.READ));
    }

    private Answer create(Call call) {
        PullRequest pull = call.pull(Level.WRITE, "pull_requests");
        JsonNode body = call.json();
        String text = call.required(RESOURCE, "body");
        if (body.hasNonNull("in_reply_to")) {
            return answer(201, reply(call, thread(pull, body.path("in_reply_to").asLong()), text));
        }
        if (!body.hasNonNull("commit_id")) {
            throw GitHubError.validation(RESOURCE, "commit_id", "missing_field", null);
        }
        String sha = ReviewsApi.headOf(pull, body);
        try {
            ReviewThread.Anchor anchor = CommentAnchor.of(pull, body);
            return answer(201, reply(call, pull.addThread(anchor, sha), text));
        } catch (CommentAnchor.Misplaced e) {
            String field = "pull_request_review_thread." + e.field();
            String message = switch (e.field()) {
                case "path" -> field + " is invalid";
                case "line" -> field + " must be part of the diff";
                default -> "pull_request_review_thread." + e.getMessage();
            };
            throw GitHubError.validation(RESOURCE, field, "custom", message);
        }
    }

    private Answer reply(Call call) {
        PullRequest pull = call.pull(Level.WRITE, "pull_requests");
        String text = call.required(RESOURCE, "body");
        return answer(201, reply(call, thread(pull, call.number("id")), text));
    }

    private Placed reply(Call call, ReviewThread thread, String text) {
        Comment comment = new Comment(github.state().nextId(), call.actor(), text, github.state().now(), 0);
        thread.comments().add(comment);
        return new Placed(thread, comment);
    }

    /** Replies go to a thread's first comment only, as on GitHub. */
    private static ReviewThread thread(PullRequest pull, long firstComment) {
        return pull.threads().stream()
                .filter(thread -> thread.comments().get(0).id() == firstComment)
                .findFirst()
                .orElseThrow(GitHubError::notFound);
    }

    private Answer edit(Call call) {
        Placed placed = find(call, Level.WRITE);
        placed.comment().edit(call.required(RESOURCE, "body"), github.state().now());
        return answer(200, placed);
    }

    private Answer delete(Call call) {
        Placed placed = find(call, Level.WRITE);
        placed.thread().comments().remove(placed.comment());
        if (placed.thread().comments().isEmpty()) {
            placed.thread().pullRequest().threads().remove(placed.thread());
        }
        return Answer.empty(204);
    }

    private static Placed find(Call call, Level level) {
        Repo repo = call.repo(level, "pull_requests");
        long id = call.number("id");
        return repo.pullRequests().stream()
                .flatMap(pull -> comments(pull).stream())
                .filter(placed -> placed.comment().id() == id)
                .findFirst()
                .orElseThrow(GitHubError::notFound);
    }

    private static List<Placed> comments(PullRequest pull) {
        List<Placed> comments = new ArrayList<>();
        for (ReviewThread thread : pull.threads()) {
            thread.comments().forEach(comment -> comments.add(new Placed(thread, comment)));
        }
        comments.sort(Comparator.comparingLong(placed -> placed.comment().id()));
        return comments;
    }

    private Answer answer(int status, Placed placed) {
        return Answer.json(status, json.reviewComment(placed.thread(), placed.comment()));
    }
}
