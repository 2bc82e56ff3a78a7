package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.publish.FixedComment;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.InlineComment;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Refusal;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Our comments on lines, which belong to reviews. Where the server cannot resolve conversations through its API, a
 * fixed finding's comment is edited into {@link FixedComment}'s form. What a person has resolved stands.
 */
final class ReviewComments {

    /** Five thousand reviews. */
    private static final int MOST_PAGES = 100;

    /** So many refusals without one success mean that the others would be refused as well. */
    private static final int MOST_REFUSALS = 10;

    private final GiteaSession session;
    private final JsonApi api;

    ReviewComments(GiteaSession session) {
        this.session = session;
        this.api = session.api();
    }

    List<Observed.Thread> observe(Target target, String externalId) throws ScmException {
        GiteaSession.Account account = session.account();
        List<Observed.Thread> threads = new ArrayList<>();
        for (JsonNode review : ourReviews(target)) {
            if (!isPending(review)) {
                List<JsonNode> comments = comments(target, review);
                for (JsonNode comment : comments) {
                    String body = comment.path("body").asText("");
                    Marker.parse(body)
                            .filter(marker -> marker.isOfCheck(externalId))
                            .filter(marker -> account.isSame(comment.path("user")))
                            .map(marker -> thread(comment, marker, body, account, replies(comment, comments, account)))
                            .ifPresent(threads::add);
                }
            }
        }
        return threads;
    }

    private static Observed.Thread thread(
            JsonNode comment, Marker marker, String body, GiteaSession.Account account, int replies) {
        boolean fixed = FixedComment.is(body);
        boolean resolved = comment.path("resolver").isObject();
        boolean byUs = resolved ? account.isSame(comment.path("resolver")) : fixed;
        String id = comment.path("id").asText();
        return new Observed.Thread(
                id, id, marker.content(), body, resolved || fixed, byUs, false, replies);
    }

    /** Gitea keeps an answer in the review of what it answers, at the same place. */
    private static int replies(JsonNode comment, List<JsonNode> review, GiteaSession.Account account) {
        return (int) review.stream()
                .filter(other -> isSamePlace(other, comment) && !account.isSame(other.path("user")))
                .count();
    }

    private static boolean isSamePlace(JsonNode one, JsonNode other) {
        return one.path("path").equals(other.path("path"))
                && one.path("position").equals(other.path("position"))
                && one.path("original_position").equals(other.path("original_position"));
    }

    private List<JsonNode> ourReviews(Target target) throws ScmException {
        GiteaSession.Account account = session.account();
        List<JsonNode> ours = new ArrayList<>();
        session.pages(url(target, "reviews"), MOST_PAGES, review -> {
            if (account.isSame(review.path("user"))) {
                ours.add(review);
            }
            return true;
        });
        return ours;
    }

    private List<JsonNode> comments(Target target, JsonNode review) throws ScmException {
        List<JsonNode> comments = new ArrayList<>();
        if (review.path("comments_count").asInt(1) > 0) {
            HttpUrl.Builder url = url(target, "reviews", review.path("id").asText(), "comments");
            session.pages(url, MOST_PAGES, comments::add);
        }
        return comments;
    }

    private static boolean isPending(JsonNode review) {
        return review.path("state").asText().equals("PENDING");
    }

    /** Writes the comments as one review. */
    List<Refusal> create(Target target, List<InlineComment> comments) throws ScmException {
        dropUnfinished(target);
        List<Refusal> refused = new ArrayList<>();
        review(target, comments, refused);
        return refused;
    }

    /**
     * Gitea writes a review's comments one by one and publishes them at the end. Where that broke off there is a draft
     * of ours that nobody sees, and which would be published with the next review.
     */
    private void dropUnfinished(Target target) throws ScmException {
        for (JsonNode review : ourReviews(target)) {
            if (isPending(review)) {
                List<JsonNode> comments = comments(target, review);
                boolean ours = comments.stream().allMatch(c -> Marker.parse(c.path("body").asText("")).isPresent());
                if (ours && !comments.isEmpty()) {
                    api.delete(url(target, "reviews", review.path("id").asText()));
                }
            }
        }
    }

    /** A review with one bad line is refused as a whole, and Gitea does not tell which: halve until it is found. */
    private void review(Target target, List<InlineComment> comments, List<Refusal> refused) throws ScmException {
        if (refused.size() >= MOST_REFUSALS) {
            comments.forEach(c -> refused.add(new Refusal(c.fingerprint(), "others on this commit were refused")));
            return;
        }
        try {
            Map<String, Object> review = new LinkedHashMap<>();
            review.put("commit_id", target.headSha());
            review.put("event", "COMMENT");
            review.put("body", "");
            review.put("comments", comments.stream().map(ReviewComments::json).toList());
            api.post(url(target, "reviews"), review);
        } catch (ScmException e) {
            if (e.reason() != Reason.REJECTED) {
                throw e;
            }
            if (comments.size() == 1) {
                refused.add(new Refusal(comments.get(0).fingerprint(), e.getMessage()));
                return;
            }
            int half = comments.size() / 2;
            review(target, comments.subList(0, half), refused);
            review(target, comments.subList(half, comments.size()), refused);
        }
    }

    /** A comment stands on one line; 0 says that the other side is meant. */
    private static Map<String, Object> json(InlineComment comment) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", comment.path());
        json.put("body", comment.body());
        json.put("new_position", comment.firstLine());
        json.put("old_position", 0);
        return json;
    }

    /** Comments on lines are edited as those on the whole are. */
    void edit(Target target, Observed.Thread thread, String body) throws ScmException {
        api.patch(
                session.repository(target.repository(), "issues", "comments", thread.commentId()),
                Map.of("body", body));
    }

    void resolve(Target target, Observed.Thread thread) throws ScmException {
        if (session.server().resolves()) {
            api.post(conversation(target, thread, "resolve"), null);
        } else if (!FixedComment.is(thread.body())) {
            edit(target, thread, FixedComment.of(thread.body()));
        }
    }

    /** What has {@link FixedComment}'s form is reopened by its new text, which follows. */
    void reopen(Target target, Observed.Thread thread) throws ScmException {
        if (!FixedComment.is(thread.body())) {
            api.post(conversation(target, thread, "unresolve"), null);
        }
    }

    private HttpUrl.Builder conversation(Target target, Observed.Thread thread, String action) {
        return session.repository(target.repository(), "pulls", "comments", thread.commentId(), action);
    }

    private HttpUrl.Builder url(Target target, String... segments) {
        HttpUrl.Builder url = session.repository(
                target.repository(), "pulls", Long.toString(target.pullRequest().number()));
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }
}
