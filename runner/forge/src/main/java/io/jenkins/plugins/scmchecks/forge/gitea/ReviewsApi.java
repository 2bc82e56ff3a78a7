package io.jenkins.plugins.scmchecks.forge.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff.Side;
import io.jenkins.plugins.scmchecks.forge.gitea.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.Review;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread.Anchor;
import java.util.ArrayList;
import java.util.List;

/** Reviews with comments on lines. A draft is seen by its author alone. */
final class ReviewsApi {

    private static final String REVIEWS = "/repos/{owner}/{repo}/pulls/{number}/reviews";

    private static final String COMMENT = "/repos/{owner}/{repo}/pulls/comments/{id}";

    void addTo(Router<Endpoint> router) {
        router.add("GET", REVIEWS, Endpoint.of(ReviewsApi::list, "repository"));
        router.add("POST", REVIEWS, Endpoint.of(ReviewsApi::create, "repository"));
        router.add("DELETE", REVIEWS + "/{id}", Endpoint.of(ReviewsApi::delete, "repository"));
        router.add("GET", REVIEWS + "/{id}/comments", Endpoint.of(ReviewsApi::comments, "repository"));
        router.add("POST", COMMENT + "/resolve", Endpoint.of(call -> resolve(call, true), "repository"));
        router.add("POST", COMMENT + "/unresolve", Endpoint.of(call -> resolve(call, false), "repository"));
    }

    private static Answer list(Call call) {
        PullRequest pull = call.pull(Account.Role.READ);
        return call.page(visible(call, pull), false, review -> json(pull, review));
    }

    private static List<Review> visible(Call call, PullRequest pull) {
        return pull.reviews().stream()
                .filter(review -> !review.state().equals("PENDING") || review.author() == call.user())
                .toList();
    }

    private static Review find(Call call, PullRequest pull) {
        long id = call.number("id");
        return visible(call, pull).stream().filter(review -> review.id() == id).findFirst()
                .orElseThrow(GiteaError::notFound);
    }

    private static List<ReviewThread> threads(PullRequest pull, Review review) {
        return pull.threads().stream()
                .filter(thread -> thread.comments().get(0).reviewId() == review.id())
                .toList();
    }

    /** All of them, whatever page is asked for. */
    private static Answer comments(Call call) {
        PullRequest pull = call.pull(Account.Role.READ);
        Review review = find(call, pull);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (ReviewThread thread : threads(pull, review)) {
            thread.comments().forEach(comment -> list.add(json(call, pull, review, thread, comment)));
        }
        return Answer.json(200, list);
    }

    private static Answer create(Call call) {
        PullRequest pull = call.pull(Account.Role.READ);
        JsonNode body = call.json("body", "commit_id", "event", "comments");
        JsonNode comments = body.path("comments");
        String text = body.path("body").asText("");
        String state = switch (body.path("event").asText("")) {
            case "", "PENDING" -> "PENDING";
            case "COMMENT" -> "COMMENTED";
            case "APPROVED" -> "APPROVED";
            case "REQUEST_CHANGES" -> "CHANGES_REQUESTED";
            default -> throw GiteaError.invalid("review event is unknown");
        };
        if (state.equals("COMMENTED") && text.isBlank() && comments.isEmpty()) {
            throw GiteaError.invalid("review event COMMENT requires a body or a comment");
        }
        String sha = body.path("commit_id").asText(pull.headSha());
        if (pull.repo().git().commit(sha).isEmpty()) {
            throw GiteaError.notFound();
        }
        List<Anchor> anchors = new ArrayList<>();
        comments.forEach(comment -> anchors.add(anchor(pull, comment)));
        Review review = new Review(call.gitea().state().nextId(), call.user(), text, state, sha,
                call.gitea().state().now());
        pull.reviews().add(review);
        for (int i = 0; i < anchors.size(); i++) {
            pull.addThread(anchors.get(i), sha).comments().add(new Comment(call.gitea().state().nextId(), call.user(),
                    comments.get(i).path("body").asText(), review.submittedAt(), review.id()));
        }
        return Answer.json(200, json(pull, review));
    }

    /** The real one takes lines beside the diff as well, and shows them nowhere: here that is a mistake. */
    private static Anchor anchor(PullRequest pull, JsonNode comment) {
        Call.only(comment, "path", "body", "new_position", "old_position");
        Call.text(comment);
        int newLine = comment.path("new_position").asInt(0);
        int oldLine = comment.path("old_position").asInt(0);
        if (newLine > 0 == oldLine > 0) {
            throw GiteaError.invalid("either new_position or old_position is needed");
        }
        Side side = newLine > 0 ? Side.RIGHT : Side.LEFT;
        int line = Math.max(newLine, oldLine);
        FileDiff file = pull.diff().file(comment.path("path").asText(""))
                .orElseThrow(() -> GiteaError.invalid("path is not in the diff"));
        if (file.hunk(side, line).isEmpty()) {
            throw GiteaError.invalid("line " + line + " is not in the diff");
        }
        return new Anchor(file.path(), side, line, side, line);
    }

    /** Since 1.26. */
    private static Answer resolve(Call call, boolean resolved) {
        Repo repo = call.repo(Account.Role.READ);
        long id = call.number("id");
        ReviewThread thread = repo.pullRequests().stream()
                .flatMap(pull -> pull.threads().stream())
                .filter(found -> call.gitea().resolves()
                        && found.comments().stream().anyMatch(comment -> comment.id() == id))
                .findFirst()
                .orElseThrow(GiteaError::notFound);
        call.repo(Account.Role.WRITE);
        thread.resolve(resolved ? call.user() : null);
        return Answer.empty(204);
    }

    private static Answer delete(Call call) {
        PullRequest pull = call.pull(Account.Role.READ);
        Review review = find(call, pull);
        if (review.author() != call.user()) {
            throw GiteaError.forbidden("only the author may delete a review");
        }
        pull.threads().removeAll(threads(pull, review));
        pull.reviews().remove(review);
        return Answer.empty(204);
    }

    private static ObjectNode json(PullRequest pull, Review review) {
        ObjectNode json = Json.object().put("id", review.id());
        json.set("user", Json.user(review.author()));
        return json.put("state", switch (review.state()) {
                    case "COMMENTED" -> "COMMENT";
                    case "CHANGES_REQUESTED" -> "REQUEST_CHANGES";
                    default -> review.state();
                })
                .put("body", review.body())
                .put("commit_id", review.sha())
                .put("stale", !review.sha().equals(pull.headSha()))
                .put("comments_count", threads(pull, review).size())
                .put("submitted_at", review.submittedAt().toString());
    }

    private static ObjectNode json(Call call, PullRequest pull, Review review, ReviewThread thread, Comment comment) {
        ObjectNode json = Json.comment(call.gitea(), pull, comment);
        json.remove("issue_url");
        boolean right = thread.original().side() == Side.RIGHT;
        json.put("pull_request_review_id", review.id())
                .put("path", thread.original().path())
                .put("commit_id", thread.originalSha())
                .put("original_commit_id", "")
                .put("diff_hunk", "")
                .put("position", right ? thread.original().line() : 0)
                .put("original_position", right ? 0 : thread.original().line());
        return thread.resolved()
                ? json.set("resolver", Json.user(thread.resolvedBy()))
                : json.putNull("resolver");
    }
}
