package io.jenkins.plugins.scmchecks.engine.finding;

import java.util.Objects;

/**
 * A change that would mend a finding: the text of the region, in the finding's own file, is replaced.
 *
 * @param description for people, in one line
 * @param region what is replaced
 * @param replacement the new text, without a trailing line break when whole lines are replaced
 */
public record Fix(String description, Region region, String replacement) {

    public Fix {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(replacement, "replacement");
        description = description == null ? "" : description;
    }
}
