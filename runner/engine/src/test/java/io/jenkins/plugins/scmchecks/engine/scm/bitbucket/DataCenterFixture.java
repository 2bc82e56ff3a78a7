package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.bitbucket.BitbucketToken;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;

/** Bitbucket Data Center with an HTTP access token. */
public final class DataCenterFixture extends BitbucketFixture {

    final BitbucketToken token = forge.bitbucketDataCenter().token(alice, "REPO_ADMIN");
    private final OkHttpClient http;

    DataCenterFixture() {
        this(Http.client());
    }

    /** @param http what the provider makes its requests with */
    public DataCenterFixture(OkHttpClient http) {
        this.http = http;
    }

    @Override
    public ScmProvider provider() {
        return new DataCenterProvider(http, Clock.systemUTC());
    }

    @Override
    public Integration integration() {
        return integration("acme", new ScmCredential.Token(token.value()));
    }

    @Override
    public Integration withRevokedCredential() {
        return integration("acme", new ScmCredential.Token(token.value() + "x"));
    }

    Integration integration(String project, ScmCredential credential) {
        return new Integration(
                "acme",
                ProviderKind.BITBUCKET_DATA_CENTER,
                URI.create(forge.bitbucketDataCenter().apiUrl()),
                project,
                credential,
                new WebhookTrust.SharedSecret(SECRET));
    }

    @Override
    public String secret() {
        return token.value();
    }

    @Override
    public Set<ScmEvent.Type> eventTypes() {
        return EnumSet.complementOf(EnumSet.of(
                ScmEvent.Type.RERUN_REQUESTED, ScmEvent.Type.INSTALLATION_CHANGED));
    }

    @Override
    protected void listen() {
        forge.bitbucketDataCenter().addHook(repo, NOBODY, SECRET, DataCenterWebhooks.EVENTS.toArray(String[]::new));
    }

    @Override
    protected String eventName(ScmEvent.Type type) {
        return switch (type) {
            case PING -> "diagnostics:ping";
            case PULL_REQUEST_OPENED -> "pr:opened";
            case PULL_REQUEST_UPDATED -> "pr:from_ref_updated";
            case PULL_REQUEST_RETARGETED -> "pr:modified";
            case PULL_REQUEST_CLOSED -> "pr:declined";
            case PULL_REQUEST_MERGED -> "pr:merged";
            default -> "repo:refs_changed";
        };
    }

    @Override
    protected void causeOther(ScmEvent.Type type) {
        forge.bitbucketDataCenter().ping(repo);
    }

    @Override
    public void addForeignWebhook(String address) {
        forge.bitbucketDataCenter().addHook(repo, address, "", "repo:refs_changed");
    }

    @Override
    public List<String> webhooks() {
        return forge.bitbucketDataCenter().hooks(repo).stream().map(h -> h.url().toString()).toList();
    }
}
