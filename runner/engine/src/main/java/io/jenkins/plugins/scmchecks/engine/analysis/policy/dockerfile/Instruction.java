package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;

/**
 * One instruction of a Dockerfile as it is written, continuation lines joined.
 *
 * @param keyword in upper case
 * @param rest what follows the keyword
 * @param heredocs that belong to it
 * @param region from the keyword to the end, heredocs not included
 */
record Instruction(String keyword, TrackedText rest, List<Heredoc> heredocs, Region region) {

    /**
     * @param name the delimiter
     * @param content the lines between
     */
    record Heredoc(String name, TrackedText content) {}
}
