package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Review;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.ArrayList;
import java.util.List;

/** Reviews: many comments on lines in one request. */
final class ReviewsApi {

    private static final int MOST_COMMENTS = 1000;

    private final GitHub github;
    private final PullJson json;

    ReviewsApi(GitHub github) {
        this.github = github;
        this.json = new PullJson(github);
    }

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/repos/{owner}/{repo}/pulls/{number}/reviews", this::list);
        router.add("POST", "/repos/{owner}/{repo}/pulls/{number}/reviews", this::create);
        router.add("GET", "/repos/{owner}/{repo}/pulls/{number}/reviews/{id}", this::get);
        router.add("GET", "/repos/{owner}/{repo}/pulls/{number}/reviews/{id}/comments", this::comments);
    }

    private Answer list(Call call) {
        PullRequest pull = call.pull(Level.READ, "pull_requests");
        return call.page(pull.reviews(), review -> json.review(pull, review));
    }

    private Answer get(Call call) {
        PullRequest pull = call.pull(Level.READ, "pull_requests");
        return Answer.json(200, json.review(pull, find(pull, call.number("id"))));
    }

    private static Review find(PullRequest pull, long id) {
        return pull.reviews().stream().filter(review -> review.id() == id).findFirst()
                .orElseThrow(GitHubError::notFound);
    }

    private Answer comments(Call call) {
        PullRequest pull = call.pull(Level.READ, "pull_requests");
        Review review = find(pull, call.number("id"));
        List<JsonNode> comments = new ArrayList<>();
        for (ReviewThread thread : pull.threads()) {
            for (Comment comment : thread.comments()) {
                if (comment.reviewId() == review.id()) {
                    comments.add(json.reviewComment(thread, comment));
                }
            }
        }
        return call.page(comments, comment -> comment);
    }

    private Answer create(Call call) {
        PullRequest pull = call.pull(Level.WRITE, "pull_requests");
        JsonNode body = call.json();
        String text = Call.checkLength("PullRequestReview", "body", call.text("body").orElse(""));
        String state = switch (body.path("event").asText("PENDING")) {
            case "COMMENT" -> "COMMENTED";
            case "APPROVE" -> "APPROVED";
            case "REQUEST_CHANGES" -> "CHANGES_REQUESTED";
            case "PENDING" -> "PENDING";
            default -> throw GitHubError.unprocessable("Variable $event of type PullRequestReviewEvent was provided "
                    + "invalid value");
        };
        if (pull.author() == call.actor() && (state.equals("APPROVED") || state.equals("CHANGES_REQUESTED"))) {
            throw GitHubError.unprocessable("Can not " + (state.equals("APPROVED") ? "approve" : "request changes on")
                    + " your own pull request");
        }
        JsonNode comments = body.path("comments");
        if (state.equals("COMMENTED") && text.isBlank() && comments.isEmpty()) {
            throw GitHubError.unprocessable("Review body can not be blank");
        }
        if (comments.size() > MOST_COMMENTS) {
            throw GitHubError.unprocessable("Too many comments");
        }
        String sha = headOf(pull, body);
        List<ReviewThread.Anchor> anchors = new ArrayList<>();
        for (JsonNode comment : comments) {
            anchors.add(check(pull, comment));
        }
        Review review = new Review(
                github.state().nextId(), call.actor(), text, state, sha, github.state().now());
        pull.reviews().add(review);
        for (int i = 0; i < anchors.size(); i++) {
            pull.addThread(anchors.get(i), sha).comments().add(new Comment(github.state().nextId(), call.actor(),
                    comments.get(i).path("body").asText(), github.state().now(), review.id()));
        }
        return Answer.json(200, json.review(pull, review));
    }

    /** Comments belong to the head; the forge takes them for another commit of the pull request only. */
    static String headOf(PullRequest pull, JsonNode body) {
        String sha = body.path("commit_id").asText(pull.headSha());
        boolean known = sha.equals(pull.headSha())
                || pull.commits().stream().anyMatch(commit -> commit.name().equals(sha));
        if (!known) {
            throw GitHubError.validation("PullRequestReview", "commit_id", "invalid",
                    "commit_id is not part of the pull request");
        }
        return sha;
    }

    private static ReviewThread.Anchor check(PullRequest pull, JsonNode comment) {
        String text = comment.path("body").asText("");
        if (text.isBlank()) {
            throw GitHubError.unprocessable("Pull request review comment body can't be blank");
        }
        if (text.length() > Call.LONGEST_TEXT) {
            throw GitHubError.unprocessable("Body is too long (maximum is " + Call.LONGEST_TEXT + " characters)");
        }
        try {
            return CommentAnchor.of(pull, comment);
        } catch (CommentAnchor.Misplaced e) {
            throw GitHubError.unprocessable(e.getMessage());
        }
    }
}
