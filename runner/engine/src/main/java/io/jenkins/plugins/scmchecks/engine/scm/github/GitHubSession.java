package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.kohsuke.github.GHApp;
import org.kohsuke.github.GHAppInstallation;
import org.kohsuke.github.GHException;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.authorization.AppInstallationAuthorizationProvider;
import org.kohsuke.github.authorization.AuthorizationProvider;
import org.kohsuke.github.extras.okhttp3.OkHttpGitHubConnector;

/** Signed in to one organization, as an App or by a token; makes no request before it is asked something. */
final class GitHubSession {

    private static final int MOST_REPOSITORIES_KEPT = 64;

    private final Integration integration;
    private final OkHttpClient http;
    private final AuthorizationProvider authorization;
    private final GitHub github;
    private final GitHubApi api;
    private final GitHubApi asApp;
    private final Map<RepositoryPath, GHRepository> repositories = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RepositoryPath, GHRepository> eldest) {
            return size() > MOST_REPOSITORIES_KEPT;
        }
    };
    private volatile Account account;
    private volatile Map<String, String> permissions = Map.of();

    /**
     * Who we are at GitHub.
     *
     * @param name login, or the App's slug
     * @param bot whether it is an App, which signs as {@code slug[bot]}
     * @param appId or 0
     */
    record Account(String name, boolean bot, long appId) {

        private static final String SUFFIX = "[bot]";

        static Account ofLogin(String login) {
            return new Account(plain(login), login.endsWith(SUFFIX), 0);
        }

        /** {@return whether REST's or GraphQL's author is this account; GraphQL leaves {@code [bot]} out} */
        boolean wrote(JsonNode author) {
            String login = author.path("login").asText("");
            String type = author.path("type").asText(author.path("__typename").asText(""));
            return plain(login).equalsIgnoreCase(name) && bot == type.equals("Bot");
        }

        /** {@return whether this account resolved a thread; GraphQL has only people there, and may leave an App out} */
        boolean resolved(JsonNode resolvedBy) {
            return resolvedBy.isObject()
                    ? plain(resolvedBy.path("login").asText("")).equalsIgnoreCase(name)
                    : bot;
        }

        private static String plain(String login) {
            return login.endsWith(SUFFIX) ? login.substring(0, login.length() - SUFFIX.length()) : login;
        }
    }

    GitHubSession(Integration integration, OkHttpClient client, Clock clock) {
        this.integration = integration;
        OkHttpClient.Builder builder = client.newBuilder();
        // Outermost, so that it sees only what the others could not mend.
        builder.interceptors().add(0, new GitHubErrors(integration.apiUrl(), clock));
        this.http = builder.build();
        if (integration.credential() instanceof ScmCredential.AppKey key) {
            AuthorizationProvider jwt = new AppAuthorization(key);
            authorization = new AppInstallationAuthorizationProvider(this::installation, jwt);
            this.asApp = new GitHubApi(http, integration.apiUrl(), jwt);
        } else {
            String token = token(integration.credential());
            authorization = () -> "Bearer " + checked(token);
            this.asApp = null;
        }
        this.github = open();
        this.api = new GitHubApi(http, integration.apiUrl(), authorization);
    }

    private GitHub open() {
        try {
            return new GitHubBuilder()
                    .withEndpoint(integration.apiUrl().toString().replaceAll("/+$", ""))
                    .withConnector(new OkHttpGitHubConnector(http))
                    .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                    .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                    .withAuthorizationProvider(authorization)
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("opening makes no request", e);
        }
    }

    private static String token(ScmCredential credential) {
        if (credential instanceof ScmCredential.Token token) {
            return token.value().strip();
        }
        if (credential instanceof ScmCredential.UserToken token) {
            return token.value().strip();
        }
        throw new IllegalArgumentException("GitHub takes a GitHub App or a token as credential, not " + credential);
    }

    private static String checked(String token) throws ScmException {
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new ScmException(
                    Reason.UNAUTHORIZED,
                    "The token is empty or has characters that no token has; enter it again without spaces and quotes.",
                    null);
        }
        return token;
    }

    Integration integration() {
        return integration;
    }

    /** {@return the API with the organization's credential} */
    GitHubApi api() {
        return api;
    }

    /** {@return the API as the App itself, or null when signed in by a token} */
    GitHubApi asApp() {
        return asApp;
    }

    boolean isApp() {
        return asApp != null;
    }

    /** A library call that may throw what the library throws. */
    interface Call<T> {
        T on(GitHub github) throws IOException;
    }

    <T> T call(String what, Call<T> call) throws ScmException {
        try {
            return call.on(github);
        } catch (IOException e) {
            throw GitHubErrors.unwrap(e, what);
        } catch (GHException e) {
            throw GitHubErrors.unwrap(new IOException(e.getMessage(), e), what);
        }
    }

    /** {@return the library's handle of a repository, asked for once} */
    GHRepository repository(RepositoryPath path) throws ScmException {
        synchronized (repositories) {
            GHRepository known = repositories.get(path);
            if (known != null) {
                return known;
            }
        }
        GHRepository repository = call("repository " + path, g -> g.getRepository(path.value()));
        synchronized (repositories) {
            repositories.put(path, repository);
        }
        return repository;
    }

    /** {@return who our comments are by} */
    Account account() throws ScmException {
        Account known = account;
        if (known == null) {
            known = isApp() ? appAccount(asApp.get(asApp.url("app"))) : tokenAccount();
            account = known;
        }
        return known;
    }

    static Account appAccount(JsonNode app) {
        return new Account(app.path("slug").asText(), true, app.path("id").asLong());
    }

    private Account tokenAccount() throws ScmException {
        try {
            return Account.ofLogin(api.get(api.url("user")).path("login").asText());
        } catch (ScmException e) {
            if (e.reason() != Reason.FORBIDDEN) {
                throw e;
            }
            // A workflow's or another App's token has no user, but a viewer.
            return Account.ofLogin(api.graphql("query{viewer{login}}", Map.of())
                    .path("viewer").path("login").asText());
        }
    }

    /** {@return whether the installation grants a permission; false as long as it is not known} */
    boolean may(String permission, String level) {
        return level.equals(permissions.get(permission));
    }

    /** {@return whether {@link #may} knows; the permissions come with an installation token} */
    boolean knowsPermissions() {
        if (permissions.isEmpty() && isApp()) {
            try {
                authorization.getEncodedAuthorization();
            } catch (IOException e) {
                return false;
            }
        }
        return !permissions.isEmpty();
    }

    private GHAppInstallation installation(GHApp app) throws IOException {
        GHAppInstallation found;
        try {
            found = find(app);
        } catch (GHException e) {
            throw new IOException(e.getMessage(), e); // the library's iterators throw unchecked
        }
        Map<String, String> granted = new LinkedHashMap<>();
        found.getPermissions().forEach((name, level) ->
                granted.put(name, String.valueOf(level).toLowerCase(Locale.ROOT)));
        permissions = Map.copyOf(granted);
        return found;
    }

    private GHAppInstallation find(GHApp app) throws IOException {
        String organization = integration.organization();
        if (organization.isEmpty()) {
            return only(app);
        }
        try {
            return app.getInstallationByOrganization(organization);
        } catch (IOException e) {
            if (GitHubErrors.unwrap(e, "the installation").reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
        try {
            return app.getInstallationByUser(organization);
        } catch (IOException e) {
            ScmException failure = GitHubErrors.unwrap(e, "the installation");
            throw failure.reason() == Reason.NOT_FOUND ? notInstalled(organization, app) : failure;
        }
    }

    private static ScmException notInstalled(String organization, GHApp app) {
        return new ScmException(
                Reason.NOT_FOUND,
                "The App \"" + app.getName() + "\" is not installed in " + organization + ". Install it: "
                        + app.getHtmlUrl() + "/installations/new",
                null);
    }

    private static GHAppInstallation only(GHApp app) throws IOException {
        List<GHAppInstallation> all = new ArrayList<>();
        for (GHAppInstallation each : app.listInstallations().withPageSize(100)) {
            all.add(each);
            if (all.size() > 1) {
                throw new ScmException(
                        Reason.NOT_FOUND,
                        "The App \"" + app.getName() + "\" is installed in several organizations; enter the one that"
                                + " this integration is for.",
                        null);
            }
        }
        if (all.isEmpty()) {
            throw notInstalled("any organization", app);
        }
        return all.get(0);
    }
}
