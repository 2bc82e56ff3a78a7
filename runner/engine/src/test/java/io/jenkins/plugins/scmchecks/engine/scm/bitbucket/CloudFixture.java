package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.bitbucket.BitbucketToken;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;

/** Bitbucket Cloud, by access token or by API token. */
public final class CloudFixture extends BitbucketFixture {

    final BitbucketToken token;
    private final OkHttpClient http;

    CloudFixture(boolean accessToken) {
        this(accessToken, Http.client());
    }

    /** @param http what the provider makes its requests with */
    public CloudFixture(boolean accessToken, OkHttpClient http) {
        this.http = http;
        token = accessToken
                ? forge.bitbucketCloud().accessToken(acme, Account.Role.ADMIN, "pullrequest:write", "repository", "webhook")
                : forge.bitbucketCloud().apiToken(alice, "account", "pullrequest:write", "repository", "webhook");
    }

    @Override
    public ScmProvider provider() {
        return new CloudProvider(http, Clock.systemUTC());
    }

    @Override
    public Integration integration() {
        return integration(credential(token.value()));
    }

    @Override
    public Integration withRevokedCredential() {
        return integration(credential(token.value() + "x"));
    }

    private ScmCredential credential(String value) {
        return token.email() == null
                ? new ScmCredential.Token(value)
                : new ScmCredential.UserToken(token.email(), value);
    }

    Integration integration(ScmCredential credential) {
        return integration("acme", credential);
    }

    Integration integration(String workspace, ScmCredential credential) {
        return new Integration(
                "acme",
                ProviderKind.BITBUCKET_CLOUD,
                URI.create(forge.bitbucketCloud().apiUrl()),
                workspace,
                credential,
                new WebhookTrust.SharedSecret(SECRET));
    }

    @Override
    public String secret() {
        return token.value();
    }

    /** An update does not say that the target branch is another one, and there is no ping. */
    @Override
    public Set<ScmEvent.Type> eventTypes() {
        return EnumSet.of(
                ScmEvent.Type.PUSH,
                ScmEvent.Type.BRANCH_CREATED,
                ScmEvent.Type.BRANCH_DELETED,
                ScmEvent.Type.TAG_CREATED,
                ScmEvent.Type.TAG_DELETED,
                ScmEvent.Type.PULL_REQUEST_OPENED,
                ScmEvent.Type.PULL_REQUEST_UPDATED,
                ScmEvent.Type.PULL_REQUEST_CLOSED,
                ScmEvent.Type.PULL_REQUEST_MERGED);
    }

    @Override
    protected void listen() {
        forge.bitbucketCloud().addHook(repo, NOBODY, SECRET, CloudWebhooks.EVENTS.toArray(String[]::new));
    }

    @Override
    protected String eventName(ScmEvent.Type type) {
        return switch (type) {
            case PULL_REQUEST_OPENED -> "pullrequest:created";
            case PULL_REQUEST_UPDATED -> "pullrequest:updated";
            case PULL_REQUEST_CLOSED -> "pullrequest:rejected";
            case PULL_REQUEST_MERGED -> "pullrequest:fulfilled";
            default -> "repo:push";
        };
    }

    @Override
    public void addForeignWebhook(String address) {
        forge.bitbucketCloud().addHook(repo, address, "", "repo:push");
    }

    @Override
    public List<String> webhooks() {
        return forge.bitbucketCloud().hooks(repo).stream().map(h -> h.url().toString()).toList();
    }
}
