package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jenkins.plugins.scmchecks.engine.scm.ForgeFixture;
import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.google.ServiceAccount;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The forge as Google Cloud: a project with a repository, and a service account that reads it. */
final class GoogleFixture extends ForgeFixture {

    static final String AUDIENCE = "scm-checks-acme";
    static final String PUSHER = "pusher@acme-prod.iam.gserviceaccount.com";

    final ServiceAccount account = forge.google().serviceAccount("scm-checks@acme-prod.iam.gserviceaccount.com");
    private final ScmProvider provider = new GoogleProvider(
            Http.client(),
            forge.clock(),
            new GoogleProvider.Endpoints(
                    URI.create(forge.google().tokenUrl()), URI.create(forge.google().resourceManagerUrl())));

    GoogleFixture() {
        super("acme-prod");
        acme.member(account.account(), Account.Role.READ);
        forge.resetRequests();
    }

    @Override
    public ScmProvider provider() {
        return provider;
    }

    @Override
    public Integration integration() {
        return integration("acme-prod", new ScmCredential.ServiceAccountKey(account.keyJson()));
    }

    Integration integration(String organization, ScmCredential credential) {
        return new Integration(
                "acme",
                ProviderKind.GOOGLE_SOURCE_REPOSITORIES,
                URI.create(forge.google().apiUrl()),
                organization,
                credential,
                new WebhookTrust.GoogleIdentity(AUDIENCE, PUSHER, URI.create(forge.google().keysUrl())));
    }

    @Override
    public Integration withRevokedCredential() {
        ServiceAccount gone = forge.google().serviceAccount("gone@acme-prod.iam.gserviceaccount.com");
        forge.google().delete(gone);
        return integration("acme-prod", new ScmCredential.ServiceAccountKey(gone.keyJson()));
    }

    @Override
    public String secret() {
        return account.keyJson();
    }

    @Override
    public boolean hasFolders() {
        return false;
    }

    @Override
    public long openPullRequest(String path, int lines, boolean fork) {
        throw new IllegalStateException("there are no pull requests");
    }

    @Override
    public void push(long pullRequest, String path, int lines) {
        throw new IllegalStateException("there are no pull requests");
    }

    @Override
    public Set<ScmEvent.Type> eventTypes() {
        return EnumSet.of(
                ScmEvent.Type.PUSH,
                ScmEvent.Type.BRANCH_CREATED,
                ScmEvent.Type.BRANCH_DELETED,
                ScmEvent.Type.TAG_CREATED,
                ScmEvent.Type.TAG_DELETED);
    }

    @Override
    protected String check(PullRequest pull) {
        throw new IllegalStateException("there are no pull requests");
    }

    @Override
    protected void listen() {
        forge.google().pubSub().subscribe(repo, NOBODY, AUDIENCE, PUSHER);
    }

    @Override
    protected String eventName(ScmEvent.Type type) {
        return "push";
    }

    @Override
    public void addForeignWebhook(String address) {
        throw new IllegalStateException("webhooks are made by hand");
    }

    @Override
    public List<String> webhooks() {
        return List.of();
    }

}
