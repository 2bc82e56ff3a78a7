package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import java.net.URI;
import java.time.Clock;
import okhttp3.OkHttpClient;

/**
 * Google Cloud Source Repositories, by service account or OAuth client. It has repositories and tells of pushes; there
 * are no pull requests, statuses or comments, so reports stay where they are made.
 */
public final class GoogleProvider implements ScmProvider {

    /**
     * Google's addresses beside the API's own.
     *
     * @param token where access tokens are given out; a service account's key names its own
     * @param resourceManager below which the projects are listed (Cloud Resource Manager API, v1)
     */
    record Endpoints(URI token, URI resourceManager) {

        static final Endpoints GOOGLE = new Endpoints(
                URI.create("https://oauth2.googleapis.com/token"),
                URI.create("https://cloudresourcemanager.googleapis.com/v1"));
    }

    private final OkHttpClient http;
    private final Clock clock;
    private final Endpoints endpoints;
    private final AccessTokens tokens;
    private final GoogleVerifier verifier;

    /**
     * @param http from {@link io.jenkins.plugins.scmchecks.engine.scm.Http}
     * @param clock to renew access tokens in time, and to check those of webhooks
     */
    public GoogleProvider(OkHttpClient http, Clock clock) {
        this(http, clock, Endpoints.GOOGLE);
    }

    GoogleProvider(OkHttpClient http, Clock clock, Endpoints endpoints) {
        this.http = http;
        this.clock = clock;
        this.endpoints = endpoints;
        this.tokens = new AccessTokens(http, clock);
        this.verifier = new GoogleVerifier(new GoogleKeys(http, clock), clock);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.GOOGLE_SOURCE_REPOSITORIES;
    }

    /**
     * @throws IllegalArgumentException when the credential is of a kind that Google does not take, or the key file
     *     cannot be read
     */
    @Override
    public ScmConnection connect(Integration integration) {
        return new GoogleConnection(new GoogleSession(integration, http, clock, endpoints, tokens));
    }

    /** {@return one that keeps Google's keys, and so is the same each time} */
    @Override
    public WebhookVerifier verifier() {
        return verifier;
    }

    @Override
    public EventParser parser() {
        return new GoogleEventParser();
    }
}
