package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

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

/** Reads GitLab's project and group webhooks (documentation, Webhook events). */
final class GitLabEventParser implements EventParser {

    /** The others, such as a push's commits, are skipped while reading and never kept in memory. */
    private static final Set<String> FIELDS = Set.of(
            "object_kind", "event_name", "ref", "before", "after", "checkout_sha", "user_username", "user", "project",
            "object_attributes", "changes", "path_with_namespace");

    private static final PayloadReader PAYLOADS = PayloadReader.of(FIELDS);

    @Override
    public List<ScmEvent> parse(Delivery delivery) throws MalformedDeliveryException {
        String event = delivery.header("X-Gitlab-Event").orElse("");
        try {
            return switch (event) {
                case "Push Hook", "Tag Push Hook" -> push(read(delivery));
                case "Merge Request Hook" -> mergeRequest(read(delivery));
                case "Project Hook" -> project(read(delivery));
                case "" -> throw malformed("the header X-Gitlab-Event is missing", null);
                default -> List.of();
            };
        } catch (MissingFieldException e) {
            throw malformed("GitLab's " + event + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw malformed("GitLab's " + event + " is not readable as JSON: " + e.getMessage(), e);
        }
    }

    private static MalformedDeliveryException malformed(String message, Exception cause) {
        return new MalformedDeliveryException(message, cause);
    }

    private static JsonNode read(Delivery delivery) throws IOException {
        return PAYLOADS.read(delivery.body())
                .orElseThrow(() -> new MissingFieldException("", "is not an object"));
    }

    /** A ref that comes has a {@code before} of zeros, one that goes an {@code after} of zeros. */
    private static List<ScmEvent> push(JsonNode root) {
        RepositoryPath repository = GitLabJson.path(root.path("project"), "project");
        String ref = RequiredField.text(root, "ref", "");
        String before = RequiredField.text(root, "before", "");
        String after = RequiredField.text(root, "after", "");
        String actor = root.path("user_username").asText("");
        boolean created = isZero(before);
        boolean deleted = isZero(after);
        // An annotated tag has an id of its own; what is checked out is its commit.
        String sha = deleted ? before : root.path("checkout_sha").asText(after);
        if (ref.startsWith("refs/tags/")) {
            ScmEvent.Type type = deleted ? ScmEvent.Type.TAG_DELETED : ScmEvent.Type.TAG_CREATED;
            return List.of(new ScmEvent.RefChange(repository, type, ref.substring("refs/tags/".length()), sha, actor));
        }
        if (!ref.startsWith("refs/heads/")) {
            return List.of();
        }
        String branch = ref.substring("refs/heads/".length());
        if (created || deleted) {
            ScmEvent.Type type = deleted ? ScmEvent.Type.BRANCH_DELETED : ScmEvent.Type.BRANCH_CREATED;
            return List.of(new ScmEvent.RefChange(repository, type, branch, sha, actor));
        }
        return List.of(new ScmEvent.Push(repository, branch, before, after, actor));
    }

    private static boolean isZero(String sha) {
        return sha.chars().allMatch(c -> c == '0');
    }

    private static List<ScmEvent> mergeRequest(JsonNode root) {
        JsonNode attributes = root.path("object_attributes");
        List<ScmEvent.Type> types = types(attributes, root.path("changes"));
        if (types.isEmpty()) {
            return List.of();
        }
        JsonNode target = attributes.path("target").isObject() ? attributes.path("target") : root.path("project");
        RepositoryPath repository = GitLabJson.path(target, "object_attributes.target");
        JsonNode user = root.path("user");
        PullRequest pullRequest = pullRequest(attributes, repository, user);
        List<ScmEvent> events = new ArrayList<>();
        for (ScmEvent.Type type : types) {
            events.add(new ScmEvent.PullRequestChange(
                    repository, type, pullRequest, user.path("username").asText("")));
        }
        return events;
    }

    /** An update says by {@code oldrev} that there are new commits, and by {@code changes} what else is new. */
    private static List<ScmEvent.Type> types(JsonNode attributes, JsonNode changes) {
        return switch (attributes.path("action").asText("")) {
            case "open", "reopen" -> List.of(ScmEvent.Type.PULL_REQUEST_OPENED);
            case "close" -> List.of(ScmEvent.Type.PULL_REQUEST_CLOSED);
            case "merge" -> List.of(ScmEvent.Type.PULL_REQUEST_MERGED);
            case "update" -> {
                List<ScmEvent.Type> types = new ArrayList<>();
                if (changes.has("target_branch")) {
                    types.add(ScmEvent.Type.PULL_REQUEST_RETARGETED);
                }
                JsonNode draft = changes.path("draft");
                boolean ready = draft.path("previous").asBoolean() && !draft.path("current").asBoolean(true);
                if (attributes.path("oldrev").isTextual() || ready) {
                    types.add(ScmEvent.Type.PULL_REQUEST_UPDATED);
                }
                yield types;
            }
            default -> List.of();
        };
    }

    /** The author is told by a number alone, so the name is known only when it is the author who acts. */
    private static PullRequest pullRequest(JsonNode attributes, RepositoryPath repository, JsonNode user) {
        String at = "object_attributes";
        JsonNode source = attributes.path("source");
        boolean fork = attributes.path("source_project_id").asLong(-1)
                != attributes.path("target_project_id").asLong(-1);
        boolean isAuthor = user.path("id").asLong(-1) == attributes.path("author_id").asLong(-2);
        return new PullRequest(
                RequiredField.number(attributes, "iid", at),
                attributes.path("title").asText(""),
                RequiredField.text(attributes, "source_branch", at),
                RequiredField.text(attributes, "target_branch", at),
                RequiredField.text(attributes.path("last_commit"), "id", at + ".last_commit"),
                null,
                !fork ? repository : source.isObject() ? GitLabJson.path(source, at + ".source") : null,
                isAuthor ? user.path("username").asText("") : "",
                fork,
                attributes.path("url").asText(null));
    }

    /** A group's webhook tells of projects that come and go. */
    private static List<ScmEvent> project(JsonNode root) {
        String change = switch (root.path("event_name").asText("")) {
            case "project_create", "project_rename", "project_transfer" -> "added";
            case "project_destroy" -> "removed";
            default -> null;
        };
        if (change == null) {
            return List.of();
        }
        RepositoryPath repository = GitLabJson.path(root, "");
        return List.of(new ScmEvent.InstallationChanged(repository.owner(), change, List.of(repository)));
    }
}
