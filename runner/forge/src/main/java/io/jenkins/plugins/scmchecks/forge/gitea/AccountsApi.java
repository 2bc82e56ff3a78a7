package io.jenkins.plugins.scmchecks.forge.gitea;

import io.jenkins.plugins.scmchecks.forge.gitea.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Who asks, organizations and people, and their repositories. */
final class AccountsApi {

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/version", call -> Answer.json(200, Json.object().put("version", call.gitea().version())));
        router.add("GET", "/user", Endpoint.of(call -> Answer.json(200, Json.user(call.user())), "user"));
        router.add("GET", "/user/repos", Endpoint.of(call -> repos(call,
                repo -> !repo.owner().roleOf(call.user()).equals(Account.Role.NONE)), "user", "repository"));
        router.add("GET", "/orgs/{name}", Endpoint.of(call -> {
            Account organization = find(call, Account.Kind.ORGANIZATION);
            return Answer.json(200, Json.object().put("id", organization.id()).put("name", organization.login())
                    .put("username", organization.login()).put("visibility", "public"));
        }, "organization"));
        router.add("GET", "/orgs/{name}/repos", Endpoint.of(call -> ofOwner(call, Account.Kind.ORGANIZATION),
                "organization", "repository"));
        router.add("GET", "/users/{name}", Endpoint.of(
                call -> Answer.json(200, Json.user(find(call, Account.Kind.USER))), "user"));
        router.add("GET", "/users/{name}/repos", Endpoint.of(call -> ofOwner(call, Account.Kind.USER),
                "user", "repository"));
        router.add("GET", "/users/{user}/orgs/{name}/permissions", Endpoint.of(AccountsApi::permissions,
                "user", "organization"));
    }

    private static Account find(Call call, Account.Kind kind) {
        return call.gitea().state().findAccount(call.variable("name"))
                .filter(account -> account.kind() == kind)
                .orElseThrow(GiteaError::notFound);
    }

    private static Answer ofOwner(Call call, Account.Kind kind) {
        Account owner = find(call, kind);
        return repos(call, repo -> repo.owner() == owner);
    }

    private static Answer repos(Call call, Predicate<Repo> wanted) {
        List<Repo> repos = call.gitea().state().repos().stream()
                .filter(repo -> repo.roleOf(call.user()).includes(Account.Role.READ))
                .filter(wanted)
                .sorted(Comparator.comparingLong(Repo::id))
                .toList();
        return call.page(repos, true, repo -> Json.repository(call.gitea(), repo));
    }

    private static Answer permissions(Call call) {
        Account organization = find(call, Account.Kind.ORGANIZATION);
        if (!call.variable("user").equalsIgnoreCase(call.user().login())) {
            throw GiteaError.notFound();
        }
        Account.Role role = organization.roleOf(call.user());
        return Answer.json(200, Json.object()
                .put("is_owner", role == Account.Role.ADMIN)
                .put("is_admin", role == Account.Role.ADMIN)
                .put("can_write", role.includes(Account.Role.WRITE))
                .put("can_read", role.includes(Account.Role.READ))
                .put("can_create_repository", role == Account.Role.ADMIN));
    }
}
