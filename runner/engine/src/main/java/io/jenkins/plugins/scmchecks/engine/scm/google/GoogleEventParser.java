package io.jenkins.plugins.scmchecks.engine.scm.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the notifications of Cloud Source Repositories (documentation, Pub/Sub notifications). */
final class GoogleEventParser implements EventParser {

    private static final String HEADS = "refs/heads/";
    private static final String TAGS = "refs/tags/";

    @Override
    public List<ScmEvent> parse(Delivery delivery) throws MalformedDeliveryException {
        try {
            JsonNode data = PubSubMessage.data(delivery.body());
            RepositoryPath repository = RepositoryName.path(data.path("name").asText(""));
            if (repository == null) {
                throw new IOException("field 'name' is no projects/PROJECT/repos/NAME");
            }
            if (data.path("refUpdateEvent").isObject()) {
                return refUpdates(repository, data.path("refUpdateEvent"));
            }
            String change = data.has("createRepoEvent") ? "added" : data.has("deleteRepoEvent") ? "removed" : null;
            String project = repository.value().substring(0, repository.value().indexOf('/'));
            return change == null
                    ? List.of()
                    : List.of(new ScmEvent.InstallationChanged(project, change, List.of(repository)));
        } catch (IOException e) {
            throw new MalformedDeliveryException("Google's message is not readable: " + e.getMessage(), e);
        }
    }

    private static List<ScmEvent> refUpdates(RepositoryPath repository, JsonNode event) throws IOException {
        String actor = event.path("email").asText("");
        List<ScmEvent> events = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : event.path("refUpdates").properties()) {
            JsonNode update = entry.getValue();
            String ref = update.path("refName").asText(entry.getKey());
            if (ref.startsWith(HEADS) || ref.startsWith(TAGS)) {
                ScmEvent change = change(repository, ref, update, actor);
                if (change != null) {
                    events.add(change);
                }
            }
        }
        return events;
    }

    /** A tag that moves is one that comes again. */
    private static ScmEvent change(RepositoryPath repository, String ref, JsonNode update, String actor)
            throws IOException {
        boolean tag = ref.startsWith(TAGS);
        String name = ref.substring(tag ? TAGS.length() : HEADS.length());
        return switch (update.path("updateType").asText("")) {
            case "CREATE" -> new ScmEvent.RefChange(
                    repository, tag ? Type.TAG_CREATED : Type.BRANCH_CREATED, name, id(update, "newId"), actor);
            case "DELETE" -> new ScmEvent.RefChange(
                    repository,
                    tag ? Type.TAG_DELETED : Type.BRANCH_DELETED,
                    name,
                    update.path("oldId").asText(null),
                    actor);
            case "UPDATE_FAST_FORWARD", "UPDATE_NON_FAST_FORWARD" -> tag
                    ? new ScmEvent.RefChange(repository, Type.TAG_CREATED, name, id(update, "newId"), actor)
                    : new ScmEvent.Push(repository, name, id(update, "oldId"), id(update, "newId"), actor);
            default -> null;
        };
    }

    private static String id(JsonNode update, String field) throws IOException {
        String id = update.path(field).asText("");
        if (!id.matches("[0-9a-f]{40,64}")) {
            throw new IOException("field '" + field + "' of a ref is no commit's id");
        }
        return id;
    }
}
