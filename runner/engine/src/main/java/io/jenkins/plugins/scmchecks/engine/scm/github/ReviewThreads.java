package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.publish.FixedComment;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.InlineComment;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Refusal;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our review threads on a pull request. They are resolved by GraphQL, for which an App needs to write contents; one
 * that may not edits its comment into a form that says the finding is fixed, and recognises that form later.
 */
final class ReviewThreads {

    /** A review that large is still answered within GitHub's own time limit. */
    private static final int COMMENTS_PER_REVIEW = 25;

    /** Ten thousand threads. */
    private static final int MOST_PAGES = 100;

    /** So many refusals without one success mean that the others would be refused as well. */
    private static final int MOST_REFUSALS = 10;

    /** The older {@code databaseId} has 32 bits, which new comments exceed. */
    private static final String THREADS = """
            query($owner:String!,$name:String!,$number:Int!,$after:String){
              repository(owner:$owner,name:$name){pullRequest(number:$number){
                reviewThreads(first:100,after:$after){
                  pageInfo{hasNextPage endCursor}
                  nodes{id isResolved isOutdated resolvedBy{login __typename}
                    comments(first:1){totalCount nodes{id fullDatabaseId body author{login __typename}}}}}}}}""";
    private static final String RESOLVE =
            "mutation($id:ID!){resolveReviewThread(input:{threadId:$id}){thread{id isResolved}}}";
    private static final String UNRESOLVE =
            "mutation($id:ID!){unresolveReviewThread(input:{threadId:$id}){thread{id isResolved}}}";

    private final GitHubSession session;
    private final GitHubApi api;

    ReviewThreads(GitHubSession session) {
        this.session = session;
        this.api = session.api();
    }

    List<Observed.Thread> observe(Target target, String externalId) throws ScmException {
        GitHubSession.Account account = session.account();
        Map<String, Object> variables = new HashMap<>();
        variables.put("owner", target.repository().owner());
        variables.put("name", target.repository().name());
        variables.put("number", target.pullRequest().number());
        List<Observed.Thread> ours = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode threads = api.graphql(THREADS, variables)
                    .path("repository").path("pullRequest").path("reviewThreads");
            for (JsonNode node : threads.path("nodes")) {
                thread(node, account, externalId).ifPresent(ours::add);
            }
            if (!threads.path("pageInfo").path("hasNextPage").asBoolean()) {
                break;
            }
            variables.put("after", threads.path("pageInfo").path("endCursor").asText());
        }
        return ours;
    }

    private static Optional<Observed.Thread> thread(JsonNode node, GitHubSession.Account account, String externalId) {
        JsonNode first = node.path("comments").path("nodes").path(0);
        String body = first.path("body").asText("");
        Optional<Marker> marker = Marker.parse(body).filter(m -> m.isOfCheck(externalId));
        if (marker.isEmpty() || !account.wrote(first.path("author"))) {
            return Optional.empty();
        }
        boolean resolved = node.path("isResolved").asBoolean();
        boolean fixed = FixedComment.is(body);
        return Optional.of(new Observed.Thread(
                node.path("id").asText(),
                first.path("fullDatabaseId").asText(),
                marker.get().content(),
                body,
                resolved || fixed,
                resolved ? account.resolved(node.path("resolvedBy")) : fixed,
                node.path("isOutdated").asBoolean(),
                Math.max(0, node.path("comments").path("totalCount").asInt() - 1)));
    }

    /** Writes the comments as reviews; a line that GitHub does not take costs only its own comment. */
    List<Refusal> create(Target target, List<InlineComment> comments) throws ScmException {
        List<Refusal> refused = new ArrayList<>();
        for (int from = 0; from < comments.size(); from += COMMENTS_PER_REVIEW) {
            int to = Math.min(comments.size(), from + COMMENTS_PER_REVIEW);
            review(target, comments.subList(from, to), refused);
        }
        return refused;
    }

    /** A review with one bad line is refused as a whole, and GitHub does not tell which: halve until it is found. */
    private void review(Target target, List<InlineComment> comments, List<Refusal> refused) throws ScmException {
        if (refused.size() >= MOST_REFUSALS) {
            comments.forEach(c -> refused.add(new Refusal(c.fingerprint(), "others on this commit were refused")));
            return;
        }
        try {
            Map<String, Object> review = new LinkedHashMap<>();
            review.put("commit_id", target.headSha());
            review.put("event", "COMMENT");
            review.put("comments", comments.stream().map(ReviewThreads::json).toList());
            api.post(api.url(target.repository(), "pulls", number(target), "reviews"), review);
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

    private static Map<String, Object> json(InlineComment comment) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", comment.path());
        json.put("body", comment.body());
        if (comment.firstLine() < comment.lastLine()) {
            json.put("start_line", comment.firstLine());
            json.put("start_side", "RIGHT");
        }
        json.put("line", comment.lastLine());
        json.put("side", "RIGHT");
        return json;
    }

    void edit(Target target, Observed.Thread thread, String body) throws ScmException {
        api.patch(api.url(target.repository(), "pulls", "comments", thread.commentId()), Map.of("body", body));
    }

    void resolve(Target target, Observed.Thread thread) throws ScmException {
        if (!isResolvedNow(thread) && !FixedComment.is(thread.body())) {
            edit(target, thread, FixedComment.of(thread.body()));
        }
    }

    /** Without the permission GitHub answers with an error, or with a thread that is still open. */
    private boolean isResolvedNow(Observed.Thread thread) throws ScmException {
        try {
            return api.graphql(RESOLVE, Map.of("id", thread.id()))
                    .path("resolveReviewThread").path("thread").path("isResolved").asBoolean();
        } catch (ScmException e) {
            if (e.reason() != Reason.FORBIDDEN) {
                throw e;
            }
            return false;
        }
    }

    /** A thread in its "fixed" form is open for GitHub; the new body that follows brings it back. */
    void reopen(Observed.Thread thread) throws ScmException {
        if (!FixedComment.is(thread.body())) {
            api.graphql(UNRESOLVE, Map.of("id", thread.id()));
        }
    }

    private static String number(Target target) {
        return Long.toString(target.pullRequest().number());
    }
}
