package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.AccessToken;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** REST at {@code /api/v3} and GraphQL at {@code /api/graphql}, with what every answer has in common. */
final class GitHubDialect implements Dialect {

    private static final String REST = "/api/v3";
    private static final String GRAPHQL = "/api/graphql";
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final GitHub github;
    private final RateLimit primary;
    private final RateLimit content;
    private final Router<Endpoint> router = new Router<>();
    private final Authenticator authenticator;
    private final GraphQlApi graphQl;

    GitHubDialect(GitHub github, RateLimit primary, RateLimit content) {
        this.github = github;
        this.primary = primary;
        this.content = content;
        this.authenticator = new Authenticator(github);
        this.graphQl = new GraphQlApi(github, primary);
        new RootApi(github, primary).addTo(router);
        new AppsApi(github).addTo(router);
        new AccountsApi(github).addTo(router);
        new ReposApi(github).addTo(router);
        new ContentsApi(github).addTo(router);
        new PullsApi(github).addTo(router);
        new ReviewsApi(github).addTo(router);
        new ReviewCommentsApi(github).addTo(router);
        new IssueCommentsApi(github).addTo(router);
        new ChecksApi(github).addTo(router);
        new StatusesApi(github).addTo(router);
        new HooksApi(github).addTo(router);
    }

    @Override
    public boolean speaks(String rawPath) {
        return rawPath.startsWith(REST + "/") || rawPath.equals(REST) || rawPath.equals(GRAPHQL);
    }

    @Override
    public Answer answer(Exchange exchange) {
        String budget = "anonymous";
        Answer answer;
        try {
            if (exchange.header("User-Agent").filter(agent -> !agent.isBlank()).isEmpty()) {
                throw GitHubError.forbidden("Request forbidden by administrative rules. Please make sure your request "
                        + "has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api"
                        + "#user-agent-required). Check https://developer.github.com for other possible causes.");
            }
            Caller caller = authenticator.caller(exchange);
            budget = caller.name();
            exchange.caller(budget);
            answer = withinLimits(exchange, caller);
            if (caller instanceof Caller.Person person) {
                answer = describe(person.token(), answer);
            }
        } catch (GitHubError e) {
            answer = e.answer();
        }
        RateLimit.Budget left = primary.peek(budget);
        return answer.with("X-RateLimit-Limit", Integer.toString(left.limit()))
                .with("X-RateLimit-Remaining", Integer.toString(left.remaining()))
                .with("X-RateLimit-Used", Integer.toString(left.used()))
                .with("X-RateLimit-Reset", Long.toString(left.reset().getEpochSecond()))
                .with("X-RateLimit-Resource", exchange.rawPath().equals(GRAPHQL) ? "graphql" : "core")
                .with("X-GitHub-Request-Id", UUID.randomUUID().toString())
                .with("X-GitHub-Enterprise-Version", RootApi.VERSION)
                .with("X-GitHub-Media-Type", "github.v3; format=json");
    }

    private Answer withinLimits(Exchange exchange, Caller caller) {
        if (exchange.rawPath().equals(REST + "/rate_limit")) {
            return route(exchange, caller);
        }
        RateLimit.Budget before = primary.peek(caller.name());
        if (before.remaining() == 0) {
            return GitHubError.forbidden("API rate limit exceeded for " + caller.name() + ".").answer();
        }
        boolean writes = !READING.contains(exchange.method()) && !exchange.rawPath().endsWith("/access_tokens");
        if (writes) {
            RateLimit.Budget creating = content.take(caller.name());
            if (!creating.allowed()) {
                long wait = Math.max(1, creating.reset().getEpochSecond() - github.state().now().getEpochSecond());
                return GitHubError.forbidden("You have exceeded a secondary rate limit. Please wait a few minutes "
                        + "before you try again.").answer().with("Retry-After", Long.toString(wait));
            }
        }
        Answer answer = conditional(exchange, route(exchange, caller));
        if (answer.status() != 304) {
            primary.take(caller.name());
        }
        return answer;
    }

    private Answer route(Exchange exchange, Caller caller) {
        if (exchange.rawPath().endsWith("/access_tokens")) {
            exchange.write(false);
        }
        if (exchange.rawPath().equals(GRAPHQL)) {
            return graphQl.answer(new Call(github, exchange, caller, Map.of()));
        }
        try {
            return router.find(exchange.method(), exchange.rawPath().substring(REST.length()))
                    .map(found -> found.handler().answer(new Call(github, exchange, caller, found.variables())))
                    .orElseThrow(GitHubError::notFound);
        } catch (GitHubError e) {
            return e.answer();
        }
    }

    private static Answer conditional(Exchange exchange, Answer answer) {
        if (!exchange.method().equals("GET") || answer.status() != 200) {
            return answer;
        }
        String tag = "W/\"" + digest(answer.body()) + "\"";
        boolean same = exchange.header("If-None-Match").filter(tag::equals).isPresent();
        return (same ? Answer.empty(304) : answer).with("ETag", tag).with("Cache-Control", "private, max-age=60, "
                + "s-maxage=60");
    }

    private static Answer describe(AccessToken token, Answer answer) {
        Answer described = answer.with("X-OAuth-Scopes", String.join(", ", new TreeSet<>(token.scopes())));
        return token.expires() == null ? described : described.with("GitHub-Authentication-Token-Expiration",
                RepoJson.time(token.expires()).replace('T', ' ').replace("Z", " UTC"));
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
