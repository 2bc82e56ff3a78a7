package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;

/** Comments on the whole of a pull request, which is an issue here. Either of two permissions will do. */
final class IssueCommentsApi {

    private static final String[] PERMISSIONS = {"issues", "pull_requests"};
    private static final String RESOURCE = "IssueComment";

    /** A comment and the pull request it is on. */
    private record Placed(PullRequest pull, Comment comment) {}

    private final GitHub github;
    private final PullJson json;

    IssueCommentsApi(GitHub github) {
        this.github = github;
        this.json = new PullJson(github);
    }

    void addTo(Router<Endpoint> router) {
        String issues = "/repos/{owner}/{repo}/issues";
        router.add("GET", issues + "/{number}", this::issue);
        router.add("GET", issues + "/{number}/comments", this::list);
        router.add("POST", issues + "/{number}/comments", this::create);
        router.add("GET", issues + "/comments/{id}", call -> answer(200, find(call, Level.READ)));
        router.add("PATCH", issues + "/comments/{id}", this::edit);
        router.add("DELETE", issues + "/comments/{id}", this::delete);
    }

    private Answer issue(Call call) {
        PullRequest pull = call.pull(Level.READ, PERMISSIONS);
        ObjectNode body = json.pull(pull);
        body.put("url", github.urls().api(pull.repo()) + "/issues/" + pull.number());
        body.put("repository_url", github.urls().api(pull.repo()));
        body.put("comments", pull.comments().size());
        body.putObject("pull_request").put("url", github.urls().api(pull)).put("html_url", github.urls().html(pull));
        return Answer.json(200, body);
    }

    private Answer list(Call call) {
        PullRequest pull = call.pull(Level.READ, PERMISSIONS);
        return call.page(pull.comments(), comment -> json.issueComment(pull, comment));
    }

    private Answer create(Call call) {
        PullRequest pull = call.pull(Level.WRITE, PERMISSIONS);
        Comment comment = new Comment(github.state().nextId(), call.actor(), call.required(RESOURCE, "body"),
                github.state().now(), 0);
        pull.comments().add(comment);
        return answer(201, new Placed(pull, comment));
    }

    private Answer edit(Call call) {
        Placed placed = find(call, Level.WRITE);
        placed.comment().edit(call.required(RESOURCE, "body"), github.state().now());
        return answer(200, placed);
    }

    private Answer delete(Call call) {
        Placed placed = find(call, Level.WRITE);
        placed.pull().comments().remove(placed.comment());
        return Answer.empty(204);
    }

    private static Placed find(Call call, Level level) {
        long id = call.number("id");
        return call.repo(level, PERMISSIONS).pullRequests().stream()
                .flatMap(pull -> pull.comments().stream().map(comment -> new Placed(pull, comment)))
                .filter(placed -> placed.comment().id() == id)
                .findFirst()
                .orElseThrow(GitHubError::notFound);
    }

    private Answer answer(int status, Placed placed) {
        return Answer.json(status, json.issueComment(placed.pull(), placed.comment()));
    }
}
