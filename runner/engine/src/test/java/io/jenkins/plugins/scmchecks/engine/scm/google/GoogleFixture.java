package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.google.PubSub;
import io.jenkins.plugins.scmchecks.forge.google.ServiceAccount;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/** The forge as Google Cloud: a project with a repository, and a service account that reads it. */
final class GoogleFixture implements ProviderFixture {

    static final String AUDIENCE = "scm-checks-acme";
    static final String PUSHER = "pusher@acme-prod.iam.gserviceaccount.com";

    private static final String NOWHERE = "http://127.0.0.1:1/hook";

    final Forge forge = Forge.start();
    final Account project = forge.organization("acme-prod");
    final Repo shop = forge.privateRepository(project, "shop");
    final ServiceAccount account = forge.google().serviceAccount("scm-checks@acme-prod.iam.gserviceaccount.com");
    private final ScmProvider provider = new GoogleProvider(
            Http.client(),
            forge.clock(),
            new GoogleProvider.Endpoints(
                    URI.create(forge.google().tokenUrl()), URI.create(forge.google().resourceManagerUrl())));
    private int seen;

    GoogleFixture() {
        project.member(account.account(), Account.Role.READ);
        shop.commit("main", "Start", Map.of("README.md", "# Shop\n", "app/main.txt", "one\n"));
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
    public RepositoryPath repository() {
        return new RepositoryPath(shop.fullName());
    }

    @Override
    public boolean hasFolders() {
        return false;
    }

    @Override
    public void addRepositories(int count) {
        for (int i = 0; i < count; i++) {
            forge.privateRepository(project, "repository-" + i);
        }
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
    public Page page(long pullRequest) {
        throw new IllegalStateException("there are no pull requests");
    }

    @Override
    public int writes() {
        int now = forge.writes().size();
        int since = now - seen;
        seen = now;
        return since;
    }

    @Override
    public void limitRate(Duration retryAfter) {
        forge.fail(RequestMatcher.any(), Fault.retryAfter(429, retryAfter), 1_000);
    }

    @Override
    public void failWrites(int status, int times) {
        forge.fail((method, path) -> !method.equals("GET"), Fault.status(status), times);
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
    public Delivery deliver(ScmEvent.Type type) {
        String name = "branch-" + type.name().toLowerCase(Locale.ROOT);
        shop.commit(name, "Begin", Map.of(name, "one\n"));
        shop.tag("v0", shop.sha("main"));
        PubSub.Subscription subscription = forge.google().pubSub().subscribe(shop, NOWHERE, AUDIENCE, PUSHER);
        switch (type) {
            case PUSH -> shop.commit(name, "Go on", Map.of(name, "two\n"));
            case BRANCH_CREATED -> shop.commit("new-branch", "New", Map.of("new.txt", "1\n"));
            case BRANCH_DELETED -> shop.deleteBranch(name);
            case TAG_CREATED -> shop.tag("v1", shop.sha("main"));
            case TAG_DELETED -> shop.tag("v0", ObjectId.zeroId().name());
            default -> throw new IllegalArgumentException(type + " is nothing that Google tells of");
        }
        HookDelivery delivery = forge.awaitDeliveries().stream()
                .filter(d -> d.hookId() == subscription.id())
                .findFirst()
                .orElseThrow();
        return new Delivery("acme", delivery.headers(), delivery.body(), forge.clock().instant());
    }

    @Override
    public void addForeignWebhook(String address) {
        throw new IllegalStateException("webhooks are made by hand");
    }

    @Override
    public List<String> webhooks() {
        return List.of();
    }

    @Override
    public void close() {
        forge.close();
    }
}
