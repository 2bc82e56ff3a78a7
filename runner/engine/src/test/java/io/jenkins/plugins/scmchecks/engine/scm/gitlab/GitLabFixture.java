package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.scm.CredentialRenewal;
import io.jenkins.plugins.scmchecks.engine.scm.ForgeFixture;
import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.gitlab.GitLabToken;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/** The forge as GitLab: a nested group with a project, and a group token's bot that is its maintainer. */
public final class GitLabFixture extends ForgeFixture {

    /** A key of 32 bytes, as GitLab wants it. */
    public static final String SIGNING_TOKEN = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    final Account bot = forge.user("group_1_bot");
    private final GitLabToken token = forge.gitlab().token(bot, null, "api");
    private final ScmProvider provider;
    private final String webhookSecret;

    GitLabFixture(String webhookSecret) {
        this(webhookSecret, Http.client());
    }

    /** @param http what the provider makes its requests with */
    public GitLabFixture(String webhookSecret, OkHttpClient http) {
        super("acme/platform");
        this.provider = new GitLabProvider(http, Clock.systemUTC(), CredentialRenewal.NONE);
        this.webhookSecret = webhookSecret;
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
                ProviderKind.GITLAB,
                URI.create(forge.gitlab().apiUrl()),
                "acme/platform",
                credential,
                new WebhookTrust.SharedSecret(webhookSecret));
    }

    @Override
    public Integration withRevokedCredential() {
        GitLabToken revoked = forge.gitlab().token(bot, null, "api");
        forge.gitlab().revoke(revoked.value());
        return integration(new ScmCredential.Token(revoked.value()));
    }

    @Override
    public String secret() {
        return token.value();
    }

    /** Half of them are in a subgroup. */
    @Override
    public void addRepositories(int count) {
        Account below = forge.organization("acme/platform/tools").member(bot, Account.Role.ADMIN);
        for (int i = 0; i < count; i++) {
            forge.repository(i % 2 == 0 ? acme : below, "project-" + i);
        }
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
        return repo.fork(alice).collaborator(bot, Account.Role.WRITE);
    }

    @Override
    protected String check(PullRequest pull) {
        return Stream.of(pull.repo(), pull.headRepo())
                .flatMap(at -> at.statuses().stream())
                .filter(s -> s.sha().equals(pull.headSha()) && s.context().equals("SCM Checks"))
                .map(CommitStatus::state)
                .reduce((first, second) -> second)
                .map(state -> switch (state) {
                    case "success" -> "success";
                    case "failed" -> "failure";
                    default -> "pending";
                })
                .orElse(null);
    }

    @Override
    protected boolean isOurs(Comment comment) {
        return comment.author() == bot && Marker.parse(comment.body()).isPresent();
    }

    @Override
    protected void listen() {
        boolean signing = webhookSecret.startsWith("whsec_");
        forge.gitlab().addHook(repo, NOBODY, signing ? "" : webhookSecret, signing ? webhookSecret : "");
    }

    @Override
    protected String eventName(ScmEvent.Type type) {
        return switch (type) {
            case PUSH, BRANCH_CREATED, BRANCH_DELETED -> "Push Hook";
            case TAG_CREATED, TAG_DELETED -> "Tag Push Hook";
            default -> "Merge Request Hook";
        };
    }

    @Override
    public void addForeignWebhook(String address) {
        forge.gitlab().addHook(repo, address, "theirs", "");
    }

    @Override
    public List<String> webhooks() {
        return forge.gitlab().hooks(repo).stream().map(hook -> hook.url().toString()).toList();
    }

}
