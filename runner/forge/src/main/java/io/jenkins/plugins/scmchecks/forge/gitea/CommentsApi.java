package io.jenkins.plugins.scmchecks.forge.gitea;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.scmchecks.forge.gitea.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.List;

/** Comments on the whole of a pull request. Those on lines are edited here as well. */
final class CommentsApi {

    private static final String ISSUES = "/repos/{owner}/{repo}/issues";

    void addTo(Router<Endpoint> router) {
        router.add("GET", ISSUES + "/{number}/comments", Endpoint.of(CommentsApi::list, "issue"));
        router.add("POST", ISSUES + "/{number}/comments", Endpoint.of(CommentsApi::create, "issue"));
        router.add("PATCH", ISSUES + "/comments/{id}", Endpoint.of(CommentsApi::edit, "issue"));
    }

    /** All of them, whatever page is asked for. */
    private static Answer list(Call call) {
        PullRequest pull = call.pull(Account.Role.READ);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        pull.comments().forEach(comment -> list.add(Json.comment(call.gitea(), pull, comment)));
        return Answer.json(200, list).with("X-Total-Count", Integer.toString(list.size()));
    }

    private static Answer create(Call call) {
        PullRequest pull = call.pull(Account.Role.READ);
        Comment comment = new Comment(call.gitea().state().nextId(), call.user(), Call.text(call.json("body")),
                call.gitea().state().now(), 0);
        pull.comments().add(comment);
        return Answer.json(201, Json.comment(call.gitea(), pull, comment));
    }

    private static Answer edit(Call call) {
        Repo repo = call.repo(Account.Role.READ);
        long id = call.number("id");
        for (PullRequest pull : repo.pullRequests()) {
            List<Comment> comments = new ArrayList<>(pull.comments());
            pull.threads().forEach(thread -> comments.addAll(thread.comments()));
            for (Comment comment : comments) {
                if (comment.id() == id) {
                    if (comment.author() != call.user() && !repo.roleOf(call.user()).includes(Account.Role.WRITE)) {
                        throw GiteaError.forbidden("user should be the author of the comment");
                    }
                    comment.edit(Call.text(call.json("body")), call.gitea().state().now());
                    return Answer.json(200, Json.comment(call.gitea(), pull, comment));
                }
            }
        }
        throw GiteaError.notFound();
    }
}
