package io.jenkins.plugins.scmchecks.forge.gitea;

import io.jenkins.plugins.scmchecks.forge.gitea.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.Router;

/** Gitea's REST API under {@code /gitea/api/v1}. */
final class GiteaDialect implements Dialect {

    private static final String API = Gitea.PATH + "/api/v1";

    private final Gitea gitea;
    private final Router<Endpoint> router = new Router<>();

    GiteaDialect(Gitea gitea) {
        this.gitea = gitea;
        new AccountsApi().addTo(router);
        new RepositoriesApi().addTo(router);
        new StatusesApi().addTo(router);
        new ReviewsApi().addTo(router);
        new CommentsApi().addTo(router);
        new HooksApi().addTo(router);
    }

    @Override
    public boolean speaks(String rawPath) {
        return rawPath.startsWith(API + "/");
    }

    @Override
    public Answer answer(Exchange exchange) {
        try {
            GiteaToken token = gitea.authenticate(exchange);
            exchange.caller("token:" + token.user().login());
            return router.find(exchange.method(), exchange.rawPath().substring(API.length()))
                    .map(found -> found.handler().answer(new Call(gitea, exchange, token, found.variables())))
                    .orElseThrow(GiteaError::notFound);
        } catch (GiteaError e) {
            return e.answer();
        }
    }
}
