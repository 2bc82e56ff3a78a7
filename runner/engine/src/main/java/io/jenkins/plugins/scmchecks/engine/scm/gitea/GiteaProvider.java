package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import java.time.Clock;
import java.util.Objects;
import okhttp3.OkHttpClient;

/** Gitea and Forgejo, by access token. */
public final class GiteaProvider implements ScmProvider {

    private final OkHttpClient http;
    private final Clock clock;

    /**
     * @param http from {@link io.jenkins.plugins.scmchecks.engine.scm.Http}
     * @param clock to turn a rate limit's end into a duration
     */
    public GiteaProvider(OkHttpClient http, Clock clock) {
        this.http = Objects.requireNonNull(http, "http");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.GITEA;
    }

    /**
     * @throws IllegalArgumentException when the credential is of a kind that Gitea does not take
     */
    @Override
    public ScmConnection connect(Integration integration) {
        return new GiteaConnection(new GiteaSession(integration, http, clock));
    }

    @Override
    public WebhookVerifier verifier() {
        return new GiteaVerifier();
    }

    @Override
    public EventParser parser() {
        return new GiteaEventParser();
    }
}
