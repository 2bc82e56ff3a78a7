package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.bitbucket.DataCenterCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff.Side;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Comments on pull requests, and the activities that list them. A change names the version that it is made to. */
final class DataCenterCommentsApi {

    private static final int LONGEST = 32_768;
    private static final String PULL = DataCenterDialect.REPOSITORY + "/pull-requests/{number}";
    private static final String COMMENTS = PULL + "/comments";

    private final Map<Long, Integer> versions = new HashMap<>();

    /**
     * @param thread null for a comment on all of it
     */
    private record Placed(ReviewThread thread, Comment comment) {}

    void addTo(Router<Endpoint> router) {
        router.add("GET", PULL + "/activities", call -> call.page(first(call.pullRequest()), placed -> activity(call, placed)));
        router.add("GET", COMMENTS, call -> {
            throw DataCenterCall.invalid("path", "a path has to be given");
        });
        router.add("POST", COMMENTS, this::create);
        router.add("GET", COMMENTS + "/{comment}", call -> Answer.json(200, json(call, find(call, call.pullRequest()))));
        router.add("PUT", COMMENTS + "/{comment}", this::edit);
    }

    /** {@return the comments that are no answers, newest first} */
    private static List<Placed> first(PullRequest pull) {
        List<Placed> all = new ArrayList<>();
        pull.threads().forEach(thread -> all.add(new Placed(thread, thread.comments().get(0))));
        pull.comments().forEach(comment -> all.add(new Placed(null, comment)));
        all.sort(Comparator.comparingLong((Placed placed) -> placed.comment().id()).reversed());
        return all;
    }

    private static Placed find(DataCenterCall call, PullRequest pull) {
        return first(pull).stream()
                .filter(placed -> Long.toString(placed.comment().id()).equals(call.variable("comment")))
                .findFirst()
                .orElseThrow(() -> DataCenterCall.notFound("The comment"));
    }

    private Answer create(DataCenterCall call) {
        PullRequest pull = call.pullRequest();
        Fields body = call.fields("text", "anchor", "parent", "severity", "state");
        String text = body.required("text", LONGEST);
        Comment comment = new Comment(pull.repo().state().nextId(), call.user(), text, pull.repo().state().now(), 0);
        ReviewThread thread = null;
        if (body.has("parent")) {
            long parent = body.json().path("parent").path("id").asLong();
            thread = pull.threads().stream()
                    .filter(t -> t.comments().get(0).id() == parent)
                    .findFirst()
                    .orElseThrow(() -> DataCenterCall.notFound("The parent comment"));
        } else if (body.has("anchor")) {
            thread = pull.addThread(anchor(pull, body), pull.headSha());
        }
        (thread == null ? pull.comments() : thread.comments()).add(comment);
        return Answer.json(201, json(call, new Placed(thread, comment)));
    }

    private static ReviewThread.Anchor anchor(PullRequest pull, Fields body) {
        Fields anchor = Fields.of(body.json().get("anchor"), Set.of("path", "srcPath", "line", "lineType", "fileType",
                "diffType", "fromHash", "toHash"), DataCenterCall::invalid);
        String path = anchor.required("path", 4_096);
        anchor.oneOf("diffType", Set.of("EFFECTIVE", "COMMIT", "RANGE"));
        String lineType = anchor.oneOf("lineType", Set.of("ADDED", "REMOVED", "CONTEXT"));
        Side side = anchor.oneOf("fileType", Set.of("FROM", "TO")).equals("TO") ? Side.RIGHT : Side.LEFT;
        int number = anchor.number("line", 1);
        FileDiff file = pull.diff().file(path)
                .orElseThrow(() -> DataCenterCall.invalid("anchor.path", "The file is not in the diff"));
        boolean renamed = file.kind() == FileDiff.Kind.RENAMED;
        if (renamed && !file.oldPath().equals(anchor.optional("srcPath", 4_096))) {
            throw DataCenterCall.invalid("anchor.srcPath", "has to be the path before the rename");
        }
        char mark = lineType.equals("ADDED") ? '+' : lineType.equals("REMOVED") ? '-' : ' ';
        file.hunk(side, number).flatMap(hunk -> hunk.line(side, number))
                .filter(line -> line.mark() == mark)
                .orElseThrow(() -> DataCenterCall.invalid("anchor.line", "There is no such " + lineType + " line in the diff"));
        return new ReviewThread.Anchor(path, side, number, side, number);
    }

    private Answer edit(DataCenterCall call) {
        PullRequest pull = call.pullRequest();
        Placed placed = find(call, pull);
        Fields body = call.fields("version", "text", "threadResolved", "severity", "state");
        long id = placed.comment().id();
        if (body.number("version", 0) != versions.getOrDefault(id, 0)) {
            throw BitbucketError.dataCenter(409, null, "You are attempting to modify a comment based on out-of-date"
                    + " information.", "comment.CommentOutOfDateException");
        }
        if (body.has("text")) {
            if (placed.comment().author() != call.user()) {
                throw BitbucketError.dataCenter(403, null, "Only the author may change the comment", "AuthorisationException");
            }
            placed.comment().edit(body.required("text", LONGEST), pull.repo().state().now());
        }
        if (body.has("threadResolved") && placed.thread() != null && call.server().resolvesThreads()) {
            placed.thread().resolve(body.flag("threadResolved", false) ? call.user() : null);
        }
        versions.merge(id, 1, Integer::sum);
        return Answer.json(200, json(call, placed));
    }

    private ObjectNode activity(DataCenterCall call, Placed placed) {
        ObjectNode json = DataCenterCall.object().put("id", placed.comment().id()).put("action", "COMMENTED")
                .put("commentAction", "ADDED");
        json.set("user", new DataCenterJson(call.server()).user(placed.comment().author()));
        json.set("comment", json(call, placed));
        if (placed.thread() != null) {
            ReviewThread.Anchor anchor = placed.thread().anchor().orElse(placed.thread().original());
            json.putObject("commentAnchor").put("path", anchor.path()).put("line", anchor.line()).put("lineType", "ADDED")
                    .put("fileType", "TO").put("diffType", "EFFECTIVE").put("orphaned", placed.thread().anchor().isEmpty());
        }
        return json;
    }

    private ObjectNode json(DataCenterCall call, Placed placed) {
        ObjectNode json = comment(call, placed.comment());
        ReviewThread thread = placed.thread();
        if (thread != null) {
            thread.comments().stream().skip(1).forEach(answer -> json.withArray("comments").add(comment(call, answer)));
            if (call.server().resolvesThreads()) {
                json.put("threadResolved", thread.resolved());
                if (thread.resolved()) {
                    json.set("threadResolver", new DataCenterJson(call.server()).user(thread.resolvedBy()));
                }
            }
        }
        return json;
    }

    private ObjectNode comment(DataCenterCall call, Comment comment) {
        ObjectNode json = DataCenterCall.object().put("id", comment.id())
                .put("version", versions.getOrDefault(comment.id(), 0)).put("text", comment.body())
                .put("severity", "NORMAL").put("state", "OPEN").put("createdDate", comment.createdAt().toEpochMilli())
                .put("updatedDate", comment.updatedAt().toEpochMilli());
        json.set("author", new DataCenterJson(call.server()).user(comment.author()));
        json.putArray("comments");
        return json;
    }
}
