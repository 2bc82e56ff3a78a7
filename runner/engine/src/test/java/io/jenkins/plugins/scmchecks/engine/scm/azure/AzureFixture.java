package io.jenkins.plugins.scmchecks.engine.scm.azure;

import io.jenkins.plugins.scmchecks.engine.scm.ForgeFixture;
import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.azure.AzureToken;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;

/** A forge as Azure DevOps with the project {@code acme}, in it the repository {@code shop}. */
public final class AzureFixture extends ForgeFixture {

    final AzureToken token = forge.azure().token(alice, null, AzureToken.ALL_SCOPES);

    private final OkHttpClient http;

    AzureFixture() {
        this(Http.client());
    }

    /** @param http what the provider makes its requests with */
    public AzureFixture(OkHttpClient http) {
        super("acme");
        this.http = http;
        acme.member(alice, Account.Role.ADMIN);
        forge.resetRequests();
    }

    @Override
    public ScmProvider provider() {
        return new AzureProvider(http, Clock.systemUTC());
    }

    @Override
    public Integration integration() {
        return integration("acme", token.value());
    }

    @Override
    public Integration withRevokedCredential() {
        return integration("acme", token.value() + "x");
    }

    Integration integration(String project, String pat) {
        return new Integration("acme", ProviderKind.AZURE_DEVOPS, URI.create(forge.azure().apiUrl()), project,
                new ScmCredential.Token(pat), new WebhookTrust.BasicAuth("scm-checks", "a:pass"));
    }

    @Override
    public String secret() {
        return token.value();
    }

    @Override
    public Set<ScmEvent.Type> eventTypes() {
        // Azure DevOps knows no re-run and no installation; its test button is read from an example.
        return EnumSet.complementOf(EnumSet.of(
                ScmEvent.Type.RERUN_REQUESTED, ScmEvent.Type.INSTALLATION_CHANGED, ScmEvent.Type.PING));
    }

    @Override
    protected String check(PullRequest pull) {
        return repo.statuses().stream()
                .filter(s -> s.sha().equals(pull.headSha()))
                .max(Comparator.comparingLong(CommitStatus::id))
                .map(CommitStatus::state)
                .orElse(null);
    }

    @Override
    protected void listen() {
        List.of("git.push", "git.pullrequest.created", "git.pullrequest.updated")
                .forEach(e -> forge.azure().subscribe(repo, e, NOBODY, "scm-checks", "a:pass"));
    }

    @Override
    protected String eventName(ScmEvent.Type type) {
        return switch (type) {
            case PULL_REQUEST_OPENED -> "git.pullrequest.created";
            case PULL_REQUEST_UPDATED, PULL_REQUEST_RETARGETED, PULL_REQUEST_CLOSED, PULL_REQUEST_MERGED ->
                "git.pullrequest.updated";
            default -> "git.push";
        };
    }

    @Override
    public void addForeignWebhook(String address) {
        forge.azure().subscribe(repo, "git.push", address, "other", "secret");
    }

    @Override
    public List<String> webhooks() {
        return forge.azure().subscriptions(repo).stream().map(s -> s.consumerInputs().get("url")).toList();
    }

}
