package io.jenkins.plugins.scmchecks.engine.scm.azure;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/**
 * Service-hook subscriptions (Service Hooks - Subscriptions API): each tells of one kind of event, so that a repository
 * has several, which together are one {@link Hook}. Passwords come back masked and are never compared.
 */
final class ServiceHooks implements Webhooks {

    private static final String ENABLED = "enabled";
    private static final String ANY = "";
    private static final int MOST_PAGES = 100;

    /** Filters that would keep events back. */
    private static final List<String> FILTERS = List.of(
            "branch", "pushedBy", "pullrequestCreatedBy", "pullrequestReviewersContains", "notificationType");

    /**
     * There has to be one for each. Updates are not filtered by kind: another target branch is of no kind that a filter
     * knows (documentation, Service hooks events, git.pullrequest.updated).
     */
    private static final List<String> EVENTS =
            List.of("git.push", "git.pullrequest.created", "git.pullrequest.updated");

    private final AzureSession session;
    private final JsonApi api;

    /** What subscriptions know a repository by. */
    private record Ids(String project, String repository) {}

    ServiceHooks(AzureSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public List<Hook> find(RepositoryPath repository, URI address) throws ScmException {
        List<JsonNode> found = ours(ids(repository), address);
        return found.isEmpty() ? List.of() : List.of(hook(repository, found));
    }

    @Override
    public Hook ensure(RepositoryPath repository, URI address) throws ScmException {
        if (!(session.integration().trust() instanceof WebhookTrust.BasicAuth trust)) {
            throw new ScmException(
                    Reason.REJECTED,
                    "A service hook without user and password would be refused: give the integration both first.",
                    null);
        }
        Ids ids = ids(repository);
        List<JsonNode> found = ours(ids, address);
        Map<String, JsonNode> kept = new LinkedHashMap<>();
        for (String event : EVENTS) {
            JsonNode subscription = found.stream()
                    .filter(s -> isOf(s, event))
                    .min((one, other) -> Boolean.compare(!problem(one).isEmpty(), !problem(other).isEmpty()))
                    .orElse(null);
            if (subscription == null) {
                subscription =
                        api.post(session.collection("hooks", "subscriptions"), body(event, ids, address, trust));
            } else if (!problem(subscription).isEmpty()) {
                subscription = api.put(one(subscription), body(event, ids, address, trust));
            }
            kept.put(id(subscription), subscription);
        }
        for (JsonNode other : found) {
            if (!kept.containsKey(id(other))) {
                api.delete(one(other)); // it would tell everything twice
            }
        }
        return hook(repository, List.copyOf(kept.values()));
    }

    @Override
    public int remove(RepositoryPath repository, URI address) throws ScmException {
        List<JsonNode> found = ours(ids(repository), address);
        for (JsonNode subscription : found) {
            api.delete(one(subscription));
        }
        return found.size();
    }

    private Ids ids(RepositoryPath repository) throws ScmException {
        JsonNode node = api.get(session.repository(repository));
        return new Ids(node.path("project").path("id").asText(), node.path("id").asText());
    }

    private List<JsonNode> ours(Ids ids, URI address) throws ScmException {
        List<JsonNode> found = new ArrayList<>();
        HttpUrl.Builder url = session.collection("hooks", "subscriptions")
                .addQueryParameter("publisherId", "tfs")
                .addQueryParameter("consumerId", "webHooks")
                .addQueryParameter("consumerActionId", "httpRequest");
        api.pages(url, MOST_PAGES, AzureSession.CONTINUED, subscription -> {
            JsonNode inputs = subscription.path("publisherInputs");
            if (address.toString().equals(subscription.path("consumerInputs").path("url").asText())
                    && ids.repository().equalsIgnoreCase(inputs.path("repository").asText())) {
                found.add(subscription);
            }
            return true;
        });
        return found;
    }

    private HttpUrl.Builder one(JsonNode subscription) throws ScmException {
        return session.collection("hooks", "subscriptions", id(subscription));
    }

    private static String id(JsonNode subscription) {
        return subscription.path("id").asText();
    }

    private static boolean isOf(JsonNode subscription, String event) {
        return subscription.path("eventType").asText().equals(event);
    }

    private static Map<String, Object> body(String event, Ids ids, URI address, WebhookTrust.BasicAuth trust) {
        Map<String, Object> events = new LinkedHashMap<>();
        events.put("projectId", ids.project());
        events.put("repository", ids.repository());
        events.put("branch", ANY);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("url", address.toString());
        request.put("basicAuthUsername", trust.user());
        request.put("basicAuthPassword", trust.password());
        request.put("resourceDetailsToSend", "all");
        request.put("messagesToSend", "text");
        request.put("detailedMessagesToSend", "none");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("publisherId", "tfs");
        body.put("eventType", event);
        body.put("resourceVersion", "1.0");
        body.put("consumerId", "webHooks");
        body.put("consumerActionId", "httpRequest");
        body.put("status", ENABLED);
        body.put("publisherInputs", events);
        body.put("consumerInputs", request);
        return body;
    }

    private Hook hook(RepositoryPath repository, List<JsonNode> subscriptions) {
        Set<String> problems = subscriptions.stream().map(this::problem).filter(p -> !p.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> missing = EVENTS.stream()
                .filter(event -> subscriptions.stream().noneMatch(s -> isOf(s, event)))
                .toList();
        if (!missing.isEmpty()) {
            problems.add("events are missing: " + String.join(", ", missing));
        }
        return new Hook(
                repository.value(),
                subscriptions.stream().map(ServiceHooks::id).collect(Collectors.joining(",")),
                subscriptions.stream().allMatch(ServiceHooks::isActive),
                String.join("; ", problems));
    }

    /** After failures a subscription is on probation, with fewer events, and is switched off when they go on. */
    private static boolean isActive(JsonNode subscription) {
        return subscription.path("status").asText(ENABLED).equals(ENABLED);
    }

    /** {@return what would have to be repaired, or nothing} */
    private String problem(JsonNode subscription) {
        List<String> problems = new ArrayList<>();
        if (!isActive(subscription)) {
            problems.add("Azure DevOps has restricted or switched it off (" + subscription.path("status").asText()
                    + ")");
        }
        if (FILTERS.stream().anyMatch(f -> !subscription.path("publisherInputs").path(f).asText("").isEmpty())) {
            problems.add("it tells of some branches, people or kinds of change only");
        }
        JsonNode request = subscription.path("consumerInputs");
        String user = session.integration().trust() instanceof WebhookTrust.BasicAuth trust ? trust.user() : null;
        if (!Objects.equals(user, request.path("basicAuthUsername").asText(null))
                || request.path("basicAuthPassword").asText("").isEmpty()) {
            problems.add("it has not the integration's user and password, so its deliveries are refused");
        }
        if (!request.path("resourceDetailsToSend").asText("all").equalsIgnoreCase("all")) {
            problems.add("it does not send all details");
        }
        return String.join("; ", problems);
    }
}
