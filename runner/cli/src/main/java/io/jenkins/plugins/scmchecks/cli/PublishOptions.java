package io.jenkins.plugins.scmchecks.cli;

import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where to publish to, and with what credential. A secret comes from the environment or a file, never as an argument. */
final class PublishOptions {

    @Option(names = "--publish", description = "Answer on the provider: check, inline comments, summary.")
    boolean publish;

    @Option(
            names = "--provider",
            paramLabel = "KIND",
            defaultValue = "github",
            description = "github, gitlab, bitbucket-cloud, bitbucket-data-center, azure-devops or gitea"
                    + " (default: ${DEFAULT-VALUE}).")
    String provider;

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            description = "The provider's API; needed for a server of your own, as in https://HOST/api/v3.")
    URI apiUrl;

    @Option(names = "--repository", paramLabel = "OWNER/NAME", description = "The repository that is answered.")
    String repository;

    @Option(names = "--pull-request", paramLabel = "NUMBER", description = "The pull request; none: the commit alone.")
    Long pullRequest;

    @Option(names = "--details-url", paramLabel = "URL", description = "The build's page, linked from the check.")
    String detailsUrl;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds the token. Otherwise: the variable SCM_CHECKS_TOKEN.")
    Path tokenFile;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The user the token belongs to, where the provider wants one (Bitbucket Cloud's API tokens).")
    String user;

    @Option(
            names = "--app-id",
            paramLabel = "ID",
            description = "A GitHub App's id, instead of a token. Otherwise: SCM_CHECKS_APP_ID.")
    String appId;

    @Option(
            names = "--app-key-file",
            paramLabel = "FILE",
            description = "The App's private key, PEM. Otherwise: SCM_CHECKS_APP_KEY.")
    Path appKeyFile;

    RepositoryPath repository() throws IOException {
        if (repository == null) {
            throw new IOException("--publish needs --repository OWNER/NAME");
        }
        return new RepositoryPath(repository);
    }

    /**
     * @throws IOException when something is missing; the message says what
     */
    Integration integration(Map<String, String> environment) throws IOException {
        ProviderKind kind = ProviderKind.ofId(provider);
        URI api = apiUrl == null ? defaultUrl(kind) : apiUrl;
        return new Integration("cli", kind, api, repository().owner(), credential(environment), null);
    }

    private static URI defaultUrl(ProviderKind kind) throws IOException {
        return URI.create(switch (kind) {
            case GITHUB -> "https://api.github.com";
            case GITLAB -> "https://gitlab.com/api/v4";
            case BITBUCKET_CLOUD -> "https://api.bitbucket.org/2.0";
            case BITBUCKET_DATA_CENTER, AZURE_DEVOPS, GITEA, GOOGLE_SOURCE_REPOSITORIES ->
                throw new IOException("--publish to " + kind.displayName() + " needs --api-url");
        });
    }

    private ScmCredential credential(Map<String, String> environment) throws IOException {
        String app = appId == null ? environment.get("SCM_CHECKS_APP_ID") : appId;
        if (app != null) {
            String key = appKeyFile == null ? environment.get("SCM_CHECKS_APP_KEY") : Files.readString(appKeyFile);
            if (key == null) {
                throw new IOException("the App's private key is missing: give --app-key-file or SCM_CHECKS_APP_KEY");
            }
            return new ScmCredential.AppKey(app, key);
        }
        String token = tokenFile == null ? environment.get("SCM_CHECKS_TOKEN") : Files.readString(tokenFile).strip();
        if (token == null || token.isBlank()) {
            throw new IOException("--publish needs a credential: set SCM_CHECKS_TOKEN, or give --token-file,"
                    + " or --app-id with --app-key-file");
        }
        return user == null ? new ScmCredential.Token(token) : new ScmCredential.UserToken(user, token);
    }
}
