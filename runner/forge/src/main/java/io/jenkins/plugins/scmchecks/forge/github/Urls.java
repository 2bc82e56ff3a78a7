package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.function.Supplier;

/** The addresses of things. */
record Urls(Supplier<String> root) {

    String html() {
        return root.get();
    }

    String api() {
        return root.get() + "/api/v3";
    }

    String html(Account account) {
        return html() + "/" + account.login();
    }

    String api(Account account) {
        return api() + "/users/" + account.login().replace("[", "%5B").replace("]", "%5D");
    }

    String html(Repo repo) {
        return html() + "/" + repo.fullName();
    }

    String api(Repo repo) {
        return api() + "/repos/" + repo.fullName();
    }

    String html(PullRequest pull) {
        return html(pull.repo()) + "/pull/" + pull.number();
    }

    String api(PullRequest pull) {
        return api(pull.repo()) + "/pulls/" + pull.number();
    }
}
