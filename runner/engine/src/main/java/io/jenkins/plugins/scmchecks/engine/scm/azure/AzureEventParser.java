package io.jenkins.plugins.scmchecks.engine.scm.azure;

import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.MissingFieldException;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.RequiredField;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.PayloadReader;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads service hooks' notifications (documentation, Service hooks events), of which all details have to be sent. */
final class AzureEventParser implements EventParser {

    /** Those at the top that are read; the others are never kept in memory. */
    private static final Set<String> FIELDS = Set.of("subscriptionId", "eventType", "message", "resource");

    /** Those of a resource that can be long, and are not read. */
    private static final Set<String> LONG = Set.of("commits", "reviewers", "description", "workItemRefs");

    /**
     * What the message of an update says when nothing happened that a check is about: no field says what has changed.
     * A message in another language is of no such kind, so that the update counts.
     */
    private static final List<String> VOTES_AND_REVIEWERS = List.of(
            "changed the reviewer list",
            "approved pull request",
            "has approved and left suggestions",
            "is waiting for the author",
            "rejected pull request",
            "voted on pull request");

    private static final PayloadReader PAYLOADS = new PayloadReader(new TopLevel());

    @Override
    public List<ScmEvent> parse(Delivery delivery) throws MalformedDeliveryException {
        String event = "service hook";
        try {
            JsonNode root = read(delivery);
            event = RequiredField.text(root, "eventType", "");
            if (root.path("subscriptionId").asText("").matches("[0-]+")) {
                return List.of(new ScmEvent.Ping()); // the button Test, with an example of another repository
            }
            JsonNode resource = root.path("resource");
            return switch (event) {
                case "git.push" -> push(resource);
                case "git.pullrequest.created" -> List.of(pullRequest(resource, ScmEvent.Type.PULL_REQUEST_OPENED));
                case "git.pullrequest.updated" -> updated(resource, root.path("message").path("text").asText(""));
                default -> List.of();
            };
        } catch (MissingFieldException e) {
            throw new MalformedDeliveryException("Azure DevOps' " + event + ": " + e.getMessage()
                    + "; does the service hook send all details of the resource?", e);
        } catch (IOException e) {
            throw new MalformedDeliveryException("Azure DevOps' notification is not readable as JSON: "
                    + e.getMessage(), e);
        }
    }

    private static JsonNode read(Delivery delivery) throws IOException {
        return PAYLOADS.read(delivery.body())
                .orElseThrow(() -> new MissingFieldException("eventType", "is missing"));
    }

    private static final class TopLevel extends TokenFilter {
        @Override
        public TokenFilter includeProperty(String name) {
            return !FIELDS.contains(name) ? null : name.equals("resource") ? new Resource() : TokenFilter.INCLUDE_ALL;
        }
    }

    private static final class Resource extends TokenFilter {
        @Override
        public TokenFilter includeProperty(String name) {
            return LONG.contains(name) ? null : TokenFilter.INCLUDE_ALL;
        }
    }

    private static List<ScmEvent> push(JsonNode resource) {
        RepositoryPath repository = AzureJson.path(resource.path("repository"), "resource.repository");
        JsonNode pusher = resource.path("pushedBy");
        String actor = pusher.path("uniqueName").asText(pusher.path("displayName").asText(""));
        List<ScmEvent> events = new ArrayList<>();
        for (JsonNode update : resource.path("refUpdates")) {
            ScmEvent event = refUpdate(repository, update, actor);
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    /** A ref that comes has an old id of zeros, one that goes a new id of zeros. */
    private static ScmEvent refUpdate(RepositoryPath repository, JsonNode update, String actor) {
        String at = "resource.refUpdates[]";
        String ref = RequiredField.text(update, "name", at);
        String before = RequiredField.text(update, "oldObjectId", at);
        String after = RequiredField.text(update, "newObjectId", at);
        boolean created = isZero(before);
        boolean deleted = isZero(after);
        String sha = deleted ? before : after;
        if (ref.startsWith("refs/tags/")) {
            ScmEvent.Type type = deleted ? ScmEvent.Type.TAG_DELETED : ScmEvent.Type.TAG_CREATED;
            return new ScmEvent.RefChange(repository, type, ref.substring("refs/tags/".length()), sha, actor);
        }
        if (!ref.startsWith("refs/heads/")) {
            return null;
        }
        if (created || deleted) {
            ScmEvent.Type type = deleted ? ScmEvent.Type.BRANCH_DELETED : ScmEvent.Type.BRANCH_CREATED;
            return new ScmEvent.RefChange(repository, type, AzureJson.branch(ref), sha, actor);
        }
        return new ScmEvent.Push(repository, AzureJson.branch(ref), before, after, actor);
    }

    private static boolean isZero(String sha) {
        return sha.chars().allMatch(c -> c == '0');
    }

    /**
     * That the target is another one, only the message tells. Names and titles are in it as well: they can make more of
     * an update than it is, and nothing less.
     */
    private static List<ScmEvent> updated(JsonNode resource, String message) {
        return switch (RequiredField.text(resource, "status", "resource")) {
            case "completed" -> List.of(pullRequest(resource, ScmEvent.Type.PULL_REQUEST_MERGED));
            case "abandoned" -> List.of(pullRequest(resource, ScmEvent.Type.PULL_REQUEST_CLOSED));
            case "active" -> {
                List<ScmEvent> events = new ArrayList<>();
                boolean retargeted = message.contains("target branch");
                if (retargeted) {
                    events.add(pullRequest(resource, ScmEvent.Type.PULL_REQUEST_RETARGETED));
                }
                boolean counts = retargeted || message.contains("source branch")
                        || VOTES_AND_REVIEWERS.stream().noneMatch(message::contains);
                if (counts) {
                    events.add(pullRequest(resource, ScmEvent.Type.PULL_REQUEST_UPDATED));
                }
                yield events;
            }
            default -> List.of();
        };
    }

    /** Who did it is not told, but in a message for people. */
    private static ScmEvent pullRequest(JsonNode resource, ScmEvent.Type type) {
        String at = "resource";
        RepositoryPath repository = AzureJson.path(resource.path("repository"), at + ".repository");
        String head = RequiredField.text(
                resource.path("lastMergeSourceCommit"), "commitId", at + ".lastMergeSourceCommit");
        String webUrl = resource.path("_links").path("web").path("href").asText(null);
        PullRequest pullRequest = AzureJson.pullRequest(resource, repository, head, webUrl, at);
        return new ScmEvent.PullRequestChange(repository, type, pullRequest, "");
    }
}
