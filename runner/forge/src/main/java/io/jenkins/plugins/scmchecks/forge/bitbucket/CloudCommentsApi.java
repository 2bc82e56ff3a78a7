package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.bitbucket.CloudCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff.Side;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Comments on pull requests: on lines, on all of it, and answers to those on lines. */
final class CloudCommentsApi {

    private static final int LONGEST = 32_768;
    private static final String COMMENTS = "/repositories/{workspace}/{repo}/pullrequests/{number}/comments";

    /**
     * @param thread null for a comment on all of it
     */
    private record Placed(ReviewThread thread, Comment comment) {

        boolean first() {
            return thread == null || thread.comments().get(0) == comment;
        }
    }

    void addTo(Router<Endpoint> router) {
        router.add("GET", COMMENTS, of(call -> {
            PullRequest pull = call.pullRequest();
            return call.page(all(pull), CloudCommentsApi::json);
        }));
        router.add("POST", COMMENTS, of(CloudCommentsApi::create));
        router.add("PUT", COMMENTS + "/{comment}", of(CloudCommentsApi::edit));
        router.add("POST", COMMENTS + "/{comment}/resolve", of(CloudCommentsApi::resolve));
        router.add("DELETE", COMMENTS + "/{comment}/resolve", of(CloudCommentsApi::reopen));
    }

    private static Endpoint of(Function<CloudCall, Answer> handler) {
        return new Endpoint("pullrequest", handler);
    }

    private static List<Placed> all(PullRequest pull) {
        List<Placed> all = new ArrayList<>();
        pull.threads().forEach(thread -> thread.comments().forEach(comment -> all.add(new Placed(thread, comment))));
        pull.comments().forEach(comment -> all.add(new Placed(null, comment)));
        all.sort(Comparator.comparingLong(placed -> placed.comment().id()));
        return all;
    }

    private static Placed find(CloudCall call, PullRequest pull) {
        return all(pull).stream()
                .filter(placed -> Long.toString(placed.comment().id()).equals(call.variable("comment")))
                .findFirst()
                .orElseThrow(() -> BitbucketError.cloud(404, "Comment not found"));
    }

    private static Answer create(CloudCall call) {
        PullRequest pull = call.pullRequest();
        Fields body = call.fields("content", "inline", "parent");
        String text = text(body);
        Comment comment = new Comment(pull.repo().state().nextId(), call.user(), text, pull.repo().state().now(), 0);
        ReviewThread thread = null;
        if (body.has("parent")) {
            long parent = body.json().path("parent").path("id").asLong();
            thread = all(pull).stream().filter(p -> p.comment().id() == parent && p.thread() != null).findFirst()
                    .orElseThrow(() -> BitbucketError.cloudField("parent", "Parent comment not found")).thread();
        } else if (body.has("inline")) {
            thread = pull.addThread(anchor(pull, body), pull.headSha());
        }
        (thread == null ? pull.comments() : thread.comments()).add(comment);
        return Answer.json(201, json(new Placed(thread, comment)));
    }

    private static String text(Fields body) {
        if (!body.has("content")) {
            throw BitbucketError.cloudField("content", "required key not provided");
        }
        return Fields.of(body.json().get("content"), Set.of("raw"), BitbucketError::cloudField).required("raw", LONGEST);
    }

    private static ReviewThread.Anchor anchor(PullRequest pull, Fields body) {
        Fields inline = Fields.of(body.json().get("inline"), Set.of("path", "from", "to"), BitbucketError::cloudField);
        String path = inline.required("path", 4_096);
        Side side = inline.has("from") ? Side.LEFT : Side.RIGHT;
        int line = inline.number(inline.has("from") ? "from" : "to", 1);
        FileDiff file = pull.diff().file(path)
                .orElseThrow(() -> BitbucketError.cloudField("inline", "the file is not in the diff"));
        if (file.hunk(side, line).isEmpty()) {
            throw BitbucketError.cloudField("inline", "the line is not in the diff");
        }
        return new ReviewThread.Anchor(path, side, line, side, line);
    }

    private static Answer edit(CloudCall call) {
        PullRequest pull = call.pullRequest();
        Placed placed = find(call, pull);
        if (placed.comment().author() != call.user()) {
            throw BitbucketError.cloud(403, "You do not have access to edit this comment");
        }
        placed.comment().edit(text(call.fields("content")), pull.repo().state().now());
        return Answer.json(200, json(placed));
    }

    private static Answer resolve(CloudCall call) {
        ReviewThread thread = thread(call);
        if (thread.resolved()) {
            throw BitbucketError.cloud(409, "This comment thread is already resolved");
        }
        thread.resolve(call.user());
        return Answer.json(200, resolution(thread));
    }

    private static Answer reopen(CloudCall call) {
        ReviewThread thread = thread(call);
        if (!thread.resolved()) {
            throw BitbucketError.cloud(404, "This comment thread is not resolved");
        }
        thread.resolve(null);
        return Answer.empty(204);
    }

    private static ReviewThread thread(CloudCall call) {
        Placed placed = find(call, call.pullRequest());
        if (placed.thread() == null || !placed.first()) {
            throw BitbucketError.cloud(403, "Only top level comments on lines can be resolved");
        }
        return placed.thread();
    }

    private static ObjectNode resolution(ReviewThread thread) {
        ObjectNode json = CloudCall.object().put("type", "pullrequest_comment_resolution");
        json.set("user", CloudJson.user(thread.resolvedBy()));
        return json;
    }

    private static ObjectNode json(Placed placed) {
        Comment comment = placed.comment();
        ObjectNode json = CloudCall.object().put("type", "pullrequest_comment").put("id", comment.id())
                .put("created_on", comment.createdAt().toString()).put("updated_on", comment.updatedAt().toString())
                .put("deleted", false).put("pending", false);
        json.putObject("content").put("type", "rendered").put("raw", comment.body()).put("markup", "markdown");
        json.set("user", CloudJson.user(comment.author()));
        ReviewThread thread = placed.thread();
        if (thread != null) {
            ReviewThread.Anchor anchor = thread.anchor().orElse(thread.original());
            ObjectNode inline = json.putObject("inline").put("path", anchor.path());
            inline.put(anchor.side() == Side.RIGHT ? "to" : "from", anchor.line());
            inline.put("outdated", thread.anchor().isEmpty());
            if (!placed.first()) {
                json.putObject("parent").put("id", thread.comments().get(0).id());
            } else if (thread.resolved()) {
                json.set("resolution", resolution(thread));
            }
        }
        return json;
    }
}
