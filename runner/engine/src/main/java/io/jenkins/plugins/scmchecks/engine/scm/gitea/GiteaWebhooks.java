package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection.Webhooks;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Webhooks of repositories. One of the whole organization, which a person makes, is found as well and makes others
 * needless. A hook's secret cannot be read, and older versions cannot change it or all events, so that a broken hook is
 * replaced by a new one.
 */
final class GiteaWebhooks implements Webhooks {

    /** "pull_request" stands for all events of pull requests when a hook is made; new commits are one of its own. */
    private static final List<String> EVENTS = List.of("push", "create", "delete", "pull_request", "pull_request_sync");

    private static final int MOST_PAGES = 20;

    private final GiteaSession session;

    GiteaWebhooks(GiteaSession session) {
        this.session = session;
    }

    @Override
    public List<Hook> find(RepositoryPath repository, URI address) throws ScmException {
        List<Hook> found = new ArrayList<>();
        ours(repository, address).forEach(hook -> found.add(hook(repository.value(), hook)));
        ofOrganization(repository, address).forEach(hook -> found.add(hook(repository.owner(), hook)));
        return found;
    }

    @Override
    public Hook ensure(RepositoryPath repository, URI address) throws ScmException {
        if (!(session.integration().trust() instanceof WebhookTrust.SharedSecret secret)) {
            throw new ScmException(
                    Reason.REJECTED,
                    "A webhook without a secret would be refused: give the integration a webhook secret first.",
                    null);
        }
        List<JsonNode> found = ours(repository, address);
        for (JsonNode hook : ofOrganization(repository, address)) {
            if (problem(hook).isEmpty()) {
                delete(repository, found);
                return hook(repository.owner(), hook);
            }
        }
        JsonNode kept = found.stream().filter(hook -> problem(hook).isEmpty()).findFirst().orElse(null);
        if (kept == null) {
            kept = session.api().post(session.repository(repository, "hooks"), body(address, secret));
        }
        String id = kept.path("id").asText();
        delete(repository, found.stream().filter(hook -> !hook.path("id").asText().equals(id)).toList());
        return hook(repository.value(), kept);
    }

    /** An organization's hook stays, since other repositories need it. */
    @Override
    public int remove(RepositoryPath repository, URI address) throws ScmException {
        List<JsonNode> found = ours(repository, address);
        delete(repository, found);
        return found.size();
    }

    private void delete(RepositoryPath repository, List<JsonNode> hooks) throws ScmException {
        for (JsonNode hook : hooks) {
            session.api().delete(session.repository(repository, "hooks", hook.path("id").asText()));
        }
    }

    private List<JsonNode> ours(RepositoryPath repository, URI address) throws ScmException {
        return read(session.repository(repository, "hooks"), address);
    }

    /** {@return none where only the organization's owners may see its hooks} */
    private List<JsonNode> ofOrganization(RepositoryPath repository, URI address) throws ScmException {
        try {
            return read(session.api().url("orgs", repository.owner(), "hooks"), address);
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.FORBIDDEN) {
                throw e;
            }
            return List.of();
        }
    }

    private List<JsonNode> read(HttpUrl.Builder url, URI address) throws ScmException {
        List<JsonNode> found = new ArrayList<>();
        session.pages(url, MOST_PAGES, hook -> {
            if (address.toString().equals(hook.path("config").path("url").asText())) {
                found.add(hook);
            }
            return true;
        });
        return found;
    }

    private static Map<String, Object> body(URI address, WebhookTrust.SharedSecret secret) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "gitea");
        body.put("config", Map.of("url", address.toString(), "content_type", "json", "secret", secret.value()));
        body.put("events", EVENTS);
        body.put("branch_filter", "*");
        body.put("active", true);
        return body;
    }

    private static Hook hook(String scope, JsonNode hook) {
        return new Hook(scope, hook.path("id").asText(), hook.path("active").asBoolean(), problem(hook));
    }

    /** {@return what would have to be repaired, or nothing} */
    private static String problem(JsonNode hook) {
        List<String> problems = new ArrayList<>();
        if (!hook.path("active").asBoolean()) {
            problems.add("it is switched off");
        }
        Set<String> events = new HashSet<>();
        hook.path("events").forEach(event -> events.add(event.asText()));
        List<String> missing = EVENTS.stream().filter(event -> !events.contains(event)).toList();
        if (!missing.isEmpty()) {
            problems.add("events are missing: " + String.join(", ", missing));
        }
        if (!hook.path("config").path("content_type").asText().equals("json")) {
            problems.add("it does not send JSON");
        }
        String filter = hook.path("branch_filter").asText("");
        if (!filter.isEmpty() && !filter.equals("*")) {
            problems.add("it tells of some branches only");
        }
        return String.join("; ", problems);
    }
}
