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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A request to Data Center with its caller and the values in its path.
 *
 * @param token null for anybody
 */
record DataCenterCall(
        BitbucketDataCenter server, Exchange exchange, BitbucketToken token, Map<String, String> variables) {

    private static final int LARGEST_PAGE = 1_000;

    /** What answers a call. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(DataCenterCall call);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static BitbucketError invalid(String field, String problem) {
        return BitbucketError.dataCenter(400, field, problem, "validation.ArgumentValidationException");
    }

    static BitbucketError notFound(String what) {
        return BitbucketError.dataCenter(404, null, what + " does not exist.", "NoSuchEntityException");
    }

    Account user() {
        return token.user();
    }

    String variable(String name) {
        return variables.get(name);
    }

    boolean sees(Repo repo) {
        return BitbucketDataCenter.role(token, repo).includes(Account.Role.READ);
    }

    /**
     * {@return the repository in the path; 401 unless it is seen, as Data Center hides what is there, 403 unless
     * allowed}
     */
    Repo repository(Account.Role needed) {
        if (token == null) {
            throw BitbucketError.dataCenter(401, null, "You are not permitted to access this resource",
                    "AuthorisationException");
        }
        Repo repo = server.state().findRepo(variable("project"), variable("repo"))
                .filter(this::sees)
                .orElseThrow(() -> notFound("Repository " + variable("project") + "/" + variable("repo")));
        if (!BitbucketDataCenter.role(token, repo).includes(needed)) {
            throw BitbucketError.dataCenter(403, null, "You are not permitted to access this resource",
                    "AuthorisationException");
        }
        return repo;
    }

    PullRequest pullRequest() {
        return repository(Account.Role.READ).pullRequests().stream()
                .filter(pull -> Integer.toString(pull.number()).equals(variable("number")))
                .findFirst()
                .orElseThrow(() -> notFound("Pull request " + variable("number")));
    }

    String commit(Repo repo) {
        String sha = variable("commit");
        if (!sha.matches("[0-9a-f]{40}")) {
            throw notFound("Commit '" + sha + "'");
        }
        return repo.git().commit(sha).map(RevCommit::name).orElseThrow(() -> notFound("Commit '" + sha + "'"));
    }

    /** {@return the body, an object of these fields alone} */
    Fields fields(String... known) {
        if (exchange.header("Content-Type").filter(type -> type.startsWith("application/json")).isEmpty()) {
            throw BitbucketError.dataCenter(415, null, "Unsupported Media Type", "UnsupportedMediaTypeException");
        }
        JsonNode body = Fields.parse(exchange.body(), DataCenterCall::invalid);
        return Fields.of(body, Set.of(known), DataCenterCall::invalid);
    }

    <T> Answer page(List<T> all, Function<T, ? extends JsonNode> json) {
        return Answer.json(200, pageOf(all, json));
    }

    <T> ObjectNode pageOf(List<T> all, Function<T, ? extends JsonNode> json) {
        int start = integer("start", 0);
        int limit = Math.min(LARGEST_PAGE, integer("limit", 25));
        ObjectNode body = object();
        ArrayNode values = body.putArray("values");
        all.stream().skip(start).limit(limit).forEach(item -> values.add(json.apply(item)));
        boolean last = start + limit >= all.size();
        body.put("size", values.size()).put("limit", limit).put("start", start).put("isLastPage", last);
        if (last) {
            body.putNull("nextPageStart");
        } else {
            body.put("nextPageStart", start + limit);
        }
        return body;
    }

    private int integer(String parameter, int otherwise) {
        String value = exchange.parameter(parameter).orElse("" + otherwise);
        if (!value.matches("\\d{1,7}")) {
            throw invalid(parameter, "has to be a number");
        }
        return Integer.parseInt(value);
    }
}
