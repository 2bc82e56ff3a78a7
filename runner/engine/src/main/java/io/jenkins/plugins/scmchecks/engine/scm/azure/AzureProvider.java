package io.jenkins.plugins.scmchecks.engine.scm.azure;

import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import java.time.Clock;
import java.util.Objects;
import okhttp3.OkHttpClient;

/** Azure DevOps Services, and Azure DevOps Server by the address of a collection; by personal access token. */
public final class AzureProvider implements ScmProvider {

    private final OkHttpClient http;
    private final Clock clock;

    /**
     * @param http from {@link io.jenkins.plugins.scmchecks.engine.scm.Http}
     * @param clock to turn a rate limit's end into a duration
     */
    public AzureProvider(OkHttpClient http, Clock clock) {
        this.http = Objects.requireNonNull(http, "http");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.AZURE_DEVOPS;
    }

    /**
     * @throws IllegalArgumentException when the credential is no token
     */
    @Override
    public ScmConnection connect(Integration integration) {
        return new AzureConnection(new AzureSession(integration, http, clock));
    }

    @Override
    public WebhookVerifier verifier() {
        return new AzureVerifier();
    }

    @Override
    public EventParser parser() {
        return new AzureEventParser();
    }
}
