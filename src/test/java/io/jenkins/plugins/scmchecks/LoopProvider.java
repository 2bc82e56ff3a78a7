package io.jenkins.plugins.scmchecks;

import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.azure.AzureToken;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.Comparator;
import java.util.Locale;

/** A provider as {@link ProvidersLoopTest} needs it: how Jenkins is told of its fake, and what is seen there. */
enum LoopProvider {
    GITLAB("gitLab", "acme") {
        @Override
        String apiUrl(Forge forge) {
            return forge.gitlab().apiUrl();
        }

        @Override
        String token(Forge forge, Account bot) {
            return forge.gitlab().token(bot, null, "api").value();
        }

        @Override
        int hooks(Forge forge, Repo repo) {
            return forge.gitlab().hooks(repo).size();
        }
    },
    BITBUCKET_CLOUD("bitbucketCloud", "acme") {
        @Override
        String apiUrl(Forge forge) {
            return forge.bitbucketCloud().apiUrl();
        }

        @Override
        String token(Forge forge, Account bot) {
            return forge.bitbucketCloud()
                    .accessToken(
                            forge.organization("acme"),
                            Account.Role.ADMIN,
                            "pullrequest:write",
                            "repository",
                            "webhook")
                    .value();
        }

        @Override
        int hooks(Forge forge, Repo repo) {
            return forge.bitbucketCloud().hooks(repo).size();
        }
    },
    BITBUCKET_DATA_CENTER("bitbucketDataCenter", "acme") {
        @Override
        String apiUrl(Forge forge) {
            return forge.bitbucketDataCenter().apiUrl();
        }

        @Override
        String token(Forge forge, Account bot) {
            return forge.bitbucketDataCenter().token(bot, "REPO_ADMIN").value();
        }

        @Override
        int hooks(Forge forge, Repo repo) {
            return forge.bitbucketDataCenter().hooks(repo).size();
        }
    },
    AZURE_DEVOPS("azureDevOps", "acme") {
        @Override
        String apiUrl(Forge forge) {
            return forge.azure().apiUrl();
        }

        @Override
        String token(Forge forge, Account bot) {
            return forge.azure().token(bot, null, AzureToken.ALL_SCOPES).value();
        }

        @Override
        String webhookCredential() {
            return "hook-user";
        }

        @Override
        int hooks(Forge forge, Repo repo) {
            return forge.azure().subscriptions(repo).size();
        }
    },
    GITEA("gitea", "acme") {
        @Override
        String apiUrl(Forge forge) {
            return forge.gitea().apiUrl();
        }

        @Override
        String token(Forge forge, Account bot) {
            return forge.gitea()
                    .token(bot, "read:user", "read:organization", "write:repository", "write:issue")
                    .value();
        }

        @Override
        int hooks(Forge forge, Repo repo) {
            return forge.gitea().hooks(repo).size();
        }
    };

    private final String symbol;
    private final String organization;

    LoopProvider(String symbol, String organization) {
        this.symbol = symbol;
        this.organization = organization;
    }

    abstract String apiUrl(Forge forge);

    abstract String token(Forge forge, Account bot);

    /** {@return how many webhooks the repository has} */
    abstract int hooks(Forge forge, Repo repo);

    /** {@return the id of the credential for webhooks} */
    String webhookCredential() {
        return "hook";
    }

    /** {@return what our check says of a commit: failure or success, or what the provider calls neither} */
    final String check(Repo repo, String sha) {
        String state = repo.statuses().stream()
                .filter(status -> status.sha().equals(sha))
                .max(Comparator.comparingLong(CommitStatus::id))
                .orElseThrow()
                .state()
                .toLowerCase(Locale.ROOT);
        return switch (state) {
            case "failed" -> "failure";
            case "successful", "succeeded" -> "success";
            default -> state;
        };
    }

    /** {@return Jenkins' configuration as code, with the integration "acme" that manages its webhooks} */
    final String configuration(Forge forge, Account bot) {
        return """
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - string: {scope: SYSTEM, id: token, secret: "%s"}
                          - string: {scope: SYSTEM, id: hook, secret: "a-secret-of-this-webhook"}
                          - usernamePassword: {scope: SYSTEM, id: hook-user, username: hooks, password: "a-password"}
                unclassified:
                  scmChecks:
                    integrations:
                      - %s:
                          name: acme
                          apiUrl: %s
                          organization: %s
                          credentialsId: token
                          webhookSecretId: %s
                          manageWebhooks: true
                """.formatted(token(forge, bot), symbol, apiUrl(forge), organization, webhookCredential());
    }
}
