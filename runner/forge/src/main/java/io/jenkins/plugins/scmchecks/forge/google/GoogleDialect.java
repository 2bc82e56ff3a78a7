package io.jenkins.plugins.scmchecks.forge.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The token endpoint, the published keys, and the two APIs. */
final class GoogleDialect implements Dialect {

    private static final int LARGEST_PAGE = 500;

    private interface Endpoint {
        Answer answer(Exchange exchange, Account account, Map<String, String> variables);
    }

    private final GoogleCloud google;
    private final Router<Endpoint> router = new Router<>();

    GoogleDialect(GoogleCloud google) {
        this.google = google;
        router.add("GET", "/resourcemanager/v1/projects", (exchange, account, path) -> projects(exchange, account));
        router.add("GET", "/sourcerepo/v1/projects/{project}/repos", this::repositories);
        router.add("GET", "/sourcerepo/v1/projects/{project}/repos/{repo*}", this::repository);
    }

    @Override
    public boolean speaks(String rawPath) {
        return rawPath.startsWith(GoogleCloud.PATH + "/");
    }

    @Override
    public Answer answer(Exchange exchange) {
        String path = exchange.rawPath().substring(GoogleCloud.PATH.length());
        try {
            if (path.equals("/token") && exchange.method().equals("POST")) {
                exchange.write(false);
                return token(form(exchange));
            }
            if (path.equals("/certs")) {
                return Answer.json(200, google.pubSub().jwkSet()).with("Cache-Control", "public, max-age=3600");
            }
            Account account = exchange.header("Authorization")
                    .filter(header -> header.startsWith("Bearer "))
                    .flatMap(header -> google.account(header.substring("Bearer ".length())))
                    .orElseThrow(() -> GoogleError.of(401, "UNAUTHENTICATED",
                            "Request had invalid authentication credentials."));
            exchange.caller("google:" + account);
            Router.Found<Endpoint> found = router.find(exchange.method(), path)
                    .orElseThrow(() -> GoogleError.of(404, "NOT_FOUND", "Requested entity was not found."));
            return found.handler().answer(exchange, account, found.variables());
        } catch (GoogleError e) {
            return e.answer();
        }
    }

    private Answer token(Map<String, String> form) {
        Account account = switch (form.getOrDefault("grant_type", "")) {
            case "urn:ietf:params:oauth:grant-type:jwt-bearer" -> assertion(form.getOrDefault("assertion", ""));
            case "refresh_token" -> google.findClient(form.getOrDefault("client_id", ""))
                    .filter(client -> client.secret().equals(form.get("client_secret")))
                    .orElseThrow(() -> GoogleError.oauth(401, "invalid_client", "The OAuth client was not found."))
                    .refreshToken().equals(form.get("refresh_token"))
                    ? google.findClient(form.get("client_id")).orElseThrow().account()
                    : null;
            default -> throw GoogleError.oauth(400, "unsupported_grant_type", "Invalid grant_type");
        };
        if (account == null) {
            throw GoogleError.oauth(400, "invalid_grant", "Token has been expired or revoked.");
        }
        return Answer.json(200, JsonNodeFactory.instance.objectNode()
                .put("access_token", google.give(account))
                .put("expires_in", GoogleCloud.LIFETIME.toSeconds())
                .put("token_type", "Bearer")
                .put("scope", "https://www.googleapis.com/auth/cloud-platform"));
    }

    private Account assertion(String jwt) {
        JsonNode claims = Jwt.claims(jwt)
                .orElseThrow(() -> GoogleError.oauth(400, "invalid_grant", "Invalid JWT"));
        ServiceAccount account = google.findServiceAccount(claims.path("iss").asText())
                .orElseThrow(() -> GoogleError.oauth(400, "invalid_grant", "Invalid grant: account not found"));
        long now = google.state().now().getEpochSecond();
        long from = claims.path("iat").asLong();
        long to = claims.path("exp").asLong();
        if (from > now + 300 || to <= now || to - from > 3600
                || !claims.path("aud").isTextual() || !claims.path("aud").asText().equals(google.tokenUrl())
                || claims.path("scope").asText().isEmpty()) {
            throw GoogleError.oauth(400, "invalid_grant", "Invalid JWT: iat, exp, aud or scope");
        }
        if (!Jwt.signed(jwt, account.key().getPublic())) {
            throw GoogleError.oauth(400, "invalid_grant", "Invalid JWT Signature.");
        }
        return account.account();
    }

    private static Map<String, String> form(Exchange exchange) {
        Map<String, String> form = new HashMap<>();
        for (String pair : new String(exchange.body(), StandardCharsets.US_ASCII).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private Answer projects(Exchange exchange, Account account) {
        List<Account> projects = google.state().accounts().stream()
                .filter(project -> project.kind() == Account.Kind.ORGANIZATION)
                .filter(project -> project.roleOf(account) != Account.Role.NONE)
                .toList();
        return page(exchange, "projects", projects, project -> JsonNodeFactory.instance.objectNode()
                .put("projectId", project.login()).put("lifecycleState", "ACTIVE"));
    }

    private Account project(Account account, Map<String, String> path) {
        return google.state().findAccount(path.get("project"))
                .filter(project -> project.roleOf(account) != Account.Role.NONE)
                .orElseThrow(() -> GoogleError.of(403, "PERMISSION_DENIED", "The caller does not have permission"));
    }

    private Answer repositories(Exchange exchange, Account account, Map<String, String> path) {
        List<Repo> repos = google.state().reposOf(project(account, path)).stream()
                .sorted(Comparator.comparingLong(Repo::id))
                .toList();
        return page(exchange, "repos", repos, this::json);
    }

    private Answer repository(Exchange exchange, Account account, Map<String, String> path) {
        return Answer.json(200, google.state().findRepo(project(account, path).login(), path.get("repo"))
                .map(this::json)
                .orElseThrow(() -> GoogleError.of(404, "NOT_FOUND", "Requested entity was not found.")));
    }

    private ObjectNode json(Repo repo) {
        return JsonNodeFactory.instance.objectNode()
                .put("name", "projects/" + repo.owner() + "/repos/" + repo.name())
                .put("size", "1000")
                .put("url", google.root() + "/" + repo.fullName() + ".git");
    }

    /** An empty list has no field at all, as Google leaves out what is empty. */
    private static <T> Answer page(Exchange exchange, String field, List<T> all, Function<T, ObjectNode> json) {
        int size = exchange.parameter("pageSize").map(Integer::parseInt).orElse(100);
        int from = exchange.parameter("pageToken").map(token -> Integer.parseInt(token.substring(1))).orElse(0);
        if (size < 0 || size > LARGEST_PAGE) {
            throw GoogleError.of(400, "INVALID_ARGUMENT", "page_size is out of range");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        all.stream().skip(from).limit(size).forEach(item -> body.withArray(field).add(json.apply(item)));
        if (from + size < all.size()) {
            body.put("nextPageToken", "t" + (from + size));
        }
        return Answer.json(200, body);
    }
}
