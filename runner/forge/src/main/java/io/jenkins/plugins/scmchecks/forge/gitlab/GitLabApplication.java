package io.jenkins.plugins.scmchecks.forge.gitlab;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** An OAuth application that a user has authorized. */
public final class GitLabApplication {

    static final Duration LIFETIME = Duration.ofHours(2);

    private final GitLab gitlab;
    private final String id = ForgeState.secret(32);
    private final String secret = "gloas-" + ForgeState.secret(32);
    private final Account user;
    private final Set<String> scopes;
    private String refreshToken = ForgeState.secret(32);
    private GitLabToken access;

    GitLabApplication(GitLab gitlab, Account user, Set<String> scopes) {
        this.gitlab = gitlab;
        this.user = user;
        this.scopes = scopes;
    }

    public String id() {
        return id;
    }

    public String secret() {
        return secret;
    }

    /** {@return the refresh token that is good now} */
    public String refreshToken() {
        return refreshToken;
    }

    /** Ends the access token before its time. */
    public void revokeAccess() {
        gitlab.revoke(access.value());
    }

    Optional<GitLabToken> exchange(String presented) {
        if (!refreshToken.equals(presented)) {
            return Optional.empty();
        }
        if (access != null) {
            gitlab.revoke(access.value());
        }
        refreshToken = ForgeState.secret(32);
        access = gitlab.add(new GitLabToken(
                ForgeState.secret(32), user, scopes, gitlab.state().now().plus(LIFETIME), true));
        return Optional.of(access);
    }
}
