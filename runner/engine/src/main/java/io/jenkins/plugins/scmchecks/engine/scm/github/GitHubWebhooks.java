package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection.Webhooks;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;

/**
 * Repository hooks by a token. An App has one hook of its own for all its organizations, which a person sets in the
 * App's settings, so it is looked at and never changed here; only an App that may write repository hooks makes those.
 */
final class GitHubWebhooks implements Webhooks {

    /** What is needed from a repository's hook; the App's own gets its installation's events besides. */
    static final Set<String> EVENTS = Set.of("push", "create", "delete", "pull_request", "repository");

    private static final int MOST_PAGES = 10;

    private final GitHubSession session;
    private final GitHubApi api;

    GitHubWebhooks(GitHubSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public List<Hook> find(RepositoryPath repository, URI address) throws ScmException {
        if (session.isApp()) {
            Hook own = appHook(address);
            if (own.active() || !mayWriteHooks()) {
                return own.active() ? List.of(own) : List.of();
            }
        }
        return ours(repository, address).stream().map(h -> hook(repository, h)).toList();
    }

    @Override
    public Hook ensure(RepositoryPath repository, URI address) throws ScmException {
        if (session.isApp()) {
            Hook own = appHook(address);
            if (own.active() || !mayWriteHooks()) {
                return own;
            }
        }
        if (!(session.integration().trust() instanceof WebhookTrust.SharedSecret secret)) {
            throw new ScmException(
                    Reason.REJECTED,
                    "A webhook without a secret would be refused: give the integration a webhook secret first.",
                    null);
        }
        List<JsonNode> found = ours(repository, address);
        for (JsonNode duplicate : found.subList(Math.min(1, found.size()), found.size())) {
            api.delete(hookUrl(repository, duplicate));
        }
        if (found.isEmpty()) {
            Map<String, Object> body = body(address, secret);
            body.put("name", "web");
            return hook(repository, api.post(api.url(repository, "hooks"), body));
        }
        JsonNode hook = found.get(0);
        return problem(hook).isEmpty()
                ? hook(repository, hook)
                : hook(repository, api.patch(hookUrl(repository, hook), body(address, secret)));
    }

    @Override
    public int remove(RepositoryPath repository, URI address) throws ScmException {
        if (session.isApp() && !mayWriteHooks()) {
            return 0; // the App's own hook is not ours to remove
        }
        List<JsonNode> found = ours(repository, address);
        for (JsonNode hook : found) {
            api.delete(hookUrl(repository, hook));
        }
        return found.size();
    }

    private boolean mayWriteHooks() {
        return session.knowsPermissions() && session.may("repository_hooks", "write");
    }

    private List<JsonNode> ours(RepositoryPath repository, URI address) throws ScmException {
        List<JsonNode> found = new ArrayList<>();
        api.pages(api.url(repository, "hooks"), MOST_PAGES, hook -> {
            if (address.toString().equals(hook.path("config").path("url").asText())) {
                found.add(hook);
            }
            return true;
        });
        return found;
    }

    private HttpUrl.Builder hookUrl(RepositoryPath repository, JsonNode hook) {
        return api.url(repository, "hooks", hook.path("id").asText());
    }

    private static Map<String, Object> body(URI address, WebhookTrust.SharedSecret secret) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("active", true);
        body.put("events", EVENTS.stream().sorted().toList());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("url", address.toString());
        config.put("content_type", "json");
        config.put("insecure_ssl", "0");
        config.put("secret", secret.value());
        body.put("config", config);
        return body;
    }

    private static Hook hook(RepositoryPath repository, JsonNode hook) {
        return new Hook(
                repository.value(), hook.path("id").asText(), hook.path("active").asBoolean(), problem(hook));
    }

    /** {@return what would have to be repaired, or nothing} */
    private static String problem(JsonNode hook) {
        List<String> problems = new ArrayList<>();
        if (!hook.path("active").asBoolean()) {
            problems.add("it is switched off");
        }
        Set<String> missing = new TreeSet<>(EVENTS);
        for (JsonNode event : hook.path("events")) {
            missing.remove(event.asText());
            if (event.asText().equals("*")) {
                missing.clear();
            }
        }
        if (!missing.isEmpty()) {
            problems.add("events are missing: " + String.join(", ", missing));
        }
        if (hook.path("config").path("secret").asText("").isEmpty()) {
            problems.add("it has no secret, so its deliveries are refused");
        }
        if (hook.path("config").path("insecure_ssl").asText("0").equals("1")) {
            problems.add("it does not verify TLS certificates");
        }
        return String.join("; ", problems);
    }

    private Hook appHook(URI address) throws ScmException {
        String url = appHookUrl();
        String name = "App " + session.account().name();
        if (!url.equals(address.toString())) {
            return new Hook(name, "app", false, "the App delivers to " + (url.isEmpty() ? "no address" : url) + "; set "
                    + address + " as its webhook URL in the App's settings, with this integration's secret");
        }
        Set<String> missing = new TreeSet<>(EVENTS);
        session.asApp().get(session.asApp().url("app")).path("events").forEach(e -> missing.remove(e.asText()));
        return new Hook(name, "app", true, missing.isEmpty()
                ? ""
                : "subscribe the App to these events too: " + String.join(", ", missing));
    }

    private String appHookUrl() throws ScmException {
        GitHubApi app = session.asApp();
        try {
            return app.get(app.url("app", "hook", "config")).path("url").asText("");
        } catch (ScmException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return ""; // its webhook is switched off
            }
            throw e;
        }
    }
}
