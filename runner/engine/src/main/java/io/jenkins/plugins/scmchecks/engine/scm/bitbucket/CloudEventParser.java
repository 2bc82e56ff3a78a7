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

/**
 * Reads Bitbucket Cloud's webhooks (documentation, Event payloads). Their pull requests name commits by the first
 * twelve
 * digits, and an update does not say what is new: commits, another target branch or a title.
 */
final class CloudEventParser implements EventParser {

    @Override
    public List<ScmEvent> parse(Delivery delivery) throws MalformedDeliveryException {
        String event = delivery.header("X-Event-Key").orElse("");
        try {
            return switch (event) {
                case "repo:push" -> push(BitbucketJson.payload(delivery, event));
                case "pullrequest:created" -> changed(delivery, event, ScmEvent.Type.PULL_REQUEST_OPENED);
                case "pullrequest:updated" -> changed(delivery, event, ScmEvent.Type.PULL_REQUEST_UPDATED);
                case "pullrequest:fulfilled" -> changed(delivery, event, ScmEvent.Type.PULL_REQUEST_MERGED);
                case "pullrequest:rejected" -> changed(delivery, event, ScmEvent.Type.PULL_REQUEST_CLOSED);
                case "" -> throw new MalformedDeliveryException("the header X-Event-Key is missing", null);
                default -> List.of();
            };
        } catch (MissingFieldException e) {
            throw new MalformedDeliveryException("Bitbucket's " + event + ": " + e.getMessage(), e);
        }
    }

    /** One push may move many refs; {@code truncated} is about the lists of commits, which nobody needs here. */
    private static List<ScmEvent> push(JsonNode root) {
        RepositoryPath repository = repository(root.path("repository"), "repository");
        String actor = name(root.path("actor"));
        List<ScmEvent> events = new ArrayList<>();
        for (JsonNode change : root.path("push").path("changes")) {
            JsonNode before = change.path("old");
            JsonNode after = change.path("new");
            JsonNode ref = after.isObject() ? after : before;
            if (!ref.isObject()) {
                throw new MissingFieldException("push.changes", "has neither old nor new");
            }
            boolean tag = ref.path("type").asText("").contains("tag");
            String branch = RequiredField.text(ref, "name", "push.changes");
            String sha = hash(ref, "push.changes");
            if (before.isObject() && after.isObject()) {
                if (!tag) {
                    events.add(new ScmEvent.Push(repository, branch, hash(before, "push.changes.old"), sha, actor));
                }
                continue;
            }
            boolean created = after.isObject();
            ScmEvent.Type type = tag
                    ? created ? ScmEvent.Type.TAG_CREATED : ScmEvent.Type.TAG_DELETED
                    : created ? ScmEvent.Type.BRANCH_CREATED : ScmEvent.Type.BRANCH_DELETED;
            events.add(new ScmEvent.RefChange(repository, type, branch, sha, actor));
        }
        return events;
    }

    private static String hash(JsonNode ref, String at) {
        return RequiredField.text(ref.path("target"), "hash", at + ".target");
    }

    private static List<ScmEvent> changed(Delivery delivery, String event, ScmEvent.Type type)
            throws MalformedDeliveryException {
        JsonNode root = BitbucketJson.payload(delivery, event);
        RepositoryPath repository = repository(root.path("repository"), "repository");
        PullRequest pullRequest = pullRequest(root.path("pullrequest"), repository, "pullrequest");
        return List.of(new ScmEvent.PullRequestChange(repository, type, pullRequest, name(root.path("actor"))));
    }

    /** {@return the pull request, its commits as Bitbucket names them: twelve digits} */
    static PullRequest pullRequest(JsonNode request, RepositoryPath repository, String at) {
        JsonNode source = request.path("source");
        JsonNode target = request.path("destination");
        String prefix = at.isEmpty() ? "" : at + ".";
        RepositoryPath head = source.path("repository").isObject()
                ? repository(source.path("repository"), prefix + "source.repository")
                : null;
        return new PullRequest(
                RequiredField.number(request, "id", at),
                request.path("title").asText(""),
                RequiredField.text(source.path("branch"), "name", prefix + "source.branch"),
                RequiredField.text(target.path("branch"), "name", prefix + "destination.branch"),
                RequiredField.text(source.path("commit"), "hash", prefix + "source.commit"),
                target.path("commit").path("hash").asText(null),
                head,
                name(request.path("author")),
                !repository.equals(head),
                request.path("links").path("html").path("href").asText(null));
    }

    private static RepositoryPath repository(JsonNode node, String at) {
        return RequiredField.path(RequiredField.text(node, "full_name", at), at + ".full_name");
    }

    /** People have nicknames, workspaces user names, and access tokens neither. */
    private static String name(JsonNode account) {
        for (String field : List.of("nickname", "username", "display_name")) {
            if (account.path(field).isTextual()) {
                return account.path(field).asText();
            }
        }
        return "";
    }
}
