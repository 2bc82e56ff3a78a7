package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import io.jenkins.plugins.scmchecks.engine.scm.CredentialRenewal;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import java.time.Clock;
import java.util.Objects;
import okhttp3.OkHttpClient;

/** GitLab.com and self-managed GitLab, by access token or as an OAuth application. */
public final class GitLabProvider implements ScmProvider {

    private final OkHttpClient http;
    private final Clock clock;
    private final OAuthTokens tokens;

    /**
     * @param http from {@link io.jenkins.plugins.scmchecks.engine.scm.Http}
     * @param clock to turn a rate limit's end into a duration, and to renew OAuth tokens in time
     * @param renewal stores the refresh tokens that GitLab gives out: each can be used once
     */
    public GitLabProvider(OkHttpClient http, Clock clock, CredentialRenewal renewal) {
        this.http = Objects.requireNonNull(http, "http");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.tokens = new OAuthTokens(http, clock, renewal);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.GITLAB;
    }

    /**
     * @throws IllegalArgumentException when the credential is of a kind that GitLab does not take
     */
    @Override
    public ScmConnection connect(Integration integration) {
        return new GitLabConnection(new GitLabSession(integration, http, clock, tokens));
    }

    @Override
    public WebhookVerifier verifier() {
        return new GitLabVerifier();
    }

    @Override
    public EventParser parser() {
        return new GitLabEventParser();
    }
}
