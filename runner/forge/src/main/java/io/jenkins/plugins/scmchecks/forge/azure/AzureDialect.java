package io.jenkins.plugins.scmchecks.forge.azure;

import io.jenkins.plugins.scmchecks.forge.azure.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import java.util.regex.Pattern;

/** The REST API of a collection, with what every answer has in common. */
final class AzureDialect implements Dialect {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,2}\\.\\d)(-preview(\\.\\d)?)?");

    /** What was a preview before REST API 7.0. */
    private static final Pattern LATE = Pattern.compile(".*/pullRequests/[^/]+/statuses");

    private final AzureDevOps azure;
    private final RateLimit requests;
    private final Router<Endpoint> router = new Router<>();

    AzureDialect(AzureDevOps azure, RateLimit requests) {
        this.azure = azure;
        this.requests = requests;
        new ProjectsApi().addTo(router);
        new RepositoriesApi().addTo(router);
        new PullRequestsApi().addTo(router);
        new ThreadsApi().addTo(router);
        new StatusesApi().addTo(router);
        new SubscriptionsApi().addTo(router);
    }

    @Override
    public boolean speaks(String rawPath) {
        return rawPath.startsWith(AzureDevOps.PATH + "/");
    }

    @Override
    public Answer answer(Exchange exchange) {
        try {
            AzureToken token = azure.authenticate(exchange);
            exchange.caller("token:" + token.user().login());
            RateLimit.Budget left = requests.take(token.user().login());
            if (!left.allowed()) {
                throw AzureError.tooMany(
                        Math.max(1, left.reset().getEpochSecond() - azure.state().now().getEpochSecond()));
            }
            checkVersion(exchange);
            Answer answer = router.find(exchange.method(), exchange.rawPath().substring(AzureDevOps.PATH.length()))
                    .map(found -> found.handler().answer(new Call(azure, exchange, token, found.variables())))
                    .orElseThrow(() -> AzureError.notFound("The controller for path " + exchange.path()));
            return azure.delay() == null
                    ? answer
                    : answer.with("Retry-After", Long.toString(azure.delay().toSeconds()));
        } catch (AzureError e) {
            return e.answer();
        }
    }

    private void checkVersion(Exchange exchange) {
        String asked = exchange.parameter("api-version").orElse("");
        if (asked.isEmpty() && !exchange.method().equals("GET")) {
            throw AzureError.noVersion(exchange.method());
        }
        if (asked.isEmpty()) {
            return;
        }
        var version = VERSION.matcher(asked);
        if (!version.matches()) {
            throw AzureError.invalid("The value '" + asked + "' is not a valid api-version.");
        }
        double number = Double.parseDouble(version.group(1));
        if (number > Double.parseDouble(azure.version())) {
            throw AzureError.version(asked, azure.version());
        }
        boolean preview = exchange.path().endsWith("/connectionData")
                || number < 7.0 && LATE.matcher(exchange.path()).matches();
        if (preview && version.group(2) == null) {
            throw AzureError.preview(asked);
        }
    }
}
