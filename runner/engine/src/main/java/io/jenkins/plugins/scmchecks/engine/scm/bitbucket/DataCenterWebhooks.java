package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

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

/** Webhooks of repositories, for their administrators. One of a project is for a person to make. */
final class DataCenterWebhooks implements Webhooks {

    static final List<String> EVENTS = List.of(
            "repo:refs_changed",
            "pr:opened",
            "pr:from_ref_updated",
            "pr:modified",
            "pr:merged",
            "pr:declined",
            "pr:deleted");

    private static final int MOST_PAGES = 10;

    private final DataCenterSession session;
    private final JsonApi api;

    DataCenterWebhooks(DataCenterSession session) {
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
        List<JsonNode> found = ours(repository, address);
        for (JsonNode other : found.subList(Math.min(1, found.size()), found.size())) {
            delete(repository, other);
        }
        if (found.isEmpty()) {
            return hook(repository, api.post(session.repository(repository, "webhooks"), body(address, secret.value())));
        }
        JsonNode kept = found.get(0);
        return problem(kept).isEmpty()
                ? hook(repository, kept)
                : hook(repository, api.put(
                        session.repository(repository, "webhooks", kept.path("id").asText()),
                        body(address, secret.value())));
    }

    @Override
    public int remove(RepositoryPath repository, URI address) throws ScmException {
        List<JsonNode> found = ours(repository, address);
        for (JsonNode hook : found) {
            delete(repository, hook);
        }
        return found.size();
    }

    private void delete(RepositoryPath repository, JsonNode hook) throws ScmException {
        api.delete(session.repository(repository, "webhooks", hook.path("id").asText()));
    }

    private List<JsonNode> ours(RepositoryPath repository, URI address) throws ScmException {
        List<JsonNode> found = new ArrayList<>();
        api.pages(
                DataCenterSession.list(session.repository(repository, "webhooks")),
                MOST_PAGES,
                DataCenterSession.PAGING,
                hook -> {
                    if (address.toString().equals(hook.path("url").asText())) {
                        found.add(hook);
                    }
                    return true;
                });
        return found;
    }

    private static Map<String, Object> body(URI address, String secret) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "SCM Checks");
        body.put("url", address.toString());
        body.put("active", true);
        body.put("events", EVENTS);
        body.put("configuration", Map.of("secret", secret));
        body.put("sslVerificationRequired", true);
        return body;
    }

    private static Hook hook(RepositoryPath repository, JsonNode hook) {
        return new Hook(repository.value(), hook.path("id").asText(), hook.path("active").asBoolean(), problem(hook));
    }

    /** {@return what would have to be repaired, or nothing} */
    private static String problem(JsonNode hook) {
        List<String> problems = new ArrayList<>();
        if (!hook.path("active").asBoolean()) {
            problems.add("it is switched off");
        }
        List<String> events = new ArrayList<>();
        hook.path("events").forEach(event -> events.add(event.asText()));
        List<String> missing = EVENTS.stream().filter(e -> !events.contains(e)).toList();
        if (!missing.isEmpty()) {
            problems.add("events are missing: " + String.join(", ", missing));
        }
        if (hook.path("configuration").path("secret").asText("").isEmpty()) {
            problems.add("it has no secret, so its deliveries are refused");
        }
        if (!hook.path("sslVerificationRequired").asBoolean(true)) {
            problems.add("it does not verify TLS certificates");
        }
        return String.join("; ", problems);
    }
}
