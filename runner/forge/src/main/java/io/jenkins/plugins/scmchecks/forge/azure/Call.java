package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A request with its caller and the values in its path. */
record Call(AzureDevOps azure, Exchange exchange, AzureToken token, Map<String, String> variables) {

    static final Set<String> READ = Set.of("vso.code", "vso.code_write");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What answers a call. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(Call call);
    }

    Account user() {
        return token.user();
    }

    String variable(String name) {
        return variables.get(name);
    }

    int number(String name, String what) {
        try {
            return Integer.parseInt(variable(name));
        } catch (NumberFormatException e) {
            throw AzureError.notFound(what);
        }
    }

    /** @throws AzureError 401 when the token has none of the scopes */
    void scope(Set<String> anyOf) {
        if (anyOf.stream().noneMatch(token.scopes()::contains)) {
            throw AzureError.scope();
        }
    }

    Account project() {
        return azure.findProject(variable("project")).orElseThrow(() -> AzureError.noProject(variable("project")));
    }

    /** {@return the repository in the path: 404 unless it is seen, 403 unless allowed} */
    Repo repo(Account.Role needed, String permission) {
        Repo repo = azure.findRepo(project(), variable("repo"))
                .filter(found -> found.roleOf(user()).includes(Account.Role.READ))
                .orElseThrow(() -> AzureError.noRepository(variable("repo")));
        if (!repo.roleOf(user()).includes(needed)) {
            throw AzureError.forbidden(permission);
        }
        return repo;
    }

    /** {@return the repository, to be read} */
    Repo repo() {
        scope(READ);
        return repo(Account.Role.READ, "GenericRead");
    }

    PullRequest pull(Repo repo) {
        return repo.pullRequest(number("pull", "The pull request")).orElseThrow(AzureError::noPullRequest);
    }

    /** {@return the body, which must be a JSON object} */
    JsonNode json() {
        if (exchange.header("Content-Type").filter(type -> type.startsWith("application/json")).isEmpty()) {
            throw AzureError.invalid("The request must have the content type application/json.");
        }
        try {
            JsonNode body = JSON.readTree(exchange.body());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            throw AzureError.invalid("The body is not readable: " + e.getClass().getSimpleName());
        }
        throw AzureError.invalid("Value cannot be null. Parameter name: the body");
    }

    static <T> Answer list(List<T> all, Function<T, ? extends JsonNode> json) {
        ObjectNode body = Json.object().put("count", all.size());
        ArrayNode value = body.putArray("value");
        all.forEach(item -> value.add(json.apply(item)));
        return Answer.json(200, body);
    }

    /** Answers a page of {@code $top}, with the token of the next one in a header. */
    <T> Answer page(List<T> all, int most, Function<T, ? extends JsonNode> json) {
        int from = Math.min(all.size(), integer("continuationToken", integer("$skip", 0)));
        int to = Math.min(all.size(), from + Math.min(most, integer("$top", most)));
        Answer answer = list(all.subList(from, to), json);
        return to < all.size() ? answer.with("x-ms-continuationtoken", Integer.toString(to)) : answer;
    }

    int integer(String parameter, int otherwise) {
        try {
            return exchange.parameter(parameter).map(Integer::parseInt).filter(n -> n >= 0).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw AzureError.invalid("The value of " + parameter + " is not valid.");
        }
    }
}
