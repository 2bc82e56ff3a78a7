package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.azure.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Service-hook subscriptions. Passwords are taken and never given out. */
final class SubscriptionsApi {

    private static final String SUBSCRIPTIONS = "/_apis/hooks/subscriptions";
    private static final String MASK = "********";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Map<String, Set<String>> EVENTS = Map.of(
            "git.push", Set.of("branch", "pushedBy"),
            "git.pullrequest.created", Set.of("branch", "pullrequestCreatedBy", "pullrequestReviewersContains"),
            "git.pullrequest.updated",
            Set.of("branch", "pullrequestCreatedBy", "pullrequestReviewersContains", "notificationType"));
    private static final Set<String> CHANGES = Set.of("", "PushNotification", "ReviewersUpdateNotification",
            "StatusUpdateNotification", "ReviewerVoteNotification");
    private static final Set<String> CONSUMER = Set.of("url", "basicAuthUsername", "basicAuthPassword", "httpHeaders",
            "resourceDetailsToSend", "messagesToSend", "detailedMessagesToSend", "acceptUntrustedCerts");

    void addTo(Router<Endpoint> router) {
        router.add("GET", SUBSCRIPTIONS, call -> {
            call.scope(Call.READ);
            return Call.list(call.azure().store().all().stream()
                    .filter(s -> roleIn(call, s).includes(Account.Role.ADMIN)).toList(), SubscriptionsApi::json);
        });
        router.add("POST", SUBSCRIPTIONS, call ->
                Answer.json(200, json(call.azure().store().save(read(call, call.azure().store().nextId(), "")))));
        router.add("PUT", SUBSCRIPTIONS + "/{subscription}", call -> {
            Subscription old = find(call);
            String password = old.consumerInputs().getOrDefault("basicAuthPassword", "");
            return Answer.json(200, json(call.azure().store().save(read(call, old.id(), password))));
        });
        router.add("DELETE", SUBSCRIPTIONS + "/{subscription}", call -> {
            call.azure().store().delete(find(call));
            return Answer.empty(204);
        });
    }

    private static Subscription find(Call call) {
        call.scope(Call.READ);
        Subscription found = call.azure().store().find(call.variable("subscription"))
                .orElseThrow(() -> AzureError.notFound("The subscription"));
        if (!roleIn(call, found).includes(Account.Role.ADMIN)) {
            throw AzureError.forbidden("EditSubscriptions");
        }
        return found;
    }

    private static Account.Role roleIn(Call call, Subscription subscription) {
        return call.azure().findProject(subscription.publisherInputs().get("projectId"))
                .map(project -> project.roleOf(call.user()))
                .orElse(Account.Role.NONE);
    }

    private static Subscription read(Call call, long id, String password) {
        call.scope(Call.READ);
        JsonNode body = call.json();
        check(body.path("publisherId").asText().equals("tfs")
                && body.path("consumerId").asText().equals("webHooks")
                && body.path("consumerActionId").asText().equals("httpRequest"), "publisher, consumer or action");
        check(body.path("resourceVersion").asText().matches("1\\.0(-preview\\.\\d)?|2\\.0"), "resourceVersion");
        String event = body.path("eventType").asText();
        Set<String> filters = EVENTS.get(event);
        check(filters != null, "eventType");
        Map<String, String> publisher = texts(body.path("publisherInputs"));
        Account project = call.azure().findProject(publisher.getOrDefault("projectId", ""))
                .orElseThrow(() -> AzureError.invalid("The subscription input projectId is not valid."));
        Repo repo = call.azure().findRepo(project, publisher.getOrDefault("repository", ""))
                .orElseThrow(() -> AzureError.invalid("The subscription input repository is not valid."));
        if (!repo.roleOf(call.user()).includes(Account.Role.ADMIN)) {
            throw AzureError.forbidden("EditSubscriptions");
        }
        check(publisher.keySet().stream()
                .allMatch(k -> k.equals("projectId") || k.equals("repository") || filters.contains(k)),
                "publisherInputs");
        check(CHANGES.contains(publisher.getOrDefault("notificationType", "")), "notificationType");
        Map<String, String> consumer = texts(body.path("consumerInputs"));
        check(CONSUMER.containsAll(consumer.keySet()), "consumerInputs");
        checkUrl(consumer);
        if (MASK.equals(consumer.get("basicAuthPassword"))) {
            consumer.put("basicAuthPassword", password);
        }
        return new Subscription(id, event, publisher, consumer, body.path("status").asText("enabled"));
    }

    /** A password goes over TLS alone, but for this machine. */
    private static void checkUrl(Map<String, String> consumer) {
        String url = consumer.getOrDefault("url", "");
        check(url.matches("https?://[^\\s/]+\\S*"), "url");
        boolean clear = url.startsWith("http:") && !LOOPBACK.contains(URI.create(url).getHost());
        if (clear && consumer.containsKey("basicAuthPassword")) {
            throw AzureError.invalid("Basic authentication needs an address with https.");
        }
    }

    private static Map<String, String> texts(JsonNode inputs) {
        Map<String, String> texts = new TreeMap<>();
        inputs.properties().forEach(input -> texts.put(input.getKey(), input.getValue().asText("")));
        return texts;
    }

    private static void check(boolean right, String input) {
        if (!right) {
            throw AzureError.invalid("The subscription input " + input + " is not valid.");
        }
    }

    private static ObjectNode json(Subscription subscription) {
        ObjectNode json = Json.object().put("id", Json.guid(subscription.id()))
                .put("status", subscription.status())
                .put("publisherId", "tfs")
                .put("eventType", subscription.event())
                .put("resourceVersion", "1.0")
                .put("consumerId", "webHooks")
                .put("consumerActionId", "httpRequest");
        ObjectNode publisher = json.putObject("publisherInputs");
        subscription.publisherInputs().forEach(publisher::put);
        ObjectNode consumer = json.putObject("consumerInputs");
        subscription.consumerInputs().forEach((name, value) ->
                consumer.put(name, name.equals("basicAuthPassword") ? MASK : value));
        return json;
    }
}
