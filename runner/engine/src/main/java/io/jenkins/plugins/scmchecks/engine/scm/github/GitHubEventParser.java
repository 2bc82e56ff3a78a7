package io.jenkins.plugins.scmchecks.engine.scm.github;

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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads GitHub's webhooks. A push tells of a branch or tag that came or went, with its commit, so the {@code create}
 * and {@code delete} events beside it say nothing more and are left out.
 */
final class GitHubEventParser implements EventParser {

    /** The others, such as a push's commits, are skipped while reading and never kept in memory. */
    private static final Set<String> FIELDS = Set.of(
            "action", "ref", "before", "after", "created", "deleted", "changes", "repository", "sender", "pusher",
            "pull_request", "check_run", "check_suite", "installation", "repositories_added", "repositories_removed");

    private static final PayloadReader PAYLOADS = PayloadReader.of(FIELDS);

    @Override
    public List<ScmEvent> parse(Delivery delivery) throws MalformedDeliveryException {
        String event = delivery.header("X-GitHub-Event").orElse("");
        try {
            return switch (event) {
                case "ping" -> List.of(new ScmEvent.Ping());
                case "push" -> push(read(delivery));
                case "pull_request" -> pullRequest(read(delivery));
                case "check_run" -> checkRun(read(delivery));
                case "check_suite" -> checkSuite(read(delivery));
                case "installation" -> installation(read(delivery));
                case "installation_repositories" -> installationRepositories(read(delivery));
                case "repository" -> repository(read(delivery));
                case "" -> throw malformed("the header X-GitHub-Event is missing", null);
                default -> List.of();
            };
        } catch (MissingFieldException e) {
            throw malformed("GitHub's " + event + " event: " + e.getMessage(), e);
        } catch (IOException e) {
            throw malformed("GitHub's " + event + " event is not readable as JSON: " + e.getMessage(), e);
        }
    }

    private static MalformedDeliveryException malformed(String message, Exception cause) {
        return new MalformedDeliveryException(message, cause);
    }

    private static JsonNode read(Delivery delivery) throws IOException {
        boolean form = delivery.header("Content-Type")
                .map(t -> t.strip().toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
                .orElse(false);
        byte[] json = form ? payload(delivery.body()).getBytes(StandardCharsets.UTF_8) : delivery.body();
        return PAYLOADS.read(json).orElseThrow(() -> new MissingFieldException("", "is not an object"));
    }

    /** A form's {@code payload} field has the same JSON. */
    private static String payload(byte[] body) {
        for (String pair : new String(body, StandardCharsets.US_ASCII).split("&")) {
            if (pair.startsWith("payload=")) {
                try {
                    return URLDecoder.decode(pair.substring("payload=".length()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    throw new MissingFieldException("payload", "is not URL-encoded");
                }
            }
        }
        throw new MissingFieldException("payload", "is missing");
    }

    private static List<ScmEvent> push(JsonNode root) {
        RepositoryPath repository = repositoryOf(root);
        String ref = RequiredField.text(root, "ref", "");
        String before = RequiredField.text(root, "before", "");
        String after = RequiredField.text(root, "after", "");
        boolean created = root.path("created").asBoolean();
        boolean deleted = root.path("deleted").asBoolean();
        String sha = deleted ? before : after;
        String actor = actor(root);
        if (ref.startsWith("refs/tags/")) {
            // A tag that is moved is a new one for whoever builds tags.
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

    private static List<ScmEvent> pullRequest(JsonNode root) {
        ScmEvent.Type type = switch (RequiredField.text(root, "action", "")) {
            case "opened", "reopened" -> ScmEvent.Type.PULL_REQUEST_OPENED;
            case "synchronize", "ready_for_review" -> ScmEvent.Type.PULL_REQUEST_UPDATED;
            case "edited" -> root.path("changes").has("base") ? ScmEvent.Type.PULL_REQUEST_RETARGETED : null;
            case "closed" -> root.path("pull_request").path("merged").asBoolean()
                    ? ScmEvent.Type.PULL_REQUEST_MERGED
                    : ScmEvent.Type.PULL_REQUEST_CLOSED;
            default -> null;
        };
        if (type == null) {
            return List.of();
        }
        PullRequest pullRequest = GitHubJson.pullRequest(root.path("pull_request"), "pull_request");
        return List.of(new ScmEvent.PullRequestChange(repositoryOf(root), type, pullRequest, actor(root)));
    }

    private static List<ScmEvent> checkRun(JsonNode root) {
        if (!RequiredField.text(root, "action", "").equals("rerequested")) {
            return List.of();
        }
        JsonNode run = root.path("check_run");
        return List.of(new ScmEvent.RerunRequested(
                repositoryOf(root),
                RequiredField.text(run, "head_sha", "check_run"),
                run.path("check_suite").path("head_branch").asText(""),
                run.path("external_id").asText(""),
                run.path("pull_requests").path(0).path("number").asLong(0),
                actor(root)));
    }

    private static List<ScmEvent> checkSuite(JsonNode root) {
        if (!RequiredField.text(root, "action", "").equals("rerequested")) {
            return List.of();
        }
        JsonNode suite = root.path("check_suite");
        return List.of(new ScmEvent.RerunRequested(
                repositoryOf(root),
                RequiredField.text(suite, "head_sha", "check_suite"),
                suite.path("head_branch").asText(""),
                "",
                suite.path("pull_requests").path(0).path("number").asLong(0),
                actor(root)));
    }

    private static List<ScmEvent> installation(JsonNode root) {
        return List.of(new ScmEvent.InstallationChanged(
                installedOn(root), RequiredField.text(root, "action", ""), List.of()));
    }

    private static List<ScmEvent> installationRepositories(JsonNode root) {
        List<ScmEvent> events = new ArrayList<>();
        for (String change : List.of("added", "removed")) {
            List<RepositoryPath> repositories = new ArrayList<>();
            String field = "repositories_" + change;
            int index = 0;
            for (JsonNode repository : root.path(field)) {
                repositories.add(GitHubJson.repository(repository, field + "[" + index++ + "]"));
            }
            if (!repositories.isEmpty()) {
                events.add(new ScmEvent.InstallationChanged(installedOn(root), change, repositories));
            }
        }
        return events;
    }

    /** A repository that comes, goes or gets another name changes what the integration sees. */
    private static List<ScmEvent> repository(JsonNode root) {
        String change = switch (RequiredField.text(root, "action", "")) {
            case "created", "transferred", "renamed", "unarchived" -> "added";
            case "deleted", "archived" -> "removed";
            default -> null;
        };
        if (change == null) {
            return List.of();
        }
        RepositoryPath repository = repositoryOf(root);
        return List.of(new ScmEvent.InstallationChanged(repository.owner(), change, List.of(repository)));
    }

    private static String installedOn(JsonNode root) {
        return RequiredField.text(root.path("installation").path("account"), "login", "installation.account");
    }

    private static RepositoryPath repositoryOf(JsonNode root) {
        return GitHubJson.repository(root.path("repository"), "repository");
    }

    private static String actor(JsonNode root) {
        return root.path("sender").path("login").asText(root.path("pusher").path("name").asText(""));
    }
}
