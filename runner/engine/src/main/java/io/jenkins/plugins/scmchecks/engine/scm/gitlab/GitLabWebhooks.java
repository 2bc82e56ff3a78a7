package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
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
import okhttp3.HttpUrl;

/**
 * Project webhooks (documentation, Project webhooks API). A group's webhook, which needs a paid tier, is for a person
 * to make; its deliveries are understood as well.
 */
final class GitLabWebhooks implements Webhooks {

    static final List<String> EVENTS = List.of("push_events", "tag_push_events", "merge_requests_events");

    private static final int MOST_PAGES = 10;

    private final GitLabSession session;
    private final JsonApi api;

    GitLabWebhooks(GitLabSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public List<Hook> find(RepositoryPath repository, URI address) throws ScmException {
        return ours(repository, address).stream().map(h -> hook(repository, h)).toList();
    }

    @Override
    public Hook ensure(RepositoryPath repository, URI address) throws ScmException {
        if (!(session.integration().trust() instanceof WebhookTrust.SharedSecret secret)) {
            throw new ScmException(
                    Reason.REJECTED,
                    "A webhook without a secret would be refused: give the integration a webhook secret first.",
                    null);
        }
        List<JsonNode> found = new ArrayList<>(ours(repository, address));
        // GitLab lets nobody switch a hook on again that it has switched off; a new one starts afresh.
        JsonNode kept = found.stream().filter(GitLabWebhooks::isActive).findFirst().orElse(null);
        for (JsonNode other : found) {
            if (other != kept) {
                api.delete(session.project(repository, "hooks", other.path("id").asText()));
            }
        }
        if (kept != null && problem(kept).isEmpty()) {
            return hook(repository, kept);
        }
        Map<String, Object> body = body(address, secret);
        HttpUrl.Builder url = kept == null
                ? session.project(repository, "hooks")
                : session.project(repository, "hooks", kept.path("id").asText());
        return hook(repository, kept == null ? api.post(url, body) : api.put(url, body));
    }

    @Override
    public int remove(RepositoryPath repository, URI address) throws ScmException {
        List<JsonNode> found = ours(repository, address);
        for (JsonNode hook : found) {
            api.delete(session.project(repository, "hooks", hook.path("id").asText()));
        }
        return found.size();
    }

    private List<JsonNode> ours(RepositoryPath repository, URI address) throws ScmException {
        List<JsonNode> found = new ArrayList<>();
        api.pages(
                session.project(repository, "hooks").addQueryParameter("per_page", "100"),
                MOST_PAGES,
                JsonApi.LINKED,
                hook -> {
                    if (address.toString().equals(hook.path("url").asText())) {
                        found.add(hook);
                    }
                    return true;
                });
        return found;
    }

    private static Map<String, Object> body(URI address, WebhookTrust.SharedSecret secret) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("url", address.toString());
        EVENTS.forEach(event -> body.put(event, true));
        body.put("push_events_branch_filter", "");
        body.put("enable_ssl_verification", true);
        body.put(isSigning(secret) ? "signing_token" : "token", secret.value());
        return body;
    }

    private static boolean isSigning(WebhookTrust.SharedSecret secret) {
        return secret.value().startsWith(GitLabVerifier.SIGNING_TOKEN);
    }

    private Hook hook(RepositoryPath repository, JsonNode hook) {
        return new Hook(repository.value(), hook.path("id").asText(), isActive(hook), problem(hook));
    }

    /** Four failures in a row switch a hook off for a while, forty for good (documentation, Auto-disabled webhooks). */
    private static boolean isActive(JsonNode hook) {
        return hook.path("alert_status").asText("executable").equals("executable");
    }

    /** {@return what would have to be repaired, or nothing} */
    private String problem(JsonNode hook) {
        List<String> problems = new ArrayList<>();
        if (!isActive(hook)) {
            problems.add("GitLab has switched it off after failures (" + hook.path("alert_status").asText() + ")");
        }
        List<String> missing = EVENTS.stream().filter(e -> !hook.path(e).asBoolean()).toList();
        if (!missing.isEmpty()) {
            problems.add("events are missing: " + String.join(", ", missing));
        }
        if (!hook.path("push_events_branch_filter").asText("").isEmpty()) {
            problems.add("it tells of some branches only");
        }
        if (!hook.path("enable_ssl_verification").asBoolean(true)) {
            problems.add("it does not verify TLS certificates");
        }
        boolean signing = session.integration().trust() instanceof WebhookTrust.SharedSecret s && isSigning(s);
        if (signing && !hook.path("signing_token_present").asBoolean()) {
            problems.add("it has no signing token, so its deliveries are refused; a GitLab that knows none yet needs a"
                    + " webhook secret that does not begin with " + GitLabVerifier.SIGNING_TOKEN);
        } else if (!signing && !hook.path("token_present").asBoolean(true)) {
            problems.add("it has no secret, so its deliveries are refused");
        }
        return String.join("; ", problems);
    }
}
