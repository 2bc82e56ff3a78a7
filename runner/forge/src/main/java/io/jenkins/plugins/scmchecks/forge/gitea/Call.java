package io.jenkins.plugins.scmchecks.forge.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A request with its caller and the values in its path. */
record Call(Gitea gitea, Exchange exchange, GiteaToken token, Map<String, String> variables) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_PAGE = 50;
    private static final int USUAL_PAGE = 30;

    /** What answers a call. */
    @FunctionalInterface
    interface Endpoint {

        Answer answer(Call call);

        /** {@return an endpoint that needs a token with the scopes of these categories} */
        static Endpoint of(Endpoint endpoint, String... categories) {
            return call -> {
                for (String category : categories) {
                    call.needs(category);
                }
                return endpoint.answer(call);
            };
        }
    }

    private void needs(String category) {
        boolean write = !exchange.method().equals("GET");
        if (!token.may(category, write)) {
            throw GiteaError.forbidden("token does not have at least one of required scope(s), required=["
                    + (write ? "write:" : "read:") + category + "], token scope=" + String.join(",", token.scopes()));
        }
    }

    Account user() {
        return token.user();
    }

    String variable(String name) {
        return variables.get(name);
    }

    long number(String name) {
        try {
            return Long.parseLong(variable(name));
        } catch (NumberFormatException e) {
            throw GiteaError.notFound();
        }
    }

    /** {@return the repository in the path; 404 unless it is seen, 403 unless allowed} */
    Repo repo(Account.Role needed) {
        Repo repo = gitea.state().findRepo(variable("owner"), variable("repo"))
                .filter(found -> found.roleOf(user()).includes(Account.Role.READ))
                .orElseThrow(GiteaError::notFound);
        if (!repo.roleOf(user()).includes(needed)) {
            throw GiteaError.forbidden(needed == Account.Role.ADMIN
                    ? "user should be an owner or a collaborator with admin write of a repository"
                    : "user should have a permission to write to a repo");
        }
        return repo;
    }

    PullRequest pull(Account.Role needed) {
        return repo(needed).pullRequest((int) number("number")).orElseThrow(GiteaError::notFound);
    }

    /** {@return the body, an object with no other fields than these} */
    JsonNode json(String... fields) {
        if (exchange.header("Content-Type").filter(type -> type.startsWith("application/json")).isEmpty()) {
            throw GiteaError.invalid("Content-Type is not application/json");
        }
        JsonNode body;
        try {
            body = JSON.readTree(exchange.body());
        } catch (IOException e) {
            throw GiteaError.invalid("invalid JSON");
        }
        if (body == null || !body.isObject()) {
            throw GiteaError.invalid("the body is not an object");
        }
        only(body, fields);
        return body;
    }

    /** The real one ignores fields that it does not know; here they are a mistake of the caller. */
    static void only(JsonNode object, String... fields) {
        Set<String> known = Set.of(fields);
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw GiteaError.invalid("unknown field " + name);
            }
        }
    }

    /** {@return the body's {@code body}, which must not be blank} */
    static String text(JsonNode object) {
        String text = object.path("body").asText("");
        if (text.isBlank()) {
            throw GiteaError.invalid("[Body]: Required");
        }
        return text;
    }

    /** Answers one page, with the total and, in most listings, where the next one is. */
    <T> Answer page(List<T> all, boolean linked, Function<T, ? extends JsonNode> json) {
        int size = Math.min(LARGEST_PAGE, Math.max(1, integer("limit", USUAL_PAGE)));
        int page = Math.max(1, integer("page", 1));
        ArrayNode items = JSON.createArrayNode();
        all.stream().skip((page - 1) * (long) size).limit(size).forEach(item -> items.add(json.apply(item)));
        Answer answer = Answer.json(200, items).with("X-Total-Count", Integer.toString(all.size()));
        return linked && page * (long) size < all.size()
                ? answer.with("Link", "<" + gitea.webUrl() + exchange.rawPath().substring(Gitea.PATH.length())
                        + "?limit=" + size + "&page=" + (page + 1) + ">; rel=\"next\"")
                : answer;
    }

    private int integer(String parameter, int otherwise) {
        try {
            return exchange.parameter(parameter).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
