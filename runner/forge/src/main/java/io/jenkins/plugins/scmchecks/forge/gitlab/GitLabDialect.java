package io.jenkins.plugins.scmchecks.forge.gitlab;

import io.jenkins.plugins.scmchecks.forge.gitlab.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import java.util.Set;

/** GitLab's REST API under {@code /gitlab/api/v4} and its OAuth beside it, with what every answer has in common. */
final class GitLabDialect implements Dialect {

    private static final String API = GitLab.PATH + "/api/v4";
    private static final String OAUTH = GitLab.PATH + "/oauth";
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final GitLab gitlab;
    private final RateLimit requests;
    private final Router<Endpoint> router = new Router<>();
    private final OAuthApi oauth;

    GitLabDialect(GitLab gitlab, RateLimit requests, RateLimit notes) {
        this.gitlab = gitlab;
        this.requests = requests;
        this.oauth = new OAuthApi(gitlab);
        new UsersApi().addTo(router);
        new ProjectsApi().addTo(router);
        new MergeRequestsApi().addTo(router);
        new DiscussionsApi(notes).addTo(router);
        new StatusesApi().addTo(router);
        new HooksApi().addTo(router);
    }

    @Override
    public boolean speaks(String rawPath) {
        return rawPath.startsWith(API + "/") || rawPath.startsWith(OAUTH + "/");
    }

    @Override
    public Answer answer(Exchange exchange) {
        try {
            if (exchange.rawPath().equals(OAUTH + "/token")) {
                exchange.write(false);
                return oauth.token(exchange);
            }
            GitLabToken token = gitlab.authenticate(exchange);
            exchange.caller("token:" + token.user().login());
            if (exchange.rawPath().equals(OAUTH + "/token/info")) {
                return oauth.info(token);
            }
            return withinLimits(exchange, token);
        } catch (GitLabError e) {
            return e.answer();
        }
    }

    private Answer withinLimits(Exchange exchange, GitLabToken token) {
        RateLimit.Budget left = requests.take(token.user().login());
        Answer answer = left.allowed() ? route(exchange, token) : Answer.text(429, "text/plain", "Retry later\n")
                .with("Retry-After", Long.toString(Math.max(1,
                        left.reset().getEpochSecond() - gitlab.state().now().getEpochSecond())));
        return answer.with("RateLimit-Limit", Integer.toString(left.limit()))
                .with("RateLimit-Name", "throttle_authenticated_api")
                .with("RateLimit-Observed", Integer.toString(left.used()))
                .with("RateLimit-Remaining", Integer.toString(left.remaining()))
                .with("RateLimit-Reset", Long.toString(left.reset().getEpochSecond()));
    }

    private Answer route(Exchange exchange, GitLabToken token) {
        try {
            Set<String> scopes = token.scopes();
            boolean reads = READING.contains(exchange.method());
            if (!scopes.contains("api") && !(reads && scopes.contains("read_api"))) {
                throw GitLabError.oauth(403, "insufficient_scope",
                        "The request requires higher privileges than provided by the access token.");
            }
            return router.find(exchange.method(), exchange.rawPath().substring(API.length()))
                    .map(found -> found.handler().answer(new Call(gitlab, exchange, token, found.variables())))
                    .orElseThrow(() -> GitLabError.notFound(""));
        } catch (GitLabError e) {
            return e.answer();
        }
    }
}
