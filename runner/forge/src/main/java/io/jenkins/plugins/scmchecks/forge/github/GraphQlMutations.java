package io.jenkins.plugins.scmchecks.forge.github;

import graphql.schema.DataFetchingEnvironment;
import io.jenkins.plugins.scmchecks.forge.github.GraphQlError.Refusal;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Resolving threads and hiding comments. An app needs contents: write to resolve. */
final class GraphQlMutations {

    private final GitHub github;

    GraphQlMutations(GitHub github) {
        this.github = github;
    }

    Object resolve(DataFetchingEnvironment environment) {
        return resolve(environment, true);
    }

    Object unresolve(DataFetchingEnvironment environment) {
        return resolve(environment, false);
    }

    private Object resolve(DataFetchingEnvironment environment, boolean resolved) {
        Call call = GraphQlApi.call(environment);
        Map<String, Object> input = environment.getArgument("input");
        String id = (String) input.get("threadId");
        ReviewThread thread = visible(call).flatMap(pull -> pull.threads().stream())
                .filter(each -> RepoJson.nodeId("PRRT", each.id()).equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
        if (!mayResolve(thread, call)) {
            throw new Refusal("FORBIDDEN", call.caller() instanceof Caller.Person
                    ? call.caller().actor().login() + " does not have the correct permissions to execute `"
                            + environment.getField().getName() + "`"
                    : "Resource not accessible by integration");
        }
        thread.resolve(resolved ? call.actor() : null);
        return payload(input, "thread", GraphQlQueries.thread(thread, call));
    }

    static boolean mayResolve(ReviewThread thread, Call call) {
        Repo repo = thread.pullRequest().repo();
        if (call.caller() instanceof Caller.Person person
                && thread.pullRequest().author() == person.token().user()) {
            return true;
        }
        try {
            call.caller().require(repo, Level.WRITE, "pull_requests");
            call.caller().require(repo, Level.WRITE, "contents");
            return true;
        } catch (GitHubError e) {
            return false;
        }
    }

    Object minimize(DataFetchingEnvironment environment) {
        Call call = GraphQlApi.call(environment);
        Map<String, Object> input = environment.getArgument("input");
        String id = (String) input.get("subjectId");
        for (PullRequest pull : visible(call).toList()) {
            Optional<Comment> comment = comment(pull, id);
            if (comment.isPresent()) {
                call.caller().require(pull.repo(), Level.WRITE, "pull_requests", "issues");
                String reason = ((String) input.get("classifier")).toLowerCase(Locale.ROOT).replace('_', '-');
                comment.get().minimize(reason);
                return payload(input, "minimizedComment", Map.of("isMinimized", true, "minimizedReason", reason));
            }
        }
        throw unknown(id);
    }

    private static Optional<Comment> comment(PullRequest pull, String id) {
        return Stream.concat(
                        pull.comments().stream().filter(each -> RepoJson.nodeId("IC", each.id()).equals(id)),
                        pull.threads().stream().flatMap(thread -> thread.comments().stream())
                                .filter(each -> RepoJson.nodeId("PRRC", each.id()).equals(id)))
                .findFirst();
    }

    private Stream<PullRequest> visible(Call call) {
        return github.state().repos().stream()
                .filter(call.caller()::sees)
                .flatMap(repo -> repo.pullRequests().stream());
    }

    private static Refusal unknown(String id) {
        return new Refusal("NOT_FOUND", "Could not resolve to a node with the global id of '" + id + "'");
    }

    private static Map<String, Object> payload(Map<String, Object> input, String field, Object value) {
        Map<String, Object> payload = new HashMap<>();
        payload.put("clientMutationId", input.get("clientMutationId"));
        payload.put(field, value);
        return payload;
    }
}
