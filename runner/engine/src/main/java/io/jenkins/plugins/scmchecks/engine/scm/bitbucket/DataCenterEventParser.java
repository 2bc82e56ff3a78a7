package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.MissingFieldException;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.RequiredField;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads Bitbucket Data Center's webhooks (documentation, Event payload). */
final class DataCenterEventParser implements EventParser {

    @Override
    public List<ScmEvent> parse(Delivery delivery) throws MalformedDeliveryException {
        String event = delivery.header("X-Event-Key").orElse("");
        try {
            return switch (event) {
                case "diagnostics:ping" -> List.of(new ScmEvent.Ping());
                case "repo:refs_changed" -> refs(BitbucketJson.payload(delivery, event));
                case "pr:opened" -> changed(delivery, event, ScmEvent.Type.PULL_REQUEST_OPENED);
                case "pr:from_ref_updated" -> changed(delivery, event, ScmEvent.Type.PULL_REQUEST_UPDATED);
                case "pr:modified" -> modified(delivery, event);
                case "pr:merged" -> changed(delivery, event, ScmEvent.Type.PULL_REQUEST_MERGED);
                case "pr:declined", "pr:deleted" -> changed(delivery, event, ScmEvent.Type.PULL_REQUEST_CLOSED);
                case "" -> throw new MalformedDeliveryException("the header X-Event-Key is missing", null);
                default -> List.of();
            };
        } catch (MissingFieldException e) {
            throw new MalformedDeliveryException("Bitbucket's " + event + ": " + e.getMessage(), e);
        }
    }

    /** One push may move many refs. */
    private static List<ScmEvent> refs(JsonNode root) {
        RepositoryPath repository = path(root.path("repository"), "repository");
        String actor = root.path("actor").path("name").asText("");
        List<ScmEvent> events = new ArrayList<>();
        for (JsonNode change : root.path("changes")) {
            String ref = RequiredField.text(change.path("ref"), "id", "changes.ref");
            boolean tag = ref.startsWith("refs/tags/");
            if (!tag && !ref.startsWith("refs/heads/")) {
                continue;
            }
            String name = ref.substring(ref.indexOf('/', "refs/".length()) + 1);
            String before = RequiredField.text(change, "fromHash", "changes");
            String after = RequiredField.text(change, "toHash", "changes");
            switch (RequiredField.text(change, "type", "changes")) {
                case "ADD" -> events.add(new ScmEvent.RefChange(
                        repository, tag ? ScmEvent.Type.TAG_CREATED : ScmEvent.Type.BRANCH_CREATED, name, after, actor));
                case "DELETE" -> events.add(new ScmEvent.RefChange(
                        repository, tag ? ScmEvent.Type.TAG_DELETED : ScmEvent.Type.BRANCH_DELETED, name, before, actor));
                default -> {
                    if (!tag) {
                        events.add(new ScmEvent.Push(repository, name, before, after, actor));
                    }
                }
            }
        }
        return events;
    }

    private static List<ScmEvent> changed(Delivery delivery, String event, ScmEvent.Type type)
            throws MalformedDeliveryException {
        return List.of(change(BitbucketJson.payload(delivery, event), type));
    }

    private static ScmEvent change(JsonNode root, ScmEvent.Type type) {
        JsonNode request = root.path("pullRequest");
        RepositoryPath repository = path(request.path("toRef").path("repository"), "pullRequest.toRef.repository");
        return new ScmEvent.PullRequestChange(
                repository,
                type,
                pullRequest(request, repository, "pullRequest"),
                root.path("actor").path("name").asText(""));
    }

    /** Title, text or target are others now; only the target matters, and the previous one is told. */
    private static List<ScmEvent> modified(Delivery delivery, String event) throws MalformedDeliveryException {
        JsonNode root = BitbucketJson.payload(delivery, event);
        String before = root.path("previousTarget").path("id").asText("");
        String now = root.path("pullRequest").path("toRef").path("id").asText("");
        return before.isEmpty() || before.equals(now)
                ? List.of()
                : List.of(change(root, ScmEvent.Type.PULL_REQUEST_RETARGETED));
    }

    static PullRequest pullRequest(JsonNode request, RepositoryPath repository, String at) {
        String prefix = at.isEmpty() ? "" : at + ".";
        JsonNode from = request.path("fromRef");
        JsonNode to = request.path("toRef");
        RepositoryPath head = path(from.path("repository"), prefix + "fromRef.repository");
        return new PullRequest(
                RequiredField.number(request, "id", at),
                request.path("title").asText(""),
                branch(from, prefix + "fromRef"),
                branch(to, prefix + "toRef"),
                RequiredField.text(from, "latestCommit", prefix + "fromRef"),
                to.path("latestCommit").asText(null),
                head,
                request.path("author").path("user").path("name").asText(""),
                !repository.equals(head),
                request.path("links").path("self").path(0).path("href").asText(null));
    }

    private static String branch(JsonNode ref, String at) {
        String id = RequiredField.text(ref, "id", at);
        return id.startsWith("refs/heads/") ? id.substring("refs/heads/".length()) : id;
    }

    /** {@return {@code PROJECT/slug}} */
    static RepositoryPath path(JsonNode repository, String at) {
        String project = RequiredField.text(repository.path("project"), "key", RequiredField.name(at, "project"));
        return RequiredField.path(project + "/" + RequiredField.text(repository, "slug", at), at + ".slug");
    }
}
