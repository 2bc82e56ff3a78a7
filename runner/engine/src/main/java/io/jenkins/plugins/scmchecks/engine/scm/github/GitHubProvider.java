package io.jenkins.plugins.scmchecks.engine.scm.github;

import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.HmacVerifier;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** GitHub and GitHub Enterprise Server, by App or by token. */
public final class GitHubProvider implements ScmProvider {

    private final OkHttpClient http;
    private final Clock clock;

    /**
     * @param http from {@link io.jenkins.plugins.scmchecks.engine.scm.Http}
     * @param clock to turn a rate limit's end into a duration
     */
    public GitHubProvider(OkHttpClient http, Clock clock) {
        this.http = Objects.requireNonNull(http, "http");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.GITHUB;
    }

    /**
     * @throws IllegalArgumentException when the credential is of a kind that GitHub does not take
     */
    @Override
    public ScmConnection connect(Integration integration) {
        return new GitHubConnection(new GitHubSession(integration, http, clock));
    }

    @Override
    public WebhookVerifier verifier() {
        return new HmacVerifier("X-Hub-Signature-256", GitHubProvider::deliveryId);
    }

    /** All hooks that one event reaches get the same GUID, so the hook's id belongs to the delivery's. */
    private static Optional<String> deliveryId(Delivery delivery) {
        return delivery.header("X-GitHub-Delivery")
                .map(guid -> delivery.header("X-GitHub-Hook-ID").orElse("0") + ":" + guid);
    }

    @Override
    public EventParser parser() {
        return new GitHubEventParser();
    }
}
