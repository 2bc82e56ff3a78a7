package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff.Side;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread.Anchor;

/**
 * Where a new comment goes. Only lines that the diff shows can be commented: changed ones and three lines around, and
 * all lines of one comment in one hunk.
 */
final class CommentAnchor {

    private CommentAnchor() {}

    /** What is wrong with the place of a comment; the two APIs that make comments word it differently. */
    static final class Misplaced extends Exception {

        private static final long serialVersionUID = 1L;

        private final String field;

        private Misplaced(String field, String message) {
            super(message);
            this.field = field;
        }

        String field() {
            return field;
        }
    }

    static Anchor of(PullRequest pull, JsonNode comment) throws Misplaced {
        String path = comment.path("path").asText("");
        FileDiff file = pull.diff().file(path)
                .orElseThrow(() -> new Misplaced("path", "Path could not be resolved"));
        if (comment.path("subject_type").asText().equals("file")) {
            return new Anchor(path, Side.RIGHT, 0, Side.RIGHT, 0);
        }
        if (comment.path("position").isIntegralNumber()) {
            FileDiff.Line line = file.atPosition(comment.path("position").asInt())
                    .orElseThrow(() -> new Misplaced("position", "Position could not be resolved"));
            Side side = line.newLine() == 0 ? Side.LEFT : Side.RIGHT;
            return new Anchor(path, side, line.on(side), side, line.on(side));
        }
        Side side = side(comment, "side", Side.RIGHT);
        int line = comment.path("line").asInt(0);
        FileDiff.Hunk hunk = file.hunk(side, line)
                .orElseThrow(() -> new Misplaced("line", "Line could not be resolved"));
        if (!comment.hasNonNull("start_line")) {
            return new Anchor(path, side, line, side, line);
        }
        Side startSide = side(comment, "start_side", side);
        int start = comment.path("start_line").asInt(0);
        if (startSide == side && start >= line) {
            throw new Misplaced("start_line", "start_line must precede the end line.");
        }
        if (hunk.line(startSide, start).isEmpty()) {
            throw new Misplaced("start_line", file.hunk(startSide, start).isPresent()
                    ? "start_line must be part of the same hunk as the line."
                    : "Start line could not be resolved");
        }
        return new Anchor(path, startSide, start, side, line);
    }

    private static Side side(JsonNode comment, String field, Side otherwise) throws Misplaced {
        if (!comment.hasNonNull(field)) {
            return otherwise;
        }
        return switch (comment.path(field).asText()) {
            case "LEFT" -> Side.LEFT;
            case "RIGHT" -> Side.RIGHT;
            default -> throw new Misplaced(field, field + " must be LEFT or RIGHT");
        };
    }
}
