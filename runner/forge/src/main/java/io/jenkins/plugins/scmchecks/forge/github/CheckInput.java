package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.model.Annotation;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The body of a request that makes or changes a check run, checked as GitHub checks it, then applied. */
final class CheckInput {

    private static final int MOST_ANNOTATIONS = 50;
    private static final int MOST_ACTIONS = 3;
    private static final int LONGEST_MESSAGE = 64 * 1024;
    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_LABEL = 20;
    private static final int LONGEST_DESCRIPTION = 40;
    private static final Set<String> LEVELS = Set.of("notice", "warning", "failure");
    private static final Set<String> STATUSES =
            Set.of("queued", "in_progress", "completed", "waiting", "requested", "pending");
    private static final Set<String> CONCLUSIONS = Set.of("action_required", "cancelled", "failure", "neutral",
            "success", "skipped", "timed_out");

    private final JsonNode body;
    private final boolean creating;
    private final Instant now;

    /** @param creating whether the check is new; its output then needs a title */
    CheckInput(JsonNode body, boolean creating, Instant now) {
        this.body = body;
        this.creating = creating;
        this.now = now;
    }

    /** @throws GitHubError 422 at the first thing wrong; nothing is applied then */
    void validate() {
        oneOf(body, "status", STATUSES);
        oneOf(body, "conclusion", CONCLUSIONS);
        time("started_at");
        time("completed_at");
        if (body.path("status").asText().equals("completed") && !body.hasNonNull("conclusion")) {
            throw GitHubError.invalidRequest("Missing required parameter: \"conclusion\" when status is completed.");
        }
        JsonNode output = body.path("output");
        if (output.isObject()) {
            required(output, "summary");
            if (creating) {
                required(output, "title");
            }
            if (output.path("annotations").size() > MOST_ANNOTATIONS) {
                throw GitHubError.invalidRequest("No more than " + MOST_ANNOTATIONS + " items are allowed; "
                        + output.path("annotations").size() + " were supplied.");
            }
            length(output, "summary", Call.LONGEST_TEXT);
            length(output, "text", Call.LONGEST_TEXT);
            output.path("annotations").forEach(CheckInput::annotation);
        }
        actions();
    }

    private void actions() {
        JsonNode actions = body.path("actions");
        if (actions.size() > MOST_ACTIONS) {
            throw GitHubError.invalidRequest("No more than " + MOST_ACTIONS + " items are allowed; " + actions.size()
                    + " were supplied.");
        }
        for (JsonNode action : actions) {
            for (String field : List.of("label", "description", "identifier")) {
                required(action, field);
            }
            length(action, "label", LONGEST_LABEL);
            length(action, "description", LONGEST_DESCRIPTION);
            length(action, "identifier", LONGEST_LABEL);
        }
    }

    private static void annotation(JsonNode annotation) {
        for (String field : List.of("path", "start_line", "end_line", "annotation_level", "message")) {
            required(annotation, field);
        }
        oneOf(annotation, "annotation_level", LEVELS);
        int start = line(annotation, "start_line");
        int end = line(annotation, "end_line");
        if (end < start) {
            throw GitHubError.invalidRequest("end_line must not be before start_line.");
        }
        boolean columns = annotation.hasNonNull("start_column") || annotation.hasNonNull("end_column");
        if (columns && start != end) {
            throw GitHubError.invalidRequest("start_column and end_column are only allowed when start_line and "
                    + "end_line have the same value.");
        }
        length(annotation, "message", LONGEST_MESSAGE);
        length(annotation, "title", LONGEST_TITLE);
        length(annotation, "raw_details", LONGEST_MESSAGE);
        String path = annotation.path("path").asText();
        if (path.isEmpty() || path.startsWith("/")) {
            throw GitHubError.invalidRequest("path \"" + path + "\" must be relative to the repository.");
        }
    }

    private static int line(JsonNode annotation, String field) {
        JsonNode line = annotation.path(field);
        if (!line.isIntegralNumber() || line.asInt() < 1) {
            throw GitHubError.invalidRequest("For 'properties/" + field + "', " + line + " is not a valid line.");
        }
        return line.asInt();
    }

    private static void required(JsonNode in, String field) {
        if (!in.hasNonNull(field) || in.path(field).isTextual() && in.path(field).asText().isEmpty()) {
            throw GitHubError.invalidRequest("\"" + field + "\" wasn't supplied.");
        }
    }

    private static void length(JsonNode in, String field, int longest) {
        int length = in.path(field).asText("").length();
        if (length > longest) {
            throw GitHubError.invalidRequest("Only " + longest + " characters are allowed; " + length
                    + " were supplied.");
        }
    }

    private static void oneOf(JsonNode in, String field, Set<String> values) {
        if (in.hasNonNull(field) && !values.contains(in.path(field).asText())) {
            throw GitHubError.invalidRequest(in.path(field).asText() + " is not a member of "
                    + values.stream().sorted().toList() + ".");
        }
    }

    private Instant time(String field) {
        if (!body.hasNonNull(field)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(body.path(field).asText()).toInstant();
        } catch (DateTimeParseException e) {
            throw GitHubError.invalidRequest(body.path(field).asText() + " is not a valid date-time.");
        }
    }

    /** Applies what the body says; annotations are added to those that are there. */
    void apply(Check check) {
        if (body.hasNonNull("name")) {
            check.name(body.path("name").asText());
        }
        if (body.has("external_id")) {
            check.externalId(body.path("external_id").asText());
        }
        if (body.hasNonNull("details_url")) {
            check.detailsUrl(body.path("details_url").asText());
        }
        if (body.hasNonNull("started_at")) {
            check.startedAt(time("started_at"));
        }
        if (body.hasNonNull("conclusion")) {
            Instant completed = time("completed_at");
            check.complete(body.path("conclusion").asText(), completed == null ? now : completed);
        } else if (body.hasNonNull("status")) {
            check.start(body.path("status").asText());
        }
        JsonNode output = body.path("output");
        if (output.isObject()) {
            check.output(text(output, "title", check.title()), text(output, "summary", check.summary()),
                    text(output, "text", check.text()));
            output.path("annotations").forEach(each -> check.annotations().add(read(each)));
        }
        if (body.has("actions")) {
            List<Check.Action> actions = new ArrayList<>();
            body.path("actions").forEach(action -> actions.add(new Check.Action(action.path("label").asText(),
                    action.path("description").asText(), action.path("identifier").asText())));
            check.actions(actions);
        }
    }

    private static Annotation read(JsonNode json) {
        return new Annotation(
                json.path("path").asText(),
                json.path("start_line").asInt(),
                json.path("end_line").asInt(),
                json.hasNonNull("start_column") ? json.path("start_column").asInt() : null,
                json.hasNonNull("end_column") ? json.path("end_column").asInt() : null,
                json.path("annotation_level").asText(),
                json.path("message").asText(),
                text(json, "title", null),
                text(json, "raw_details", null));
    }

    private static String text(JsonNode in, String field, String otherwise) {
        return in.hasNonNull(field) ? in.path(field).asText() : otherwise;
    }
}
