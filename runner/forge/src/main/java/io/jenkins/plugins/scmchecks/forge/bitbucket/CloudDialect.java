package io.jenkins.plugins.scmchecks.forge.bitbucket;

import io.jenkins.plugins.scmchecks.forge.bitbucket.CloudCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import java.util.Set;

/** Cloud's REST API under {@code /bitbucket-cloud/2.0}, with what every answer has in common. */
final class CloudDialect implements Dialect {

    private static final String API = BitbucketCloud.PATH + "/2.0";

    private final BitbucketCloud cloud;
    private final Router<Endpoint> router = new Router<>();

    CloudDialect(BitbucketCloud cloud, Reports reports) {
        this.cloud = cloud;
        router.add("GET", "/user", new Endpoint("account", call -> Answer.json(200, CloudJson.user(call.user()))));
        new CloudRepositoriesApi().addTo(router);
        new CloudPullRequestsApi().addTo(router);
        new CloudCommentsApi().addTo(router);
        new CloudChecksApi(reports).addTo(router);
        new CloudHooksApi().addTo(router);
    }

    @Override
    public boolean speaks(String rawPath) {
        return rawPath.startsWith(API + "/");
    }

    @Override
    public Answer answer(Exchange exchange) {
        BitbucketToken token;
        try {
            token = cloud.authenticate(exchange);
        } catch (BitbucketError e) {
            return e.answer();
        }
        exchange.caller("token:" + token.user().login());
        Router.Found<Endpoint> found =
                router.find(exchange.method(), exchange.rawPath().substring(API.length())).orElse(null);
        Answer answer = found == null
                ? BitbucketError.cloud(404, "Resource not found").answer()
                : answer(found, exchange, token);
        return answer.with("X-OAuth-Scopes", String.join(", ", token.scopes()))
                .with("X-Accepted-OAuth-Scopes", found == null ? "" : found.handler().scope());
    }

    private Answer answer(Router.Found<Endpoint> found, Exchange exchange, BitbucketToken token) {
        try {
            if (!includes(token.scopes(), found.handler().scope())) {
                throw BitbucketError.scopes(found.handler().scope(), token.scopes());
            }
            return found.handler().handler().apply(new CloudCall(cloud, exchange, token, found.variables()));
        } catch (BitbucketError e) {
            return e.answer();
        }
    }

    /** A scope includes its shorter forms, and every pull request scope includes {@code repository}. */
    private static boolean includes(Set<String> granted, String needed) {
        return granted.stream().anyMatch(scope -> scope.equals(needed) || scope.startsWith(needed + ":")
                || needed.equals("repository") && scope.startsWith("pullrequest"));
    }
}
