package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.gitlab.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.net.URI;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/** The webhooks of projects, for maintainers. Secrets go in and never come out. */
final class HooksApi {

    private static final String HOOKS = "/projects/{id}/hooks";
    private static final int KEY_LENGTH = 32;

    void addTo(Router<Endpoint> router) {
        router.add("GET", HOOKS, call -> call.page(
                call.gitlab().hooks(call.project(Account.Role.ADMIN)), HooksApi::json));
        router.add("POST", HOOKS, HooksApi::create);
        router.add("PUT", HOOKS + "/{hook}", HooksApi::update);
        router.add("DELETE", HOOKS + "/{hook}", HooksApi::delete);
    }

    private static Answer create(Call call) {
        Repo repo = call.project(Account.Role.ADMIN);
        HookStore store = call.gitlab().hookStore();
        GitLabHook none = new GitLabHook(store.nextId(), repo.id(), url(call), "", "", Set.of("push_events"), "", true,
                false, repo.state().now());
        return Answer.json(201, json(store.save(merged(call, none))));
    }

    private static Answer update(Call call) {
        GitLabHook hook = hook(call);
        return Answer.json(200, json(call.gitlab().hookStore().save(merged(call, hook))));
    }

    private static Answer delete(Call call) {
        call.gitlab().hookStore().delete(hook(call));
        return Answer.empty(204);
    }

    private static GitLabHook hook(Call call) {
        Repo repo = call.project(Account.Role.ADMIN);
        return call.gitlab().hookStore().find(repo.id(), call.number("hook", "Hook"))
                .orElseThrow(() -> GitLabError.notFound(""));
    }

    private static GitLabHook merged(Call call, GitLabHook hook) {
        Set<String> events = new TreeSet<>();
        for (String event : HookStore.EVENTS) {
            if (call.flag(event, hook.events().contains(event))) {
                events.add(event);
            }
        }
        return new GitLabHook(hook.id(), hook.projectId(), url(call), call.text("token").orElse(hook.token()),
                signingToken(call, hook), events, call.text("push_events_branch_filter").orElse(hook.branchFilter()),
                call.flag("enable_ssl_verification", hook.verifyTls()), hook.disabled(), hook.createdAt());
    }

    private static URI url(Call call) {
        String url = call.required("url");
        if (!url.matches("https?://[^\\s/]+\\S*") || url.length() > 2048) {
            throw GitLabError.message(422, "Invalid url given");
        }
        return URI.create(url);
    }

    private static String signingToken(Call call, GitLabHook hook) {
        String token = call.text("signing_token").orElse(hook.signingToken());
        if (!token.isEmpty() && (!token.startsWith("whsec_") || key(token).length != KEY_LENGTH)) {
            throw GitLabError.message(422, "Signing token must be whsec_ and a key of 32 bytes in Base64");
        }
        return token;
    }

    static byte[] key(String signingToken) {
        try {
            return Base64.getDecoder().decode(signingToken.substring("whsec_".length()));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static ObjectNode json(GitLabHook hook) {
        ObjectNode json = Json.object().put("id", hook.id())
                .put("project_id", hook.projectId())
                .put("url", hook.url().toString())
                .put("push_events_branch_filter", hook.branchFilter())
                .put("enable_ssl_verification", hook.verifyTls())
                .put("token_present", !hook.token().isEmpty())
                .put("signing_token_present", !hook.signingToken().isEmpty())
                .put("alert_status", hook.disabled() ? "disabled" : "executable")
                .put("created_at", hook.createdAt().toString());
        HookStore.EVENTS.forEach(event -> json.put(event, hook.events().contains(event)));
        return json;
    }
}
