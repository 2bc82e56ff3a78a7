package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jenkins.plugins.scmchecks.engine.scm.ApiConventions;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.time.Clock;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** What the parts of a connection share: the APIs with their access token. */
final class GoogleSession {

    private final Integration integration;
    private final TokenGrant grant;
    private final AccessTokens tokens;
    private final JsonApi api;
    private final JsonApi resourceManager;

    GoogleSession(
            Integration integration,
            OkHttpClient http,
            Clock clock,
            GoogleProvider.Endpoints endpoints,
            AccessTokens tokens) {
        this.integration = integration;
        this.grant = TokenGrant.of(integration, endpoints.token());
        this.tokens = tokens;
        ApiConventions conventions = new Conventions();
        this.api = new JsonApi(http, integration.apiUrl(), clock, conventions);
        this.resourceManager = new JsonApi(http, endpoints.resourceManager(), clock, conventions);
    }

    Integration integration() {
        return integration;
    }

    TokenGrant grant() {
        return grant;
    }

    AccessTokens.AccessToken token() throws ScmException {
        return tokens.current(grant);
    }

    /** {@return the Cloud Source Repositories API} */
    JsonApi api() {
        return api;
    }

    /** {@return the Cloud Resource Manager API, which knows the projects} */
    JsonApi resourceManager() {
        return resourceManager;
    }

    /** {@return the address of a repository: its project, then its name, which may have slashes itself} */
    HttpUrl.Builder repository(RepositoryPath repository) {
        int slash = repository.value().indexOf('/');
        HttpUrl.Builder url = api.url("projects", repository.value().substring(0, slash), "repos");
        List.of(repository.value().substring(slash + 1).split("/")).forEach(url::addPathSegment);
        return url;
    }

    private final class Conventions implements ApiConventions {

        private static final String BEARER = "Bearer ";

        @Override
        public String product() {
            return "Google";
        }

        @Override
        public void authorize(Request.Builder request) throws ScmException {
            request.header("Authorization", BEARER + token().value());
        }

        @Override
        public boolean renew(Request refused) throws ScmException {
            String header = refused.header("Authorization");
            return header != null && tokens.renew(grant, header.substring(BEARER.length()));
        }

        @Override
        public Reason reason(int status, String said) {
            boolean limited = said.contains("RESOURCE_EXHAUSTED") || said.contains("rateLimitExceeded");
            return limited ? Reason.RATE_LIMITED : ApiConventions.super.reason(status, said);
        }

        @Override
        public String advice(Reason reason) {
            return switch (reason) {
                case UNAUTHORIZED -> "Is the credential still valid?";
                case FORBIDDEN -> "The account needs the role Source Repository Reader (roles/source.reader) in the"
                        + " project, and the Cloud Source Repositories API has to be enabled there.";
                case NOT_FOUND -> "Check the project's id and the repository's name.";
                case RATE_LIMITED, UNAVAILABLE, REJECTED -> "";
            };
        }
    }
}
