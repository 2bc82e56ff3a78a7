package io.jenkins.plugins.scmchecks.forge;

import io.jenkins.plugins.scmchecks.forge.github.GitHubApp;
import io.jenkins.plugins.scmchecks.forge.github.Installation;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A forge with an organization, a repository, a pull request and an app that may do everything. */
public final class Fixture implements AutoCloseable {

    public static final Map<String, String> ALL = Map.of("checks", "write", "pull_requests", "write", "contents",
            "write", "statuses", "write", "issues", "write", "repository_hooks", "write");
    public static final Set<String> EVENTS = Set.of("push", "create", "delete", "pull_request", "check_run");

    public final Forge forge = Forge.start();
    public final Account acme = forge.organization("acme");
    public final Account alice = forge.user("alice");
    public final Repo shop = forge.repository(acme, "shop");
    public final GitHubApp app = forge.github().createApp(acme, "scm-checks", ALL, EVENTS);
    public final Installation installation = app.install(acme);
    public final PullRequest pull;

    public Fixture() {
        acme.member(alice, Account.Role.WRITE);
        shop.commit("main", "Start", Map.of("a.txt", lines(1, 40), "b.txt", "one\n"));
        shop.commit("feature", "Change line 20, drop line 30", Map.of("a.txt",
                lines(1, 40).replace("line 20\n", "changed 20\n").replace("line 30\n", "")));
        pull = shop.openPullRequest("Change it", "feature", "main", alice);
    }

    public static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    /** {@return a client with a fresh installation token} */
    public Api api() {
        return new Api(forge, installation.token());
    }

    /** {@return a client with the app's JWT} */
    public Api appApi() {
        return new Api(forge, Api.jwt(app, forge.clock().instant().minusSeconds(60),
                forge.clock().instant().plusSeconds(300)));
    }

    public String check(String extra) {
        return "{\"name\":\"scan\",\"head_sha\":\"" + pull.headSha() + "\"" + extra + "}";
    }

    @Override
    public void close() {
        forge.close();
    }
}
