package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.List;

/** People, organizations and their repositories. */
final class AccountsApi {

    private final GitHub github;
    private final RepoJson json;

    AccountsApi(GitHub github) {
        this.github = github;
        this.json = new RepoJson(github);
    }

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/user", call -> Answer.json(200, json.fullAccount(person(call))));
        router.add("GET", "/user/repos", call -> repos(call, github.state().repos().stream()
                .filter(repo -> involved(repo, person(call)))
                .toList()));
        router.add("GET", "/user/orgs", call -> call.page(github.state().accounts().stream()
                .filter(account -> account.kind() == Account.Kind.ORGANIZATION
                        && account.roleOf(person(call)) != Account.Role.NONE)
                .toList(), json::organization));
        router.add("GET", "/users/{account}", call -> Answer.json(200, json.fullAccount(call.account("account"))));
        router.add("GET", "/users/{account}/repos",
                call -> repos(call, github.state().reposOf(call.account("account"))));
        router.add("GET", "/orgs/{account}", call -> Answer.json(200, json.organization(organization(call))));
        router.add("GET", "/orgs/{account}/repos", call -> repos(call, github.state().reposOf(organization(call))));
    }

    private static Account person(Call call) {
        if (call.caller() instanceof Caller.Person person) {
            return person.token().user();
        }
        throw call.caller() instanceof Caller.Anonymous
                ? GitHubError.unauthorized("Requires authentication")
                : GitHubError.forbidden("Resource not accessible by integration");
    }

    private static Account organization(Call call) {
        Account account = call.account("account");
        if (account.kind() != Account.Kind.ORGANIZATION) {
            throw GitHubError.notFound();
        }
        return account;
    }

    private static boolean involved(Repo repo, Account user) {
        return repo.roleOf(user).includes(Account.Role.WRITE) || repo.isPrivate()
                && repo.roleOf(user).includes(Account.Role.READ);
    }

    private Answer repos(Call call, List<Repo> repos) {
        Account viewer = call.caller().actor();
        return call.page(repos.stream().filter(call.caller()::sees).toList(),
                repo -> json.permissions(repo, viewer));
    }
}
