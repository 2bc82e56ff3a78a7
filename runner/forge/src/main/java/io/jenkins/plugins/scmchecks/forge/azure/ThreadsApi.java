package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.azure.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.azure.Conversations.Conversation;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Threads on pull requests and their comments. */
final class ThreadsApi {

    private static final String THREADS = PullRequestsApi.PULL + "/threads";
    private static final int LONGEST = 150_000;
    private static final Set<String> SCOPES = Set.of("vso.code_write", "vso.threads_full");
    private static final Set<String> TEXT = Set.of("text", "1");

    void addTo(Router<Endpoint> router) {
        router.add("GET", THREADS, call -> {
            PullRequest pull = call.pull(call.repo());
            return Call.list(call.azure().conversations().of(pull), c -> json(call, c));
        });
        router.add("POST", THREADS, ThreadsApi::create);
        router.add("PATCH", THREADS + "/{thread}", ThreadsApi::update);
        router.add("POST", THREADS + "/{thread}/comments", ThreadsApi::reply);
        router.add("PATCH", THREADS + "/{thread}/comments/{comment}", ThreadsApi::edit);
    }

    private static PullRequest writable(Call call) {
        call.scope(SCOPES);
        Repo repo = call.repo(Account.Role.WRITE, "PullRequestContribute");
        return call.pull(repo);
    }

    private static Answer create(Call call) {
        PullRequest pull = writable(call);
        Conversations conversations = call.azure().conversations();
        JsonNode body = call.json();
        JsonNode comments = body.path("comments");
        if (!comments.isArray() || comments.size() != 1) {
            throw AzureError.invalid("A comment must be specified for the thread. Parameter name: comments");
        }
        Comment comment = comment(call, comments.path(0));
        String status = body.hasNonNull("status") ? status(body) : null;
        Conversation conversation;
        if (body.hasNonNull("threadContext")) {
            ThreadPlace place = ThreadPlace.of(call.azure().iterations(), pull, body);
            ReviewThread thread = pull.addThread(place.anchor(), place.sha());
            thread.comments().add(comment);
            conversation = new Conversation(thread.id(), thread, null);
        } else {
            pull.comments().add(comment);
            conversation = new Conversation(comment.id(), null, comment);
        }
        conversations.status(conversation, status, call.user());
        conversations.properties(conversation, properties(body.path("properties")));
        return Answer.json(200, json(call, conversation));
    }

    private static Map<String, String> properties(JsonNode properties) {
        Map<String, String> found = new TreeMap<>();
        properties.properties().forEach(p -> {
            if (!p.getValue().isTextual()) {
                throw AzureError.invalid("The property " + p.getKey() + " has a type that is not supported.");
            }
            found.put(p.getKey(), p.getValue().asText());
        });
        return found;
    }

    private static Comment comment(Call call, JsonNode comment) {
        if (!TEXT.contains(comment.path("commentType").asText("text"))) {
            throw AzureError.invalid("The comment type is not valid.");
        }
        return call.azure().conversations().comment(call.user(), content(comment));
    }

    private static String content(JsonNode comment) {
        String content = comment.path("content").asText("");
        if (content.isBlank() || content.length() > LONGEST) {
            throw AzureError.invalid("The comment's content must have 1 to " + LONGEST + " characters.");
        }
        return content;
    }

    private static String status(JsonNode body) {
        String status = body.path("status").asText();
        if (!Conversations.STATUSES.contains(status)) {
            throw AzureError.invalid("The thread status '" + status + "' is not valid.");
        }
        return status;
    }

    private static Conversation conversation(Call call, PullRequest pull) {
        return call.azure().conversations().find(pull, call.number("thread", "The thread"))
                .orElseThrow(() -> AzureError.notFound("The thread"));
    }

    private static Answer update(Call call) {
        Conversation conversation = conversation(call, writable(call));
        call.azure().conversations().status(conversation, status(call.json()), call.user());
        return Answer.json(200, json(call, conversation));
    }

    private static Answer reply(Call call) {
        Conversation conversation = conversation(call, writable(call));
        Comment comment = comment(call, call.json());
        call.azure().conversations().reply(conversation, comment);
        return Answer.json(200, json(call.azure().conversations().comments(conversation).size(), comment));
    }

    private static Answer edit(Call call) {
        Conversation conversation = conversation(call, writable(call));
        List<Comment> comments = call.azure().conversations().comments(conversation);
        int number = call.number("comment", "The comment");
        if (number < 1 || number > comments.size()) {
            throw AzureError.notFound("The comment");
        }
        Comment comment = comments.get(number - 1);
        if (comment.author() != call.user()) {
            throw AzureError.forbidden("EditComment"); // nobody changes another's words
        }
        comment.edit(content(call.json()), call.azure().state().now());
        return Answer.json(200, json(number, comment));
    }

    private static ObjectNode json(Call call, Conversation conversation) {
        Conversations conversations = call.azure().conversations();
        ObjectNode json = Json.object().put("id", conversation.id());
        ArrayNode comments = json.putArray("comments");
        for (Comment comment : conversations.comments(conversation)) {
            comments.add(json(comments.size() + 1, comment));
        }
        if (conversations.status(conversation) != null) {
            json.put("status", conversations.status(conversation));
        }
        if (conversation.thread() == null) {
            json.putNull("threadContext");
        } else {
            json.set("threadContext", ThreadPlace.json(conversation.thread().original()));
        }
        ObjectNode properties = json.putObject("properties");
        conversations.properties(conversation).forEach((name, value) ->
                properties.putObject(name).put("$type", "System.String").put("$value", value));
        return json.put("isDeleted", false);
    }

    private static ObjectNode json(int number, Comment comment) {
        ObjectNode json = Json.object().put("id", number).put("parentCommentId", number == 1 ? 0 : 1);
        json.set("author", Json.identity(comment.author()));
        return json.put("content", comment.body())
                .put("publishedDate", comment.createdAt().toString())
                .put("lastUpdatedDate", comment.updatedAt().toString())
                .put("commentType", "text");
    }
}
