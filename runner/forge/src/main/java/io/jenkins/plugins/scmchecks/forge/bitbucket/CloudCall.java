package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.revwalk.RevCommit;

/** A request to Cloud with its caller and the values in its path. */
record CloudCall(BitbucketCloud cloud, Exchange exchange, BitbucketToken token, Map<String, String> variables) {

    private static final int LARGEST_PAGE = 100;

    /**
     * What answers a call.
     *
     * @param scope that a token needs for it
     */
    record Endpoint(String scope, Function<CloudCall, Answer> handler) {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    Account user() {
        return token.user();
    }

    String variable(String name) {
        return variables.get(name);
    }

    /** {@return the repository in the path; 404 unless it is seen, 403 unless allowed} */
    Repo repository(Account.Role needed) {
        String name = variable("workspace") + "/" + variable("repo");
        Repo repo = cloud.state().findRepo(variable("workspace"), variable("repo"))
                .filter(found -> found.roleOf(user()).includes(Account.Role.READ))
                .orElseThrow(() -> BitbucketError.cloud(404, "You may not have access to this repository or it no longer"
                        + " exists in this workspace: " + name));
        if (!repo.roleOf(user()).includes(needed)) {
            throw BitbucketError.cloud(403, "Your credentials lack the required permission for this repository.");
        }
        return repo;
    }

    PullRequest pullRequest() {
        Repo repo = repository(Account.Role.READ);
        return repo.pullRequests().stream()
                .filter(pull -> Integer.toString(pull.number()).equals(variable("number")))
                .findFirst()
                .orElseThrow(() -> BitbucketError.cloud(404, "Pull request not found"));
    }

    /** {@return the full id of the commit in the path} */
    String commit(Repo repo) {
        String hash = variable("commit");
        boolean known = hash.matches("[0-9a-f]{7,40}") && !cloud.isHidden(repo, hash);
        return (known ? repo.git().commit(hash) : Optional.<RevCommit>empty())
                .orElseThrow(() -> BitbucketError.cloud(404, "Commit not found")).name();
    }

    JsonNode json() {
        if (exchange.header("Content-Type").filter(type -> type.startsWith("application/json")).isEmpty()) {
            throw BitbucketError.cloud(400, "Bad request: the content type has to be application/json");
        }
        return Fields.parse(exchange.body(), BitbucketError::cloudField);
    }

    /** {@return the body, an object of these fields and {@code type} alone} */
    Fields fields(String... known) {
        Set<String> all = new HashSet<>(List.of(known));
        all.add("type");
        return Fields.of(json(), all, BitbucketError::cloudField);
    }

    <T> Answer page(List<T> all, Function<T, ? extends JsonNode> json) {
        int size = integer("pagelen", 10);
        int page = integer("page", 1);
        if (size > LARGEST_PAGE) {
            throw BitbucketError.cloud(400, "Invalid pagelen");
        }
        ObjectNode body = object();
        ArrayNode values = body.putArray("values");
        all.stream().skip((page - 1) * (long) size).limit(size).forEach(item -> values.add(json.apply(item)));
        body.put("pagelen", size).put("size", all.size()).put("page", page);
        if (page * (long) size < all.size()) {
            StringBuilder query = new StringBuilder();
            for (String pair : exchange.query().split("&")) {
                query.append(pair.isEmpty() || pair.startsWith("page=") ? "" : pair + "&");
            }
            body.put("next", cloud.root() + exchange.rawPath() + "?" + query + "page=" + (page + 1));
        }
        return Answer.json(200, body);
    }

    private int integer(String parameter, int otherwise) {
        String value = exchange.parameter(parameter).orElse("" + otherwise);
        if (!value.matches("[1-9]\\d{0,6}")) {
            throw BitbucketError.cloud(400, "Invalid " + parameter);
        }
        return Integer.parseInt(value);
    }
}
