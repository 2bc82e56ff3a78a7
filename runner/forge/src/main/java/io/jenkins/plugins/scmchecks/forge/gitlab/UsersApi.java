package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.gitlab.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.time.ZoneOffset;
import java.util.Optional;

/** Who asks, with which token, in which group. */
final class UsersApi {

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/user", call -> Answer.json(200, Json.user(call.user())));
        router.add("GET", "/version", call -> Answer.json(200,
                Json.object().put("version", GitLab.VERSION).put("revision", "0123456789a")));
        router.add("GET", "/personal_access_tokens/self", UsersApi::token);
        router.add("GET", "/users", UsersApi::users);
        router.add("GET", "/groups/{group}", call -> Answer.json(200, group(call)));
        router.add("GET", "/groups/{group}/members/all/{user}", UsersApi::member);
    }

    private static Answer token(Call call) {
        GitLabToken token = call.token();
        if (token.oauth()) {
            throw GitLabError.message(400, "400 Bad request - PersonalAccessToken required");
        }
        ObjectNode json = Json.object().put("id", 1).put("name", "token").put("revoked", false).put("active", true)
                .put("user_id", token.user().id());
        token.scopes().forEach(json.putArray("scopes")::add);
        if (token.expires() == null) {
            json.putNull("expires_at");
        } else {
            json.put("expires_at", token.expires().atOffset(ZoneOffset.UTC).toLocalDate().toString());
        }
        return Answer.json(200, json);
    }

    private static Answer users(Call call) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        call.exchange().parameter("username").flatMap(call.gitlab().state()::findAccount)
                .filter(account -> account.kind() == Account.Kind.USER)
                .ifPresent(account -> found.add(Json.user(account)));
        return Answer.json(200, found);
    }

    static Optional<Account> findGroup(Call call) {
        return call.gitlab().state().findAccount(call.variable("group"))
                .filter(account -> account.kind() == Account.Kind.ORGANIZATION);
    }

    private static ObjectNode group(Call call) {
        Account group = findGroup(call).orElseThrow(() -> GitLabError.notFound("Group"));
        return Json.object().put("id", group.id())
                .put("path", group.login().substring(group.login().lastIndexOf('/') + 1))
                .put("full_path", group.login())
                .putNull("marked_for_deletion_on");
    }

    private static Answer member(Call call) {
        Account group = findGroup(call).orElseThrow(() -> GitLabError.notFound("Group"));
        if (!call.variable("user").equals(Long.toString(call.user().id()))
                || group.roleOf(call.user()) == Account.Role.NONE) {
            throw GitLabError.notFound("");
        }
        return Answer.json(200, Json.user(call.user())
                .put("access_level", Json.accessLevel(group.roleOf(call.user()))));
    }
}
