package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
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

/** A request to the REST API with its caller and the values in its path. */
record Call(GitHub github, Exchange exchange, Caller caller, Map<String, String> variables) {

    /** The longest body, summary or text, in characters. */
    static final int LONGEST_TEXT = 65_535;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_PAGE = 100;

    /** What answers a call. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(Call call);
    }

    String variable(String name) {
        return variables.get(name);
    }

    /** @throws GitHubError 404 when it is no number */
    long number(String name) {
        try {
            return Long.parseLong(variable(name));
        } catch (NumberFormatException e) {
            throw GitHubError.notFound();
        }
    }

    /**
     * {@return the repository in the path}
     *
     * @param permissions one of which is needed
     * @throws GitHubError 404 when the caller does not see it, 403 when the caller lacks the permission
     */
    Repo repo(Level level, String... permissions) {
        Repo repo = github.state().findRepo(variable("owner"), variable("repo"))
                .filter(caller::sees)
                .orElseThrow(GitHubError::notFound);
        caller.require(repo, level, permissions);
        return repo;
    }

    /** {@return the pull request in the path} */
    PullRequest pull(Level level, String... permissions) {
        Repo repo = repo(level, permissions);
        return repo.pullRequest((int) number("number")).orElseThrow(GitHubError::notFound);
    }

    /** {@return the account in the path} */
    Account account(String variable) {
        return github.state().findAccount(variable(variable)).orElseThrow(GitHubError::notFound);
    }

    /** @throws GitHubError 401 unless somebody asks */
    Account actor() {
        if (caller.actor() == null) {
            throw GitHubError.unauthorized("Requires authentication");
        }
        return caller.actor();
    }

    /** {@return the body, which must be a JSON object or empty} */
    JsonNode json() {
        if (exchange.body().length == 0) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode body = JSON.readTree(exchange.body());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            throw GitHubError.of(400, "Problems parsing JSON");
        }
        throw GitHubError.of(400, "Body should be a JSON object");
    }

    /** {@return a text of the body; empty when missing or null} */
    Optional<String> text(String name) {
        return Optional.ofNullable(json().get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /** @throws GitHubError 422 when the body's text is missing, blank or too long */
    String required(String resource, String name) {
        String text = text(name).filter(value -> !value.isBlank())
                .orElseThrow(() -> GitHubError.validation(resource, name, "missing_field", null));
        return checkLength(resource, name, text);
    }

    static String checkLength(String resource, String name, String text) {
        if (text != null && text.length() > LONGEST_TEXT) {
            throw GitHubError.validation(resource, name, "unprocessable",
                    name + " is too long (maximum is " + LONGEST_TEXT + " characters)");
        }
        return text;
    }

    /** Answers one page of a list, with the Link header. */
    <T> Answer page(List<T> all, Function<T, ? extends JsonNode> json) {
        return page(all, json, null);
    }

    /** @param field the list's name in an object with {@code total_count}; null for a bare list */
    <T> Answer page(List<T> all, Function<T, ? extends JsonNode> json, String field) {
        int size = Math.min(LARGEST_PAGE, Math.max(1, integer("per_page", 30)));
        int page = Math.max(1, integer("page", 1));
        int last = Math.max(1, (all.size() + size - 1) / size);
        ArrayNode items = JSON.createArrayNode();
        long from = (long) (page - 1) * size;
        all.stream().skip(from).limit(size).forEach(item -> items.add(json.apply(item)));
        JsonNode body = field == null
                ? items
                : JSON.createObjectNode().put("total_count", all.size()).set(field, items);
        StringBuilder links = new StringBuilder();
        if (page > 1) {
            link(links, page - 1, "prev");
        }
        if (page < last) {
            link(links, page + 1, "next");
            link(links, last, "last");
        }
        if (page > 1) {
            link(links, 1, "first");
        }
        Answer answer = Answer.json(200, body);
        return links.isEmpty() ? answer : answer.with("Link", links.toString());
    }

    int integer(String parameter, int otherwise) {
        try {
            return exchange.parameter(parameter).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private void link(StringBuilder links, int page, String relation) {
        StringBuilder query = new StringBuilder();
        for (String pair : exchange.query().split("&")) {
            if (!pair.isEmpty() && !pair.startsWith("page=")) {
                query.append(pair).append('&');
            }
        }
        links.append(links.isEmpty() ? "" : ", ").append('<').append(github.urls().html()).append(exchange.rawPath())
                .append('?').append(query).append("page=").append(page).append(">; rel=\"").append(relation)
                .append('"');
    }
}
