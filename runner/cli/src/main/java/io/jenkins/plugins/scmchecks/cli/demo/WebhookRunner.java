package io.jenkins.plugins.scmchecks.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.scmchecks.engine.Configuration;
import io.jenkins.plugins.scmchecks.engine.WorkspaceCheck;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.publish.CheckPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.Providers;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmProvider;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.Inbox;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** Does in one small process what Jenkins does with the plugin: takes webhooks, checks pull requests, answers them. */
final class WebhookRunner implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(WebhookRunner.class.getName());

    private final Integration integration;
    private final String cloneUrl;
    private final Path directory;
    private final Consumer<String> log;
    private final ScmProvider provider;
    private final Inbox inbox;
    private final HttpServer server;

    /**
     * @param integration whose webhooks are taken
     * @param cloneUrl of the one repository
     * @param directory for clones and the inbox
     * @param log takes what happens, a line each
     */
    WebhookRunner(Integration integration, String cloneUrl, Path directory, Consumer<String> log) throws IOException {
        this.integration = integration;
        this.cloneUrl = cloneUrl;
        this.directory = directory;
        this.log = log;
        this.provider = new Providers().of(integration.kind());
        this.inbox = Inbox.open(directory.resolve("inbox.log"), Inbox.Settings.DEFAULT, Clock.systemUTC());
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/scm-checks/webhooks/"
                + integration.name());
    }

    void start() {
        inbox.start((delivery, id) -> handle(delivery));
        server.createContext(address().getPath(), this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            byte[] body = exchange.getRequestBody().readNBytes(Delivery.MAX_BODY + 1);
            Delivery delivery = new Delivery(integration.name(), headers, body, Instant.now());
            int status = 413;
            if (body.length <= Delivery.MAX_BODY) {
                Verdict verdict = provider.verifier().verify(delivery, integration.trust());
                status = verdict instanceof Verdict.Accepted accepted ? accept(delivery, accepted.deliveryId()) : 403;
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private int accept(Delivery delivery, String id) throws IOException {
        return switch (inbox.accept(delivery, id)) {
            case ACCEPTED -> 202;
            case DUPLICATE -> 200;
            case OVERLOADED -> 429;
        };
    }

    private void handle(Delivery delivery) throws Exception {
        for (ScmEvent event : provider.parser().parse(delivery)) {
            if (event instanceof ScmEvent.PullRequestChange change) {
                try {
                    check(change);
                } catch (IOException | RuntimeException e) {
                    log.accept("could not check " + change.repository() + ": " + e.getMessage());
                    LOGGER.log(Level.FINE, "check", e);
                    throw e;
                }
            }
        }
    }

    private void check(ScmEvent.PullRequestChange change) throws IOException, InterruptedException, GitAPIException {
        PullRequest pullRequest = change.pullRequest();
        log.accept("webhook, signature good: pull request #" + pullRequest.number() + " is at "
                + pullRequest.headSha().substring(0, 8));
        Path clone = Files.createTempDirectory(directory, "clone");
        try (Git git = Git.cloneRepository().setURI(cloneUrl).setDirectory(clone.toFile()).call()) {
            git.checkout().setName(pullRequest.headSha()).call();
        }
        CheckReport report = new WorkspaceCheck()
                .run(new WorkspaceCheck.Options(
                        clone,
                        "origin/" + pullRequest.targetBranch(),
                        Configuration.EMPTY,
                        !pullRequest.fork(),
                        null,
                        Progress.NONE));
        log.accept("analysed " + report.change().files().size() + " changed files: " + report.findings().size()
                + " findings in them, gate " + (report.gate().passed() ? "passed" : "failed"));
        try (ScmConnection connection = provider.connect(integration)) {
            Publisher.Target target =
                    new Publisher.Target(change.repository(), pullRequest.headSha(), pullRequest);
            PublishOutcome outcome = new CheckPublisher().publish(connection, target, report);
            outcome.done().forEach(step -> log.accept("published: " + step));
            outcome.skipped().forEach(step -> log.accept("not published: " + step));
            if (outcome.failure() != null) {
                throw outcome.failure();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        inbox.close();
    }
}
