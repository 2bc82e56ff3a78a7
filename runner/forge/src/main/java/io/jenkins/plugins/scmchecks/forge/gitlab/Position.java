package io.jenkins.plugins.scmchecks.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff.Side;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread.Anchor;
import java.util.List;

/**
 * Where a new discussion goes: an added line has a new number alone, a removed one an old number alone, and one that is
 * unchanged both. Anything else has no "line code", which is how GitLab says that there is no such line.
 */
final class Position {

    private static final List<String> REQUIRED = List.of("base_sha", "start_sha", "head_sha", "position_type");

    private Position() {}

    static Anchor of(PullRequest pull, JsonNode position, List<DiffVersions.Version> versions) {
        for (String name : REQUIRED) {
            if (position.path(name).asText("").isEmpty()) {
                throw GitLabError.parameter("position[" + name + "] is missing");
            }
        }
        if (!position.path("position_type").asText().equals("text")) {
            throw GitLabError.parameter("position[position_type] does not have a valid value");
        }
        DiffVersions.Version version = versions.stream()
                .filter(v -> v.base().equals(position.path("base_sha").asText())
                        && v.start().equals(position.path("start_sha").asText())
                        && v.head().equals(position.path("head_sha").asText()))
                .findFirst()
                .orElseThrow(Position::noLine);
        String newPath = position.path("new_path").asText("");
        String oldPath = position.path("old_path").asText("");
        if (newPath.isEmpty() || oldPath.isEmpty()) {
            throw GitLabError.message(400, "400 Bad request - Note {:position=>[\"is incomplete\"]}");
        }
        FileDiff file = version.diff(pull).file(newPath).orElseThrow(Position::noLine);
        if (!oldPath.equals(file.oldPath() == null ? newPath : file.oldPath())) {
            throw noLine();
        }
        FileDiff.Line line = line(file, position.path("old_line").asInt(0), position.path("new_line").asInt(0));
        Side side = line.newLine() == 0 ? Side.LEFT : Side.RIGHT;
        return new Anchor(newPath, side, line.on(side), side, line.on(side));
    }

    private static FileDiff.Line line(FileDiff file, int oldLine, int newLine) {
        return file.hunks().stream()
                .flatMap(hunk -> hunk.lines().stream())
                .filter(line -> line.mark() != '\\' && line.oldLine() == oldLine && line.newLine() == newLine)
                .findFirst()
                .orElseThrow(Position::noLine);
    }

    private static GitLabError noLine() {
        return GitLabError.message(400, "400 Bad request - Note {:line_code=>[\"can't be blank\", \"must be a valid "
                + "line code\"]}");
    }
}
