package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.gitlab.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Discussions of merge requests, on lines and on the whole, and their notes. */
final class DiscussionsApi {

    private static final int LONGEST_NOTE = 1_000_000;
    private static final String DISCUSSIONS = "/projects/{id}/merge_requests/{iid}/discussions";
    private static final String NOTES = "/projects/{id}/merge_requests/{iid}/notes";

    private final RateLimit limit;

    /** A thread on a line, or (when that is null) a note on the whole. */
    private record Discussion(ReviewThread thread, List<Comment> notes) {

        long order() {
            return notes.get(0).id();
        }

        String id() {
            return "%040x".formatted(thread == null ? order() : thread.id());
        }
    }

    DiscussionsApi(RateLimit limit) {
        this.limit = limit;
    }

    void addTo(Router<Endpoint> router) {
        router.add("GET", DISCUSSIONS, call -> {
            PullRequest pull = call.mergeRequest(Account.Role.READ);
            return call.page(discussions(pull), discussion -> json(pull, discussion));
        });
        router.add("POST", DISCUSSIONS, this::create);
        router.add("PUT", DISCUSSIONS + "/{discussion}", DiscussionsApi::resolve);
        router.add("POST", DISCUSSIONS + "/{discussion}/notes", this::reply);
        router.add("PUT", DISCUSSIONS + "/{discussion}/notes/{note}", DiscussionsApi::edit);
        router.add("GET", NOTES, call -> {
            PullRequest pull = call.mergeRequest(Account.Role.READ);
            return call.page(pull.comments(), comment -> note(pull, null, comment));
        });
        router.add("POST", NOTES, this::createNote);
        router.add("PUT", NOTES + "/{note}", DiscussionsApi::edit);
    }

    private static List<Discussion> discussions(PullRequest pull) {
        return Stream.concat(
                        pull.threads().stream().map(thread -> new Discussion(thread, thread.comments())),
                        pull.comments().stream().map(comment -> new Discussion(null, List.of(comment))))
                .sorted(Comparator.comparingLong(Discussion::order))
                .toList();
    }

    private Answer create(Call call) {
        PullRequest pull = call.mergeRequest(Account.Role.READ);
        String body = body(call);
        JsonNode position = call.json().path("position");
        if (!position.isObject()) {
            return noted(call, pull, body);
        }
        ReviewThread.Anchor anchor = Position.of(pull, position, call.gitlab().versions(pull));
        Comment comment = write(call, pull, body);
        ReviewThread thread = pull.addThread(anchor, position.path("head_sha").asText());
        thread.comments().add(comment);
        return Answer.json(201, json(pull, new Discussion(thread, thread.comments())));
    }

    private Answer createNote(Call call) {
        return noted(call, call.mergeRequest(Account.Role.READ), body(call));
    }

    private Answer noted(Call call, PullRequest pull, String body) {
        Comment comment = write(call, pull, body);
        pull.comments().add(comment);
        return Answer.json(201, note(pull, null, comment));
    }

    private Answer reply(Call call) {
        PullRequest pull = call.mergeRequest(Account.Role.READ);
        ReviewThread thread = discussion(call, pull).thread();
        Comment comment = write(call, pull, body(call));
        thread.comments().add(comment);
        return Answer.json(201, note(pull, thread, comment));
    }

    private Comment write(Call call, PullRequest pull, String body) {
        if (!limit.take(call.user().login()).allowed()) {
            throw GitLabError.tooMany();
        }
        String text = QuickActions.run(body, pull, call.user());
        return new Comment(pull.repo().state().nextId(), call.user(), text, pull.repo().state().now(), 0);
    }

    private static Answer resolve(Call call) {
        PullRequest pull = call.mergeRequest(Account.Role.READ);
        Discussion discussion = discussion(call, pull);
        call.required("resolved");
        boolean resolved = call.flag("resolved", false);
        if (discussion.thread() == null) {
            throw GitLabError.message(400, "400 Bad request - This discussion is not resolvable");
        }
        if (!pull.repo().roleOf(call.user()).includes(Account.Role.WRITE) && pull.author() != call.user()) {
            throw GitLabError.forbidden();
        }
        discussion.thread().resolve(resolved ? call.user() : null);
        return Answer.json(200, json(pull, discussion));
    }

    private static Answer edit(Call call) {
        PullRequest pull = call.mergeRequest(Account.Role.READ);
        long id = call.number("note", "Note");
        boolean inDiscussion = call.variable("discussion") != null;
        List<Comment> notes = new ArrayList<>();
        if (inDiscussion) {
            notes.addAll(discussion(call, pull).notes());
        } else {
            notes.addAll(pull.comments());
            pull.threads().forEach(thread -> notes.addAll(thread.comments()));
        }
        Comment comment = notes.stream().filter(note -> note.id() == id).findFirst()
                .orElseThrow(() -> GitLabError.notFound("Note"));
        if (comment.author() != call.user() && !pull.repo().roleOf(call.user()).includes(Account.Role.ADMIN)) {
            throw GitLabError.forbidden();
        }
        comment.edit(QuickActions.run(body(call), pull, call.user()), pull.repo().state().now());
        return Answer.json(200, note(pull, null, comment));
    }

    private static Discussion discussion(Call call, PullRequest pull) {
        return discussions(pull).stream()
                .filter(discussion -> discussion.id().equals(call.variable("discussion")))
                .findFirst()
                .orElseThrow(() -> GitLabError.notFound("Discussion"));
    }

    private static String body(Call call) {
        String body = call.required("body");
        if (body.length() > LONGEST_NOTE) {
            throw GitLabError.message(400, "400 Bad request - Note {:note=>[\"is too long (maximum is " + LONGEST_NOTE
                    + " characters)\"]}");
        }
        return body;
    }

    private static ObjectNode json(PullRequest pull, Discussion discussion) {
        ObjectNode json = Json.object().put("id", discussion.id()).put("individual_note", discussion.thread() == null);
        var notes = json.putArray("notes");
        discussion.notes().forEach(comment -> notes.add(note(pull, discussion.thread(), comment)));
        return json;
    }

    private static ObjectNode note(PullRequest pull, ReviewThread thread, Comment comment) {
        ObjectNode json = Json.object().put("id", comment.id())
                .put("body", comment.body())
                .put("created_at", comment.createdAt().toString())
                .put("updated_at", comment.updatedAt().toString())
                .put("system", false)
                .put("noteable_id", pull.id())
                .put("noteable_type", "MergeRequest")
                .put("noteable_iid", pull.number())
                .put("resolvable", thread != null);
        json.set("author", Json.user(comment.author()));
        if (thread == null) {
            return json.putNull("type");
        }
        json.put("type", "DiffNote").put("resolved", thread.resolved());
        if (thread.resolved()) {
            json.set("resolved_by", Json.user(thread.resolvedBy()));
        } else {
            json.putNull("resolved_by");
        }
        json.putObject("position").put("position_type", "text").put("head_sha", thread.originalSha())
                .put("new_path", thread.original().path()).put("new_line", thread.original().line());
        return json;
    }
}
