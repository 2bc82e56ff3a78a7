package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.HmacVerifier;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import java.time.Clock;
import java.util.Objects;
import okhttp3.OkHttpClient;

/** Bitbucket Data Center 8.0 and newer, by HTTP access token of a person, project or repository. */
public final class DataCenterProvider implements ScmProvider {

    private final OkHttpClient http;
    private final Clock clock;

    /**
     * @param http from {@link io.jenkins.plugins.scmchecks.engine.scm.Http}
     * @param clock to turn a rate limit's end into a duration
     */
    public DataCenterProvider(OkHttpClient http, Clock clock) {
        this.http = Objects.requireNonNull(http, "http");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.BITBUCKET_DATA_CENTER;
    }

    /**
     * @throws IllegalArgumentException when the credential is of a kind that Bitbucket does not take
     */
    @Override
    public ScmConnection connect(Integration integration) {
        return new DataCenterConnection(new DataCenterSession(integration, http, clock));
    }

    @Override
    public WebhookVerifier verifier() {
        return new HmacVerifier("X-Hub-Signature", delivery -> delivery.header("X-Request-Id"));
    }

    @Override
    public EventParser parser() {
        return new DataCenterEventParser();
    }
}
