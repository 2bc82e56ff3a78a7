package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A request with its caller and the values in its path. */
record Call(GitLab gitlab, Exchange exchange, GitLabToken token, Map<String, String> variables) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_PAGE = 100;

    /** Past that many GitLab does not count. */
    private static final int MOST_COUNTED = 10_000;

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

    long number(String name, String what) {
        try {
            return Long.parseLong(variable(name));
        } catch (NumberFormatException e) {
            throw GitLabError.notFound(what);
        }
    }

    /** {@return the project in the path, by number or by encoded path; 404 unless it is seen, 403 unless allowed} */
    Repo project(Account.Role needed) {
        Repo repo = gitlab.findProject(variable("id"))
                .filter(found -> found.roleOf(user()).includes(Account.Role.READ))
                .orElseThrow(() -> GitLabError.notFound("Project"));
        if (!repo.roleOf(user()).includes(needed)) {
            throw GitLabError.forbidden();
        }
        return repo;
    }

    PullRequest mergeRequest(Account.Role needed) {
        return project(needed).pullRequest((int) number("iid", "Merge Request"))
                .orElseThrow(() -> GitLabError.notFound("Merge Request"));
    }

    /** {@return the body, which must be a JSON object or empty} */
    JsonNode json() {
        if (exchange.body().length == 0) {
            return JSON.createObjectNode();
        }
        if (exchange.header("Content-Type").filter(type -> type.startsWith("application/json")).isEmpty()) {
            throw GitLabError.parameter("The provided content-type is not supported.");
        }
        try {
            JsonNode body = JSON.readTree(exchange.body());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            throw GitLabError.message(400, "400 Bad request - message body is not valid JSON");
        }
        throw GitLabError.message(400, "400 Bad request - message body is not an object");
    }

    /** {@return a parameter, from the body or the query} */
    Optional<String> text(String name) {
        return Optional.ofNullable(json().get(name))
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull())
                .map(JsonNode::asText)
                .or(() -> exchange.parameter(name));
    }

    /** @throws GitLabError 400 when it is missing */
    String required(String name) {
        String value = text(name).orElseThrow(() -> GitLabError.parameter(name + " is missing"));
        if (value.isBlank()) {
            throw GitLabError.parameter(name + " is empty");
        }
        return value;
    }

    boolean flag(String name, boolean otherwise) {
        return text(name).map(value -> switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw GitLabError.parameter(name + " is invalid");
        }).orElse(otherwise);
    }

    /** {@return whether the list is asked for by keyset; 405 where there is none} */
    boolean keyset(boolean available) {
        boolean wanted = exchange.parameter("pagination").filter("keyset"::equals).isPresent();
        if (wanted && !available) {
            throw GitLabError.message(405, "405 Keyset pagination is not yet available for this type of request");
        }
        return wanted;
    }

    /** Answers one page by offset; the counts are left out where GitLab would not count. */
    <T> Answer page(List<T> all, Function<T, ? extends JsonNode> json) {
        int size = size();
        int page = Math.max(1, integer("page", 1));
        int last = Math.max(1, (all.size() + size - 1) / size);
        Answer answer = Answer.json(200, items(all, (page - 1) * (long) size, size, json))
                .with("X-Page", Integer.toString(page))
                .with("X-Per-Page", Integer.toString(size))
                .with("X-Next-Page", page < last ? Integer.toString(page + 1) : "");
        if (all.size() <= MOST_COUNTED) {
            answer = answer.with("X-Total", Integer.toString(all.size())).with("X-Total-Pages", Integer.toString(last));
        }
        return page < last ? answer.with("Link", link("page", Integer.toString(page + 1))) : answer;
    }

    /** Answers one page by keyset: the next one begins after a value, and nothing is counted. */
    <T> Answer keysetPage(
            List<T> all, String parameter, Function<T, String> key, Function<T, ? extends JsonNode> json) {
        int from = 0;
        Optional<String> after = exchange.parameter(parameter);
        for (int i = 0; after.isPresent() && i < all.size(); i++) {
            from = key.apply(all.get(i)).equals(after.get()) ? i + 1 : from;
        }
        int size = size();
        Answer answer = Answer.json(200, items(all, from, size, json));
        return from + size < all.size()
                ? answer.with("Link", link(parameter, key.apply(all.get(from + size - 1))))
                : answer;
    }

    private static <T> ArrayNode items(List<T> all, long from, int size, Function<T, ? extends JsonNode> json) {
        ArrayNode items = JSON.createArrayNode();
        all.stream().skip(from).limit(size).forEach(item -> items.add(json.apply(item)));
        return items;
    }

    private int size() {
        return Math.min(LARGEST_PAGE, Math.max(1, integer("per_page", 20)));
    }

    private int integer(String parameter, int otherwise) {
        try {
            return exchange.parameter(parameter).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw GitLabError.parameter(parameter + " is invalid");
        }
    }

    private String link(String parameter, String value) {
        StringBuilder query = new StringBuilder();
        for (String pair : exchange.query().split("&")) {
            if (!pair.isEmpty() && !pair.startsWith(parameter + "=")) {
                query.append(pair).append('&');
            }
        }
        return "<" + gitlab.root() + exchange.rawPath() + "?" + query + parameter + "=" + value + ">; rel=\"next\"";
    }
}
