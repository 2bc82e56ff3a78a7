package io.jenkins.plugins.scmchecks.cli.demo;

import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.github.GitHubApp;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What happens on the forge: a repository, an App, a pull request with two pushes; and what must be seen there. */
final class Story {

    static final String SECRET = "a webhook secret of the demo";

    private final Forge forge;
    private final SampleShop shop = new SampleShop();
    private final Consumer<String> log;
    private final Account developer;
    private final Repo repository;
    private final GitHubApp app;

    Story(Forge forge, Consumer<String> log) {
        this.forge = forge;
        this.log = log;
        Account acme = forge.organization("acme");
        this.developer = forge.user("ada");
        acme.member(developer, Account.Role.WRITE);
        this.repository = forge.repository(acme, "shop");
        repository.commit("main", "The shop", shop.onMain());
        this.app = forge.github()
                .createApp(
                        acme,
                        "scm-checks",
                        Map.of(
                                "checks", "write",
                                "pull_requests", "write",
                                "contents", "write",
                                "metadata", "read",
                                "statuses", "write",
                                "issues", "write"),
                        Set.of("push", "create", "delete", "pull_request", "check_run", "check_suite", "repository"));
        app.install(acme);
    }

    Repo repository() {
        return repository;
    }

    GitHubApp app() {
        return app;
    }

    void deliverTo(URI address) {
        app.webhook(address, SECRET);
    }

    /** {@return the address of the pull request's page} */
    String page() {
        return forge.url() + "/acme/shop/pull/1";
    }

    /** Opens the pull request, waits for the answer, and says what is seen. */
    void open(Duration patience) throws IOException, InterruptedException {
        repository.commit("exports", "Export the invoices", shop.opened());
        PullRequest pullRequest =
                repository.openPullRequest("Export invoices for the accountants", "exports", "main", developer);
        log.accept("ada opens pull request #" + pullRequest.number() + " on acme/shop");
        Check check = await(pullRequest, patience);
        List<ReviewThread> threads = pullRequest.threads();
        require(check.conclusion().equals("failure"), "the check says failure");
        require(!check.annotations().isEmpty(), "the check has annotations");
        require(threads.size() >= 4 && threads.stream().noneMatch(ReviewThread::resolved), "there are inline comments");
        for (String file : List.of("infra/storage.tf", "infra/network.tf", "deploy/web.yaml", "src/config.js")) {
            require(threads.stream().anyMatch(t -> t.original().path().equals(file)), "one of them is in " + file);
        }
        require(pullRequest.comments().size() == 1, "there is one summary comment");
        requireNoSecret(pullRequest, check);
        log.accept("seen: the check \"" + check.title() + "\" with " + check.annotations().size() + " annotations, "
                + threads.size() + " inline comments, one summary");
    }

    /** Pushes once more: one thing is mended, another broken. */
    void push(Duration patience) throws IOException, InterruptedException {
        PullRequest pullRequest = repository.pullRequest(1).orElseThrow();
        Set<Long> before = ids(pullRequest.threads());
        int annotations = repository.checks(pullRequest.headSha()).get(0).annotations().size();
        repository.commit("exports", "No privileges, the host's network instead", shop.pushed());
        log.accept("ada pushes: one finding is mended, another comes");
        Check check = await(pullRequest, patience);
        List<ReviewThread> threads = pullRequest.threads();
        List<ReviewThread> fresh = threads.stream().filter(t -> !before.contains(t.id())).toList();
        List<ReviewThread> resolved = threads.stream().filter(ReviewThread::resolved).toList();
        require(fresh.size() == 1 && !fresh.get(0).resolved(), "one comment is new");
        require(resolved.size() == 1 && before.contains(resolved.get(0).id()), "the mended finding's thread is resolved");
        require(ids(threads).containsAll(before) && threads.size() == before.size() + 1, "nothing is repeated");
        require(pullRequest.comments().size() == 1, "the summary comment is still one");
        require(check.annotations().size() == annotations, "one annotation went and one came");
        requireNoSecret(pullRequest, check);
        log.accept("seen: the mended finding's thread is resolved, one comment is new ("
                + fresh.get(0).original().path() + ":" + fresh.get(0).original().line() + "), nothing is repeated");
    }

    private Check await(PullRequest pullRequest, Duration patience) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end)) {
            for (Check check : repository.checks(pullRequest.headSha())) {
                // The summary is written last of all.
                if ("completed".equals(check.status()) && summaryIsCurrent(pullRequest, check)) {
                    return check;
                }
            }
            Thread.sleep(50);
        }
        throw new IOException("the pull request got no answer within " + patience.toSeconds() + " seconds");
    }

    private boolean summaryIsCurrent(PullRequest pullRequest, Check check) {
        return !pullRequest.comments().isEmpty()
                && !pullRequest.comments().get(0).updatedAt().isBefore(check.startedAt())
                && forge.requests().size() == settled(forge.requests().size());
    }

    /** {@return the number of requests a moment later: publishing is over when no more come} */
    private int settled(int now) {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return forge.requests().size() == now ? now : -1;
    }

    private void requireNoSecret(PullRequest pullRequest, Check check) throws IOException {
        String seen = check.title() + check.summary() + check.text() + check.annotations()
                + pullRequest.comments().stream().map(c -> c.body()).toList()
                + pullRequest.threads().stream().flatMap(t -> t.comments().stream()).map(c -> c.body()).toList();
        require(shop.secrets().stream().noneMatch(seen::contains), "the secret itself is nowhere to be read");
    }

    private static Set<Long> ids(List<ReviewThread> threads) {
        return threads.stream().map(ReviewThread::id).collect(Collectors.toSet());
    }

    private static void require(boolean seen, String what) throws IOException {
        if (!seen) {
            throw new IOException("expected on the pull request and not seen: " + what);
        }
    }
}
