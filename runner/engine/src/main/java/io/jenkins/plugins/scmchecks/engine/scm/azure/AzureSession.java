package io.jenkins.plugins.scmchecks.engine.scm.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ApiConventions;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What the parts of a connection share: the API with its credential and version, and who that is. */
final class AzureSession {

    /** Continues by the token in a header (documentation, e.g. Refs - List). */
    static final JsonApi.Paging CONTINUED = new JsonApi.Paging() {
        @Override
        public Iterable<JsonNode> items(JsonApi.Answer page) {
            return page.body().path("value");
        }

        @Override
        public HttpUrl next(HttpUrl url, JsonApi.Answer page) {
            String token = page.headers().get("x-ms-continuationtoken");
            return token == null || token.isEmpty()
                    ? null
                    : url.newBuilder().setQueryParameter("continuationToken", token).build();
        }
    };

    /** The newest that this is made for. */
    private static final String NEWEST = "7.1";

    private static final Pattern SUPPORTED = Pattern.compile("supports is (\\d{1,3}\\.\\d{1,3})");

    private final Integration integration;
    private final JsonApi api;
    private volatile Account account;
    private volatile String version;
    private volatile boolean delayed;

    /**
     * Whom the credential signs in as.
     *
     * @param active whether the account may sign in
     * @param server whether this is Azure DevOps Server
     */
    record Account(String id, String name, boolean active, boolean server) {

        boolean isSame(JsonNode identity) {
            return !id.isEmpty() && identity.path("id").asText("").equalsIgnoreCase(id);
        }
    }

    AzureSession(Integration integration, OkHttpClient http, Clock clock) {
        this.integration = integration;
        // A redirect leads to the sign-in page: it is an answer, not a way.
        OkHttpClient client = http.newBuilder().followRedirects(false).addInterceptor(new Delays()).build();
        this.api = new JsonApi(client, integration.apiUrl(), clock, new Conventions(token(integration.credential())));
        String host = integration.apiUrl().getHost().toLowerCase(Locale.ROOT);
        this.version = host.equals("dev.azure.com") || host.endsWith(".visualstudio.com") ? NEWEST : null;
    }

    private static String token(ScmCredential credential) {
        if (credential instanceof ScmCredential.Token token) {
            return token.value();
        }
        if (credential instanceof ScmCredential.UserToken token) {
            return token.value();
        }
        throw new IllegalArgumentException("Azure DevOps takes a personal access token; not " + credential);
    }

    Integration integration() {
        return integration;
    }

    JsonApi api() {
        return api;
    }

    /** {@return whether an answer asked to slow down, which Azure DevOps does before it refuses requests} */
    boolean delayed() {
        return delayed;
    }

    /** {@return the version of the REST API to ask for: what a Server of an older version has, found once} */
    String version() throws ScmException {
        String known = version;
        if (known == null) {
            known = supported();
            version = known;
        }
        return known;
    }

    /** Asks for what needs no scope. */
    private String supported() throws ScmException {
        try {
            api.get(api.url("_apis", "connectionData").addQueryParameter("api-version", NEWEST + "-preview"));
            return NEWEST;
        } catch (ScmException e) {
            Matcher matcher = SUPPORTED.matcher(e.getMessage());
            if (e.reason() != Reason.REJECTED || !matcher.find()) {
                throw e;
            }
            return matcher.group(1);
        }
    }

    /** {@return an address below the organization's or collection's} */
    HttpUrl.Builder collection(String... segments) throws ScmException {
        return at(api.url("_apis"), segments);
    }

    /** {@return an address below a repository's} */
    HttpUrl.Builder repository(RepositoryPath repository, String... segments) throws ScmException {
        return at(api.url(repository.owner(), "_apis", "git", "repositories", repository.name()), segments);
    }

    /** {@return an address below a project's Git} */
    HttpUrl.Builder git(String project, String... segments) throws ScmException {
        return at(api.url(project, "_apis", "git"), segments);
    }

    /** {@return an address below a pull request's} */
    HttpUrl.Builder pullRequest(RepositoryPath repository, PullRequest pullRequest, String... segments)
            throws ScmException {
        HttpUrl.Builder url = repository(repository, "pullRequests", Long.toString(pullRequest.number()));
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }

    /** The version of a resource that was a preview before REST API 7.0, such as a pull request's status. */
    HttpUrl.Builder previewBefore7(HttpUrl.Builder url) throws ScmException {
        return isBefore7() ? url.setQueryParameter("api-version", version() + "-preview.1") : url;
    }

    boolean isBefore7() throws ScmException {
        return Double.parseDouble(version()) < 7.0;
    }

    private HttpUrl.Builder at(HttpUrl.Builder url, String... segments) throws ScmException {
        List.of(segments).forEach(url::addPathSegment);
        return url.addQueryParameter("api-version", version());
    }

    /** A request without a good credential may be answered as a stranger's, who sees public projects. */
    Account account() throws ScmException {
        Account known = account;
        if (known == null) {
            HttpUrl.Builder url = collection("connectionData");
            JsonNode data = api.get(url.setQueryParameter("api-version", version() + "-preview"));
            JsonNode user = data.path("authenticatedUser");
            if (!user.hasNonNull("id") || user.path("descriptor").asText("").startsWith("System:PublicAccess")) {
                throw new ScmException(
                        Reason.UNAUTHORIZED,
                        "Azure DevOps does not accept the credential (connectionData tells of nobody). "
                                + Conventions.SIGN_IN,
                        null);
            }
            known = new Account(
                    user.path("id").asText(),
                    user.path("providerDisplayName").asText(user.path("id").asText()),
                    user.path("isActive").asBoolean(true),
                    data.path("deploymentType").asText("").equalsIgnoreCase("onPremises"));
            account = known;
        }
        return known;
    }

    /** Azure DevOps says with good answers, too, that it would rather have fewer requests (Rate and usage limits). */
    private final class Delays implements Interceptor {
        @Override
        public Response intercept(Chain chain) throws IOException {
            Response response = chain.proceed(chain.request());
            delayed |= response.isSuccessful() && response.header("Retry-After") != null;
            return response;
        }
    }

    private static final class Conventions implements ApiConventions {

        static final String SIGN_IN = "The personal access token is wrong, has expired or been revoked, belongs to"
                + " another organization, or lacks a scope (Code: Read, Status; Pull Request Threads: Read & write)."
                + " Make a new one and enter it.";

        private final String authorization;

        Conventions(String token) {
            this.authorization = Credentials.basic("", token, StandardCharsets.UTF_8);
        }

        @Override
        public String product() {
            return "Azure DevOps";
        }

        @Override
        public void authorize(Request.Builder request) {
            request.header("Authorization", authorization).header("X-TFS-FedAuthRedirect", "Suppress");
        }

        @Override
        public String advice(Reason reason) {
            return switch (reason) {
                case UNAUTHORIZED -> SIGN_IN;
                case FORBIDDEN -> "The token's owner needs the permissions Read, Contribute to pull requests and,"
                        + " for statuses, Contribute in the repository; for service hooks View and Edit subscriptions.";
                case NOT_FOUND -> "Check the names of project and repository, and that the token's owner may read it.";
                case RATE_LIMITED, UNAVAILABLE, REJECTED -> "";
            };
        }

        /** A redirect goes to the sign-in page; TF400733 says that a limit was exceeded. */
        @Override
        public Reason reason(int status, String said) {
            if (status == 302 || status == 303) {
                return Reason.UNAUTHORIZED;
            }
            return said.contains("TF400733") ? Reason.RATE_LIMITED : ApiConventions.super.reason(status, said);
        }

        /** With a token that has expired the sign-in page comes with 203. */
        @Override
        public Reason reasonOfPage(int status) {
            return status == 203 ? Reason.UNAUTHORIZED : Reason.UNAVAILABLE;
        }
    }
}
