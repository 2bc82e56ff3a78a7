package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.MissingFieldException;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.RequiredField;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.PayloadReader;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Reads the webhooks of Gitea and Forgejo (documentation, Webhooks). */
final class GiteaEventParser implements EventParser {

    /** The others, such as a push's commits, are skipped while reading and never kept in memory. */
    private static final Set<String> FIELDS = Set.of(
            "action", "ref", "ref_type", "sha", "before", "after", "changes", "pull_request", "repository", "sender",
            "organization");

    private static final PayloadReader PAYLOADS = PayloadReader.of(FIELDS);

    /** Versions differ in whether new commits come as "pull_request" or as an event of their own. */
    @Override
    public List<ScmEvent> parse(Delivery delivery) throws MalformedDeliveryException {
        String event = delivery.header("X-Gitea-Event")
                .or(() -> delivery.header("X-Forgejo-Event"))
                .orElse("");
        try {
            return switch (event) {
                case "push" -> push(read(delivery));
                case "create" -> refChange(read(delivery), true);
                case "delete" -> refChange(read(delivery), false);
                case "pull_request", "pull_request_sync" -> pullRequest(read(delivery));
                case "repository" -> repository(read(delivery));
                case "" -> throw malformed("the header X-Gitea-Event is missing", null);
                default -> List.of();
            };
        } catch (MissingFieldException e) {
            throw malformed("Gitea's " + event + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw malformed("Gitea's " + event + " is not readable as JSON: " + e.getMessage(), e);
        }
    }

    private static MalformedDeliveryException malformed(String message, Exception cause) {
        return new MalformedDeliveryException(message, cause);
    }

    private static JsonNode read(Delivery delivery) throws IOException {
        return PAYLOADS.read(delivery.body())
                .orElseThrow(() -> new MissingFieldException("", "is not an object"));
    }

    /** Branches and tags that come or go are told by create and delete as well, so a push says nothing of them. */
    private static List<ScmEvent> push(JsonNode root) {
        RepositoryPath repository = GiteaJson.path(root.path("repository"), "repository");
        String ref = RequiredField.text(root, "ref", "");
        String before = RequiredField.text(root, "before", "");
        String after = RequiredField.text(root, "after", "");
        if (!ref.startsWith("refs/heads/") || isZero(before) || isZero(after)) {
            return List.of();
        }
        return List.of(new ScmEvent.Push(
                repository, ref.substring("refs/heads/".length()), before, after, actor(root)));
    }

    private static boolean isZero(String sha) {
        return sha.chars().allMatch(c -> c == '0');
    }

    private static List<ScmEvent> refChange(JsonNode root, boolean created) {
        RepositoryPath repository = GiteaJson.path(root.path("repository"), "repository");
        String name = RequiredField.text(root, "ref", "").replaceFirst("^refs/(heads|tags)/", "");
        ScmEvent.Type type = switch (RequiredField.text(root, "ref_type", "")) {
            case "branch" -> created ? ScmEvent.Type.BRANCH_CREATED : ScmEvent.Type.BRANCH_DELETED;
            case "tag" -> created ? ScmEvent.Type.TAG_CREATED : ScmEvent.Type.TAG_DELETED;
            default -> null;
        };
        return type == null
                ? List.of()
                : List.of(new ScmEvent.RefChange(
                        repository, type, name, root.path("sha").asText(null), actor(root)));
    }

    private static List<ScmEvent> pullRequest(JsonNode root) {
        JsonNode node = root.path("pull_request");
        ScmEvent.Type type = switch (root.path("action").asText("")) {
            case "opened", "reopened" -> ScmEvent.Type.PULL_REQUEST_OPENED;
            case "synchronized" -> ScmEvent.Type.PULL_REQUEST_UPDATED;
            case "edited" -> root.path("changes").hasNonNull("ref") ? ScmEvent.Type.PULL_REQUEST_RETARGETED : null;
            case "closed" -> node.path("merged").asBoolean()
                    ? ScmEvent.Type.PULL_REQUEST_MERGED
                    : ScmEvent.Type.PULL_REQUEST_CLOSED;
            default -> null;
        };
        if (type == null) {
            return List.of();
        }
        RepositoryPath repository = GiteaJson.path(root.path("repository"), "repository");
        return List.of(new ScmEvent.PullRequestChange(
                repository, type, GiteaJson.pullRequest(node, repository, "pull_request"), actor(root)));
    }

    /** An organization's webhook tells of repositories that come and go. */
    private static List<ScmEvent> repository(JsonNode root) {
        String change = switch (root.path("action").asText("")) {
            case "created" -> "added";
            case "deleted" -> "removed";
            default -> null;
        };
        if (change == null) {
            return List.of();
        }
        RepositoryPath repository = GiteaJson.path(root.path("repository"), "repository");
        return List.of(new ScmEvent.InstallationChanged(repository.owner(), change, List.of(repository)));
    }

    private static String actor(JsonNode root) {
        return root.path("sender").path("login").asText("");
    }
}
