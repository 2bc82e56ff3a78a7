package io.jenkins.plugins.scmchecks.engine.finding;

import java.util.Objects;

/**
 * Where a finding is.
 *
 * @param path of the file from the repository's root, with {@code /}
 * @param region in that file, or null when the finding is about the file as a whole
 */
public record Location(String path, Region region) {

    public Location {
        Objects.requireNonNull(path, "path");
    }

    /** {@return the first line, or 1 when the finding is about the file as a whole} */
    public int line() {
        return region == null ? 1 : region.startLine();
    }

    @Override
    public String toString() {
        return region == null ? path : path + ":" + region;
    }
}
