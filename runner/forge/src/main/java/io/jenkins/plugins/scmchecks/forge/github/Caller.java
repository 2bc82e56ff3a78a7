package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.model.AccessToken;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Who asks, and so what they see and may do. */
sealed interface Caller {

    /** {@return for the record and the budget of requests} */
    String name();

    /** {@return whom comments and checks are by, or null} */
    Account actor();

    boolean sees(Repo repo);

    /**
     * Checks one of several permissions.
     *
     * @throws GitHubError when the caller lacks all of them
     */
    void require(Repo repo, Level level, String... permissions);

    /** Nobody: public things, to look at. */
    record Anonymous() implements Caller {
        @Override
        public String name() {
            return "anonymous";
        }

        @Override
        public Account actor() {
            return null;
        }

        @Override
        public boolean sees(Repo repo) {
            return !repo.isPrivate();
        }

        @Override
        public void require(Repo repo, Level level, String... permissions) {
            if (level == Level.WRITE) {
                throw GitHubError.unauthorized("Requires authentication");
            }
        }
    }

    /** An app by its JWT: it manages its installations and sees no repository. */
    record App(GitHubApp app) implements Caller {
        @Override
        public String name() {
            return "app:" + app.slug();
        }

        @Override
        public Account actor() {
            return app.bot();
        }

        @Override
        public boolean sees(Repo repo) {
            return true;
        }

        @Override
        public void require(Repo repo, Level level, String... permissions) {
            throw GitHubError.forbidden("Resource not accessible by integration");
        }
    }

    /** An app in one account. Other accounts' repositories are not found, be they public or not. */
    record Installed(InstallationToken token) implements Caller {
        @Override
        public String name() {
            return "installation:" + token.installation().id();
        }

        @Override
        public Account actor() {
            return token.installation().app().bot();
        }

        @Override
        public boolean sees(Repo repo) {
            return token.sees(repo);
        }

        @Override
        public void require(Repo repo, Level level, String... permissions) {
            if (Arrays.stream(permissions).noneMatch(name -> token.permissions().allow(name, level))) {
                throw GitHubError.forbidden("Resource not accessible by integration");
            }
        }
    }

    /** A person by a personal access token (classic): what the person may do and the scopes allow. */
    record Person(AccessToken token) implements Caller {

        private static final Set<String> ADMINISTRATION = Set.of("administration", "repository_hooks");
        private static final Set<String> DISCUSSION = Set.of("issues", "pull_requests");

        @Override
        public String name() {
            return "token:" + token.user().login();
        }

        @Override
        public Account actor() {
            return token.user();
        }

        @Override
        public boolean sees(Repo repo) {
            return repo.roleOf(token.user()).includes(Account.Role.READ)
                    && (!repo.isPrivate() || token.scopes().contains("repo")
                            || token.scopes().contains("repo:status"));
        }

        @Override
        public void require(Repo repo, Level level, String... permissions) {
            if (Arrays.stream(permissions).noneMatch(permission -> may(repo, level, permission))) {
                throw GitHubError.forbidden("Resource not accessible by personal access token");
            }
        }

        private boolean may(Repo repo, Level level, String permission) {
            Account.Role needed = ADMINISTRATION.contains(permission)
                    ? Account.Role.ADMIN
                    : level == Level.READ || DISCUSSION.contains(permission) ? Account.Role.READ : Account.Role.WRITE;
            boolean freely = level == Level.READ && !repo.isPrivate() && !ADMINISTRATION.contains(permission);
            return repo.roleOf(token.user()).includes(needed)
                    && (freely || scopes(repo, level, permission).stream().anyMatch(token.scopes()::contains));
        }

        private static List<String> scopes(Repo repo, Level level, String permission) {
            return switch (permission) {
                case "repository_hooks" -> level == Level.READ
                        ? List.of("repo", "admin:repo_hook", "write:repo_hook", "read:repo_hook")
                        : List.of("repo", "admin:repo_hook", "write:repo_hook");
                case "statuses" -> repo.isPrivate()
                        ? List.of("repo", "repo:status")
                        : List.of("repo", "repo:status", "public_repo");
                case "metadata" -> List.of("repo", "repo:status", "public_repo");
                default -> repo.isPrivate() ? List.of("repo") : List.of("repo", "public_repo");
            };
        }
    }
}
