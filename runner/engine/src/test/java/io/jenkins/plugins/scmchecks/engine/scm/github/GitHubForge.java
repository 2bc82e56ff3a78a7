package io.jenkins.plugins.scmchecks.engine.scm.github;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.publish.CheckPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.publish.Reconciler;
import io.jenkins.plugins.scmchecks.engine.publish.Renderer;
import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.Providers;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.github.GitHubApp;
import io.jenkins.plugins.scmchecks.forge.github.Installation;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A forge with an organization, a repository, a pull request, and an App that may do all that it asks for. */
final class GitHubForge implements AutoCloseable {

    static final Map<String, String> PERMISSIONS = Map.of(
            "metadata", "read", "contents", "write", "checks", "write", "pull_requests", "write", "issues", "write",
            "statuses", "write");
    static final Set<String> EVENTS =
            Set.of("push", "create", "delete", "pull_request", "check_run", "check_suite", "repository");
    static final RepositoryPath SHOP = new RepositoryPath("acme/shop");
    static final String CHECK = "scm-checks";

    final Forge forge = Forge.start();
    final Account acme = forge.organization("acme");
    final Account alice = forge.user("alice");
    final Repo shop = forge.repository(acme, "shop");
    final GitHubApp app = forge.github().createApp(acme, "scm-checks", PERMISSIONS, EVENTS);
    final Installation installation = app.install(acme);
    final PullRequest pull;
    final List<Duration> pauses = new ArrayList<>();
    final Renderer renderer = new Renderer();

    private final List<ScmConnection> connections = new ArrayList<>();
    private final Providers providers = new Providers(Http.client(), Clock.systemUTC());

    /** The pull request adds {@code new.tf} with 1 200 lines and changes line 20 of 40 in {@code main.tf}. */
    GitHubForge() {
        acme.member(alice, Account.Role.WRITE);
        shop.commit("main", "Start", Map.of("main.tf", lines(1, 40), "other.tf", lines(1, 9), "a/b/c.tf", "x\n"));
        shop.commit(
                "feature",
                "Change it",
                Map.of("main.tf", lines(1, 40).replace("line 20\n", "changed\n"), "new.tf", lines(1, 1_200)));
        pull = shop.openPullRequest("Change it", "feature", "main", alice);
        forge.resetRequests();
    }

    static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    ScmConnection connectAsApp() {
        return connect("acme", new ScmCredential.AppKey(Long.toString(app.id()), app.privateKeyPkcs1()));
    }

    ScmConnection connectByToken(String... scopes) {
        return connect("acme", new ScmCredential.Token(forge.token(alice, scopes).value()));
    }

    ScmConnection connect(String organization, ScmCredential credential) {
        ScmConnection connection = providers.connect(new Integration(
                "github",
                ProviderKind.GITHUB,
                URI.create(forge.apiUrl()),
                organization,
                credential,
                new WebhookTrust.SharedSecret("webhook-secret")));
        connections.add(connection);
        return connection;
    }

    Publisher.Target target(ScmConnection connection) throws ScmException {
        return target(connection, pull);
    }

    Publisher.Target target(ScmConnection connection, PullRequest pullRequest) throws ScmException {
        return new Publisher.Target(SHOP, pullRequest.headSha(), connection.pullRequest(SHOP, pullRequest.number()));
    }

    CheckPublisher publisher(int attempts) {
        return new CheckPublisher(renderer, new Reconciler(), pauses::add, attempts, Duration.ofMinutes(1));
    }

    /** Publishes new findings, with a gate that fails on any, and forgets the requests that only prepared it. */
    PublishOutcome publish(ScmConnection connection, List<Finding> added, List<Finding> fixed) throws Exception {
        Publisher.Target target = target(connection);
        CheckReport report = report(connection, added, fixed);
        forge.resetRequests();
        return publisher(3).publish(connection, target, report);
    }

    CheckReport report(ScmConnection connection, List<Finding> added, List<Finding> fixed) throws Exception {
        ChangeSet change = connection.changes(SHOP, connection.pullRequest(SHOP, pull.number()));
        return report(change, added, fixed, List.of());
    }

    static CheckReport report(ChangeSet change, List<Finding> added, List<Finding> fixed, List<Notice> notices) {
        List<TrackedFinding> findings = new ArrayList<>();
        added.forEach(f -> findings.add(new TrackedFinding(
                f,
                TrackedFinding.State.NEW,
                change.changes(f.location().path(), f.location().line()))));
        fixed.forEach(f -> findings.add(new TrackedFinding(f, TrackedFinding.State.FIXED, false)));
        Gate gate = new Gate(Severity.INFO, Gate.Scope.NEW, true);
        return new CheckReport(
                CHECK, change, findings, notices, gate.evaluate(findings, notices), "https://ci.example/job/1/");
    }

    static Finding finding(String path, int line) {
        return finding(path, line, "Something is wrong at " + path + ":" + line);
    }

    static Finding finding(String path, int line, String message) {
        Rule rule = new Rule(
                "R-1", "Rule one", "Do it *right*.", "https://example.com/r1", Severity.HIGH, List.of("CWE-1"));
        return Finding.of("tool", rule, message, new Location(path, Region.line(line)))
                .withFingerprint("fp-" + path.replace('/', '-') + "-" + line);
    }

    static List<Finding> findings(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> finding("new.tf", i)).toList();
    }

    /** {@return the permissions without some, or with another level: {@code "contents:read"}} */
    static Map<String, String> permissions(String... changes) {
        Map<String, String> permissions = new HashMap<>(PERMISSIONS);
        for (String change : changes) {
            String[] parts = change.split(":");
            if (parts.length == 1) {
                permissions.remove(parts[0]);
            } else {
                permissions.put(parts[0], parts[1]);
            }
        }
        return permissions;
    }

    @Override
    public void close() {
        connections.forEach(ScmConnection::close);
        forge.close();
    }
}
