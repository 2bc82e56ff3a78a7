package io.jenkins.plugins.scmchecks.forge.bitbucket;

import io.jenkins.plugins.scmchecks.forge.bitbucket.DataCenterCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.Router;

/** Data Center's REST APIs under {@code /bitbucket/rest}, with what every answer has in common. */
final class DataCenterDialect implements Dialect {

    static final String API = "/api/latest";
    static final String REPOSITORY = API + "/projects/{project}/repos/{repo}";

    private static final String REST = BitbucketDataCenter.PATH + "/rest";

    private final BitbucketDataCenter server;
    private final Router<Endpoint> router = new Router<>();

    DataCenterDialect(BitbucketDataCenter server, Reports reports) {
        this.server = server;
        new DataCenterRepositoriesApi().addTo(router);
        new DataCenterPullRequestsApi().addTo(router);
        new DataCenterCommentsApi().addTo(router);
        new DataCenterChecksApi(reports).addTo(router);
        new DataCenterHooksApi().addTo(router);
    }

    @Override
    public boolean speaks(String rawPath) {
        return rawPath.startsWith(REST + "/");
    }

    @Override
    public Answer answer(Exchange exchange) {
        try {
            BitbucketToken token = server.authenticate(exchange);
            exchange.caller(token == null ? "anonymous" : "token:" + token.user().login());
            Answer answer = route(exchange, token);
            return token == null ? answer : answer.with("X-AUSERNAME", token.user().login())
                    .with("X-AUSERID", Long.toString(token.user().id()));
        } catch (BitbucketError e) {
            return e.answer();
        }
    }

    private Answer route(Exchange exchange, BitbucketToken token) {
        try {
            return router.find(exchange.method(), exchange.rawPath().substring(REST.length()))
                    .map(found -> found.handler().answer(new DataCenterCall(server, exchange, token, found.variables())))
                    .orElseThrow(() -> DataCenterCall.notFound("The resource"));
        } catch (BitbucketError e) {
            return e.answer();
        }
    }
}
