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

/**
 * Webhooks of repositories (REST API, Webhooks). One of a workspace is for a person to make; it is understood as
 * well.
 */
final class CloudWebhooks implements Webhooks {

    static final List<String> EVENTS = List.of(
            "repo:push",
            "pullrequest:created",
            "pullrequest:updated",
            "pullrequest:fulfilled",
            "pullrequest:rejected");

    /** Of a webhook's secret. */
    private static final int LONGEST_SECRET = 128;

    private static final int MOST_PAGES = 10;

    private final CloudSession session;
    private final JsonApi api;

    CloudWebhooks(CloudSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public List<Hook> find(RepositoryPath repository, URI address) throws ScmException {
        return ours(repository, address).stream().map(h -> hook(repository, h)).toList();
    }

    @Override
    public Hook ensure(RepositoryPath repository, URI address) throws ScmException {
        String secret = secret();
        List<JsonNode> found = ours(repository, address);
        for (JsonNode other : found.subList(Math.min(1, found.size()), found.size())) {
            delete(repository, other);
        }
        if (found.isEmpty()) {
            return hook(repository, api.post(session.repository(repository, "hooks"), body(address, secret)));
        }
        JsonNode kept = found.get(0);
        return problem(kept).isEmpty()
                ? hook(repository, kept)
                : hook(repository, api.put(
                        session.repository(repository, "hooks", kept.path("uuid").asText()), body(address, secret)));
    }

    private String secret() throws ScmException {
        if (!(session.integration().trust() instanceof WebhookTrust.SharedSecret secret)) {
            throw new ScmException(
                    Reason.REJECTED,
                    "A webhook without a secret would be refused: give the integration a webhook secret first.",
                    null);
        }
        if (secret.value().length() > LONGEST_SECRET) {
            throw new ScmException(
                    Reason.REJECTED,
                    "Bitbucket Cloud takes a webhook secret of " + LONGEST_SECRET + " characters at most: shorten it.",
                    null);
        }
        return secret.value();
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
        api.delete(session.repository(repository, "hooks", hook.path("uuid").asText()));
    }

    private List<JsonNode> ours(RepositoryPath repository, URI address) throws ScmException {
        List<JsonNode> found = new ArrayList<>();
        api.pages(
                CloudSession.list(session.repository(repository, "hooks")), MOST_PAGES, CloudSession.PAGING, hook -> {
                    if (address.toString().equals(hook.path("url").asText())) {
                        found.add(hook);
                    }
                    return true;
                });
        return found;
    }

    private static Map<String, Object> body(URI address, String secret) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "webhook_subscription");
        body.put("description", "SCM Checks");
        body.put("url", address.toString());
        body.put("active", true);
        body.put("secret", secret);
        body.put("events", EVENTS);
        return body;
    }

    private static Hook hook(RepositoryPath repository, JsonNode hook) {
        return new Hook(
                repository.value(), hook.path("uuid").asText(), hook.path("active").asBoolean(), problem(hook));
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
        if (!hook.path("secret_set").asBoolean(true)) {
            problems.add("it has no secret, so its deliveries are refused");
        }
        if (hook.path("skip_cert_verification").asBoolean()) {
            problems.add("it does not verify TLS certificates");
        }
        return String.join("; ", problems);
    }
}
