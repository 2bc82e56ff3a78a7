package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import io.jenkins.plugins.scmchecks.engine.publish.FixedComment;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.scm.ForgeFixture;
import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.gitea.GiteaToken;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;

/** The forge as Gitea: an organization with a repository, and a bot that is its owner. */
public final class GiteaFixture extends ForgeFixture {

    static final String WEBHOOK_SECRET = "webhook-secret";

    /** What the documentation tells people to choose. */
    static final String[] SCOPES = {"read:user", "read:organization", "write:repository", "write:issue"};

    final Account bot = forge.user("scm-checks");
    private final GiteaToken token = forge.gitea().token(bot, SCOPES);
    private final ScmProvider provider;

    GiteaFixture() {
        this(Http.client());
    }

    /** @param http what the provider makes its requests with */
    public GiteaFixture(OkHttpClient http) {
        super("acme");
        provider = new GiteaProvider(http, Clock.systemUTC());
        acme.member(bot, Account.Role.ADMIN);
        acme.member(alice, Account.Role.WRITE);
        forge.resetRequests();
    }

    @Override
    public ScmProvider provider() {
        return provider;
    }

    @Override
    public Integration integration() {
        return integration(new ScmCredential.Token(token.value()));
    }

    Integration integration(ScmCredential credential) {
        return new Integration(
                "acme",
                ProviderKind.GITEA,
                URI.create(forge.gitea().apiUrl()),
                "acme",
                credential,
                new WebhookTrust.SharedSecret(WEBHOOK_SECRET));
    }

    @Override
    public Integration withRevokedCredential() {
        GiteaToken revoked = forge.gitea().token(bot, SCOPES);
        forge.gitea().revoke(revoked.value());
        return integration(new ScmCredential.Token(revoked.value()));
    }

    @Override
    public String secret() {
        return token.value();
    }

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
                ScmEvent.Type.PULL_REQUEST_RETARGETED,
                ScmEvent.Type.PULL_REQUEST_CLOSED,
                ScmEvent.Type.PULL_REQUEST_MERGED);
    }

    @Override
    protected Repo fork() {
        return repo.fork(alice);
    }

    @Override
    protected String check(PullRequest pull) {
        return repo.statuses().stream()
                .filter(s -> s.sha().equals(pull.headSha()) && s.context().equals("SCM Checks"))
                .map(CommitStatus::state)
                .reduce((first, second) -> second)
                .map(state -> state.equals("success") || state.equals("failure") ? state : "pending")
                .orElse(null);
    }

    @Override
    protected boolean isOpen(ReviewThread thread) {
        return !thread.resolved() && !FixedComment.is(thread.comments().get(0).body());
    }

    @Override
    protected boolean isOurs(Comment comment) {
        return comment.author() == bot && Marker.parse(comment.body()).isPresent();
    }

    @Override
    protected void listen() {
        forge.gitea().addHook(repo, NOBODY, WEBHOOK_SECRET);
    }

    @Override
    protected String eventName(ScmEvent.Type type) {
        return switch (type) {
            case PUSH -> "push";
            case BRANCH_CREATED, TAG_CREATED -> "create";
            case BRANCH_DELETED, TAG_DELETED -> "delete";
            default -> "pull_request";
        };
    }

    @Override
    public void addForeignWebhook(String address) {
        forge.gitea().addHook(repo, address, "theirs");
    }

    @Override
    public List<String> webhooks() {
        return forge.gitea().hooks(repo).stream().map(hook -> hook.url().toString()).toList();
    }

}
